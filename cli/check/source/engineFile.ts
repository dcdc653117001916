import { readFileSync } from "node:fs";
import type * as z from "zod";
import { CannotRunError } from "../../../contracts/cannotRunError";
import { InvalidInputError } from "../../../contracts/problems";

/** Most problems of one file that are listed: a file of the wrong kind has one for every resource. */
const LISTED_PROBLEMS = 10;

/**
 * Reads a JSON file that the Pulumi CLI wrote. Values never reach a message, since the file may hold secrets.
 * @param option what named it on the command line
 * @param command the command whose output it should be
 * @param code of the error
 * @throws CannotRunError when it cannot be read, is not JSON, or is something else, with its problems
 */
export function readEngineFile<T>(
  file: string,
  option: string,
  command: string,
  schema: z.ZodType<T>,
  code: string,
): T {
  let content: unknown;
  try {
    content = JSON.parse(decoded(readFileSync(file)));
  } catch (cause) {
    // What a parser complains about is a piece of the file, and that piece may be a secret.
    const reason = cause instanceof SyntaxError ? "is not JSON" : "cannot be read";
    throw new CannotRunError(code, `${option} ${file} ${reason}; give what \`${command}\` prints`);
  }
  const read = validated(schema, content);
  if (read === undefined) throw new CannotRunError(code, `${option} ${file} nests deeper than can be read`);
  if (read.success) return read.data;
  const problems = read.error.issues.slice(0, LISTED_PROBLEMS).map(({ path, message }) => ({
    property: path.length === 0 ? "(file)" : path.map(String).join("."),
    given: "something else",
    allowed: message,
  }));
  const { message } = new InvalidInputError(`${option} ${file}, which should be what \`${command}\` prints,`, problems);
  throw new CannotRunError(code, message);
}

/** Windows PowerShell's `>` writes UTF-16, and other programs of Windows a byte order mark. */
function decoded(bytes: Uint8Array): string {
  return new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-8").decode(bytes);
}

/** What a schema says, or undefined when the stack ends before the content does. */
function validated<T>(schema: z.ZodType<T>, content: unknown): z.ZodSafeParseResult<T> | undefined {
  try {
    return schema.safeParse(content);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
