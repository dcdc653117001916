import { S3Error } from "./s3Errors";

/**
 * Checks that text can be a header's value: ISO-8859-1 without control characters. Only values that came in a query
 * or in a document need it.
 * @throws S3Error InvalidArgument
 */
export function assertHeaderValue(name: string, value: string): void {
  if ([...value].every((character) => isHeaderCharacter(character.codePointAt(0) ?? 0))) return;
  throw new S3Error("InvalidArgument", {
    message: "Header value cannot be represented using ISO-8859-1.",
    details: { ArgumentName: name, ArgumentValue: value },
  });
}

/** Checks that text can be a header's name. @throws S3Error InvalidArgument */
export function assertHeaderName(name: string): void {
  if (/^[!#$%&'*+.^_`|~0-9a-zA-Z-]+$/.test(name)) return;
  throw new S3Error("InvalidArgument", { message: "Header name is not valid.", details: { ArgumentName: name } });
}

function isHeaderCharacter(code: number): boolean {
  return code === 0x09 || (code >= 0x20 && code <= 0xff && code !== 0x7f);
}
