import { text } from "node:stream/consumers";
import { NormalizeError } from "./errors";
import type { HeaderReader } from "./headerReader";
import { KEPT_HEADERS, type OpenOriginal, type Original, originalError, PASSED_ON_OF_LISTING } from "./original";

/** A presigned URL of an Object Lambda event, and the request that it was made for. */
export interface PresignedRequest {
  /** `inputS3Url`. */
  readonly url: string;
  /** Headers of the reader's request, `userRequest.headers`. */
  readonly header: HeaderReader;
}

/** Segments that fetch resolves, so that it would ask for another object than the signature is for. */
const DOTS = /^[^?]*\/\.\.?(?:[/?]|$)/;

/**
 * An original behind a presigned URL.
 * @param otherwise opens it when the store answers 304 or 412. A reader's condition is about our ETag and not about
 *   the original's, so it is never sent unless the URL's signature covers it; then the store's verdict means nothing
 */
export function presignedOriginal(request: PresignedRequest, otherwise: OpenOriginal): OpenOriginal {
  return async (signal) => {
    const response = await presignedFetch(request, signal);
    if (response.status === 304 || response.status === 412) {
      await response.body?.cancel();
      return otherwise(signal);
    }
    const { body } = await assertOk(response, request);
    if (body === null) throw originalError(response.status);
    return { ...describe(response), body, cancel: () => body.cancel() };
  };
}

/**
 * What a presigned HEAD says of an original: that the reader may read it, and its headers. Its body is read otherwise,
 * since the URL is good for a HEAD only.
 * @param read opens the object of that ETag, for its body
 * @param otherwise as for {@link presignedOriginal}
 */
export function presignedHead(
  request: PresignedRequest,
  read: (etag: string | undefined) => OpenOriginal,
  otherwise: OpenOriginal,
): OpenOriginal {
  return async (signal) => {
    const response = await presignedFetch(request, signal, "HEAD");
    if (response.status === 304 || response.status === 412) return otherwise(signal);
    const original = describe(await assertOk(response, request));
    async function* body(): AsyncGenerator<Uint8Array> {
      yield* (await read(original.etag)(signal)).body;
    }
    return { ...original, body: body() };
  };
}

/**
 * The listing behind a presigned URL, as text.
 * @throws NormalizeError for what the store refuses
 */
export async function presignedListing(request: PresignedRequest, signal: AbortSignal): Promise<string> {
  const response = await presignedFetch(request, signal);
  return (await assertOk(response, request, PASSED_ON_OF_LISTING)).text();
}

async function presignedFetch(
  { url, header }: PresignedRequest,
  signal: AbortSignal,
  method = "GET",
): Promise<Response> {
  if (DOTS.test(url)) throw new NormalizeError("InvalidRequest", "No part of a key between slashes is . or .. here.");
  return fetch(url, { method, headers: signedHeaders(url, header), signal, redirect: "error" });
}

/** Exactly the headers that the URL's signature covers: fewer give 403, others could change what is read. */
function signedHeaders(url: string, header: HeaderReader): [string, string][] {
  const names = new Set((new URL(url).searchParams.get("X-Amz-SignedHeaders") ?? "").toLowerCase().split(";"));
  names.delete("host");
  return [...names].flatMap((name) => {
    const value = header(name);
    return value === undefined ? [] : [[name, value]];
  });
}

async function assertOk(
  response: Response,
  { url }: PresignedRequest,
  passedOn?: ReadonlySet<number>,
): Promise<Response> {
  if (response.ok) return response;
  const document = response.body === null ? "" : await text(firstBytes(response.body));
  const [, code] = /<Code>([^<]{1,64})<\/Code>/.exec(document) ?? [];
  // What S3 says of a version that is none, a HEAD without words: the reader's mistake, and no fault that a retry mends.
  const isOfVersion = response.status === 400 && new URL(url).searchParams.has("versionId");
  if (isOfVersion && (code ?? "InvalidArgument") === "InvalidArgument") {
    throw new NormalizeError("InvalidArgument", "The parameter versionId is no id of a version.");
  }
  throw originalError(response.status, undefined, code, passedOn);
}

/** S3's error documents are short; whoever answers at length is not read to the end. */
async function* firstBytes(body: AsyncIterable<Uint8Array>, limit = 64 * 1024): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const chunk of body) {
    yield chunk;
    length += chunk.length;
    if (length > limit) return;
  }
}

function describe({ headers }: Response): Omit<Original, "body"> {
  const length = headers.get("content-length");
  const kept = KEPT_HEADERS.flatMap((name) => {
    const value = headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return {
    etag: headers.get("etag") ?? undefined,
    lastModified: headers.get("last-modified") ?? undefined,
    contentLength: length === null ? undefined : Number(length),
    headers: Object.fromEntries(kept),
  };
}
