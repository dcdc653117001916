import { ServingHeader } from "../../../contracts/servingContainer";

/** Head of a plain request. */
export interface RequestHead {
  readonly method: string;
  readonly target: string;
  readonly contentType: string | undefined;
  readonly accept: string | undefined;
  readonly customAttributes: string | undefined;
  /** Bytes of the body. */
  readonly length: number;
}

const REQUEST_LINE = /^(GET|POST|DELETE) (\/[!-~]*) HTTP\/1\.1$/;

/** Names and values as RFC 9110 has them (5.1, 5.5), all lines at once. */
const FIELDS = /^(?:\r\n[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[\t\x20-\x7e\x80-\xff]*)+$/;

/** What changes how a message is read or a connection goes on: node:http knows how. */
const INTRICATE = new Set(["transfer-encoding", "expect", "upgrade", "te", "trailer", "connection", "keep-alive"]);

/**
 * Reads a request's head, when it is a plain one: HTTP/1.1, a method that we have, one host, at most one length, and
 * nothing that changes how the message is read.
 * @param head without the empty line, in latin1
 * @param limit most bytes of a body
 * @returns undefined for everything else, right or wrong
 */
export function plainHead(head: string, limit: number): RequestHead | undefined {
  const first = head.indexOf("\r\n");
  const line = first < 0 ? null : REQUEST_LINE.exec(head.slice(0, first));
  if (line === null || !FIELDS.test(head.slice(first))) return undefined;
  let [contentType, accept, customAttributes, host, length]: (string | undefined)[] = [];
  for (let at = first + 2; at < head.length; ) {
    const colon = head.indexOf(":", at);
    const next = head.indexOf("\r\n", colon);
    const end = next < 0 ? head.length : next;
    const value = (): string => head.slice(colon + 1, end).trim();
    switch (colon - at) {
      case 4:
        if (!isNamed(head, at, colon, "host")) break;
        if (host !== undefined) return undefined;
        host = value();
        break;
      case 6:
        if (!isNamed(head, at, colon, "accept")) break;
        if (accept !== undefined) return undefined;
        accept = value();
        break;
      case 12:
        if (!isNamed(head, at, colon, "content-type")) break;
        if (contentType !== undefined) return undefined;
        contentType = value();
        break;
      case 14:
        if (!isNamed(head, at, colon, "content-length")) break;
        if (length !== undefined) return undefined;
        length = value();
        break;
      case ServingHeader.CustomAttributes.length:
        if (!isNamed(head, at, colon, ServingHeader.CustomAttributes)) break;
        if (customAttributes !== undefined) return undefined;
        customAttributes = value();
    }
    if (isIntricate(head, at, colon, end)) return undefined;
    at = end + 2;
  }
  if (host === undefined || (length !== undefined && !/^\d{1,9}$/.test(length))) return undefined;
  const bytes = Number(length ?? 0);
  if (bytes > limit) return undefined;
  const [, method = "", target = ""] = line;
  return { method, target, contentType, accept, customAttributes, length: bytes };
}

function isNamed(head: string, from: number, to: number, name: string): boolean {
  return head.slice(from, to).toLowerCase() === name;
}

function isIntricate(head: string, from: number, colon: number, end: number): boolean {
  // None of the names begins with another letter.
  const letter = head.charCodeAt(from) | 32;
  if (letter !== 116 && letter !== 101 && letter !== 117 && letter !== 99 && letter !== 107) return false;
  const name = head.slice(from, colon).toLowerCase();
  if (!INTRICATE.has(name)) return false;
  return (
    name !== "connection" ||
    head
      .slice(colon + 1, end)
      .trim()
      .toLowerCase() !== "keep-alive"
  );
}
