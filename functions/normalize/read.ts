import { type ByteRange, contentRange, selectBytes, selectionOf } from "./byteRange";
import { assertConditions, rangeHolds } from "./conditions";
import { type NormalizeError, toNormalizeError } from "./errors";
import type { HeaderReader } from "./headerReader";
import type { OpenOriginal } from "./original";
import type { Outcome } from "./outcome";
import { type Announcement, type NormalizedObject, normalizeOriginal, TRANSFORMATION_METADATA } from "./request";
import { responseOverrides } from "./responseOverrides";
import type { Transformer } from "./transformer";

/** GetObject or HeadObject, whatever delivery it came by. */
export interface Read {
  readonly method: "GET" | "HEAD";
  readonly key: string;
  readonly header: HeaderReader;
  readonly query: URLSearchParams;
  /** May throw a NormalizeError. */
  transformer(): Transformer;
  readonly open: OpenOriginal;
  /** Milliseconds until an answer must have been given. */
  readonly remainingMs: number;
}

/** An answer in terms of HTTP, which each delivery puts into its own. */
export interface ReadAnswer {
  readonly status: number;
  /** Names in lower case. `content-length` is that of a GET for a HEAD too, and absent with 304. */
  readonly headers: Readonly<Record<string, string>>;
  /** Empty for HEAD, 304 and errors. */
  readonly body: Uint8Array;
  readonly error?: NormalizeError;
  readonly outcome: Outcome;
}

/**
 * Answers a read with the transformed object: conditions on our ETag first, before anything is transformed, then the
 * part of it that was asked for. HEAD transforms as GET does, since nothing less tells the length.
 * @returns an answer always, coded when it is an error
 */
export async function answerRead(read: Read): Promise<ReadAnswer> {
  let announced: Announcement | undefined;
  try {
    const partNumber = read.query.get("partNumber") ?? undefined;
    // S3 takes a range as a parameter too (userguide/range-get-olap.html).
    const selection = selectionOf(read.header("range") ?? read.query.get("Range") ?? undefined, partNumber);
    const overrides = responseOverrides(read.query);
    const object = await normalizeOriginal({
      open: read.open,
      transformer: read.transformer(),
      remainingMs: read.remainingMs,
      admit(known) {
        announced = known;
        assertConditions(read.header, known);
      },
    });
    const isWhole = selection.kind === "range" && !rangeHolds(read.header, object);
    const range = isWhole ? undefined : selectBytes(selection, object.bytes.length);
    return found(read, object, range, overrides);
  } catch (thrown) {
    return refused(read, toNormalizeError(thrown), announced);
  }
}

function found(
  { method, key }: Read,
  object: NormalizedObject,
  range: ByteRange | undefined,
  overrides: Readonly<Record<string, string>>,
): ReadAnswer {
  const { bytes, hash, originalBytes } = object;
  const part = range === undefined ? bytes : bytes.subarray(range.first, range.last + 1);
  const status = range === undefined ? 200 : 206;
  return {
    status,
    headers: {
      ...validatorHeaders(object),
      ...Object.fromEntries(
        Object.entries(object.metadata ?? {}).map(([name, value]) => [`x-amz-meta-${name}`, value]),
      ),
      "content-type": object.contentType,
      ...overrides,
      "content-length": String(part.length),
      ...(range !== undefined && { "content-range": contentRange(range, bytes.length) }),
    },
    body: method === "HEAD" ? new Uint8Array() : part,
    outcome: { status, key, hash, bytesIn: originalBytes, bytesOut: method === "HEAD" ? 0 : part.length },
  };
}

function refused({ key }: Read, error: NormalizeError, announced: Announcement | undefined): ReadAnswer {
  const { status } = error;
  const empty = { status, body: new Uint8Array() };
  if (error.code === "NotModified" && announced !== undefined) {
    return { ...empty, headers: validatorHeaders(announced), outcome: { status, key, hash: announced.hash } };
  }
  return { ...empty, headers: error.headers, error, outcome: { status, key, error } };
}

/** Headers that say what is there, whether its bytes follow or not. */
function validatorHeaders({ etag, lastModified, headers, hash }: Announcement): Record<string, string> {
  return {
    ...headers,
    "accept-ranges": "bytes",
    [`x-amz-meta-${TRANSFORMATION_METADATA}`]: hash,
    ...(etag !== undefined && { etag }),
    ...(lastModified !== undefined && { "last-modified": lastModified }),
  };
}
