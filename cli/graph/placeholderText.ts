/**
 * Text that stands for a value which only the cloud knows, given to programs that want a plain string there and then:
 * `(await aws.ec2.getAmi(…)).id`. A program can compute with it, and wherever it ends up, in a name, an ARN or a JSON
 * document, the mark inside shows that the whole string is unknown. It is the same in every run, so that graphs are too.
 */
const UNKNOWN_MARK = "unknown-7f3ac25e";

/** The same for a secret configuration value: the string it ends up in is both unknown and secret. */
const SECRET_MARK = "secret-b81d04f6";

/**
 * Makes a placeholder for an unknown value.
 * @param index tells the entries of a list apart
 */
export function unknownText(index?: number): string {
  return index === undefined ? UNKNOWN_MARK : `${UNKNOWN_MARK}-${index}`;
}

/**
 * Makes a placeholder for a configuration value that nobody gives, a different one for each key. Often such a value is a
 * domain, which programs take apart at its dots; every part of this one carries the mark.
 */
export function configText(key: string): string {
  return `${UNKNOWN_MARK}-${key.replace(/[^A-Za-z0-9]+/g, "-")}.${UNKNOWN_MARK}`;
}

/** Makes a placeholder for the value of a secret that is not decrypted. */
export function secretText(): string {
  return SECRET_MARK;
}

/** What JavaScript makes of an unknown object, and of any other, that a program takes for text. */
const OBJECT_AS_TEXT = "[object Object]";

/** Base64, which user data and the like are often put into. */
const BASE64 = /^[A-Za-z0-9+/]{16,}={0,2}$/;

/**
 * What a string stands for: `secret` and `unknown` when it was computed from a placeholder, else `known`. Upper case and
 * Base64 do not hide a placeholder; a hash of one does.
 */
export function classifyText(text: string): "secret" | "unknown" | "known" {
  const plain = text.toLowerCase();
  if (plain.includes(SECRET_MARK)) return "secret";
  if (plain.includes(UNKNOWN_MARK) || text.includes(OBJECT_AS_TEXT)) return "unknown";
  return BASE64.test(text) && text.length % 4 === 0 ? classifyText(Buffer.from(text, "base64").toString()) : "known";
}
