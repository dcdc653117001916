import { S3Error } from "./s3Errors";

/** Headers as Node gives them: joined (`headers`) or one entry for each line (`headersDistinct`, exact). */
export type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A request target taken apart; nothing in it is decoded. */
export interface RequestTarget {
  /** Path as sent, beginning with `/`. */
  readonly path: string;
  /** Query parameters as sent, in order. */
  readonly query: readonly (readonly [name: string, value: string])[];
}

/**
 * Takes a raw request target apart without normalising it: `..` and `//` are part of a key.
 * @throws S3Error InvalidURI when it is not in origin form
 */
export function splitTarget(rawTarget: string): RequestTarget {
  if (!rawTarget.startsWith("/")) throw new S3Error("InvalidURI");
  const mark = rawTarget.indexOf("?");
  if (mark < 0) return { path: rawTarget, query: [] };
  const query = rawTarget
    .slice(mark + 1)
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const equals = pair.indexOf("=");
      return equals < 0 ? ([pair, ""] as const) : ([pair.slice(0, equals), pair.slice(equals + 1)] as const);
    });
  return { path: rawTarget.slice(0, mark), query };
}

/**
 * Decodes percent-encoded UTF-8.
 * @throws S3Error InvalidURI when it is malformed
 */
export function percentDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new S3Error("InvalidURI", { cause });
  }
}

/** Decodes one name or value of a query, where `+` is a space. */
export function queryDecode(text: string): string {
  return percentDecode(text.replaceAll("+", " "));
}

/** Encodes as Signature V4 does: everything but `A-Z a-z 0-9 - . _ ~`, in upper-case hexadecimal. */
export function uriEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Encodes an object key for a path: as {@link uriEncode}, but slashes stay. */
export function encodeKey(key: string): string {
  return key.split("/").map(uriEncode).join("/");
}

/**
 * Canonical paths that S3 accepts for a path: encoded once, never normalised. Clients differ on whether a slash inside
 * one segment (an ARN in the bucket's place) is encoded, so there are up to two.
 */
export function s3CanonicalPaths(path: string): readonly string[] {
  const bySegment = path.split("/").map((segment) => uriEncode(percentDecode(segment)));
  return [...new Set([bySegment.join("/"), encodeKey(percentDecode(path))])];
}

/** Canonical path of every other service: dot segments and repeated slashes removed, then encoded a second time. */
export function normalizedCanonicalPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  const trailing = path.endsWith("/") && segments.length > 0 ? "/" : "";
  return `/${segments.map(uriEncode).join("/")}${trailing}`;
}

/** Canonical query: every parameter but `except` encoded, then sorted by name and value. */
export function canonicalQuery(query: RequestTarget["query"], except?: string): string {
  return query
    .map(([name, value]) => [queryDecode(name), queryDecode(value)] as const)
    .filter(([name]) => name !== except)
    .map(([name, value]) => [uriEncode(name), uriEncode(value)] as const)
    .sort(([nameA, valueA], [nameB, valueB]) => compare(nameA, nameB) || compare(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Value of a header; the lines of one that was sent several times are joined with commas. */
export function headerValue(headers: RequestHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === "object" ? value.map(foldWhitespace).join(",") : value;
}

/** The signed headers, one a line: lower-case name, colon, value without surplus whitespace. */
export function canonicalHeaders(headers: RequestHeaders, signed: readonly string[]): string {
  return signed.map((name) => `${name}:${foldWhitespace(headerValue(headers, name) ?? "")}\n`).join("");
}

function foldWhitespace(value: string): string {
  return value.trim().replace(/[ \t\r\n]+/g, " ");
}
