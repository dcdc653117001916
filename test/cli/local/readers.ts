import assert from "node:assert/strict";
import {
  GetObjectCommand,
  type GetObjectCommandInput,
  HeadObjectCommand,
  type S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { signedFetch } from "../../../cli/job/signedFetch";
import type { LocalManifest } from "../../../contracts/localManifest";

/** What is asked of an object, however it is delivered. */
export interface Ask {
  readonly method?: "GET" | "HEAD";
  readonly key: string;
  readonly range?: string;
  readonly part?: number;
  readonly ifMatch?: string;
  readonly ifNoneMatch?: string;
  readonly ifModifiedSince?: Date;
  readonly ifUnmodifiedSince?: Date;
  readonly responseContentType?: string;
  readonly responseCacheControl?: string;
}

/** What is compared of an answer. */
export interface Told {
  readonly status: number;
  /** S3's or our code; HEAD has none. */
  readonly code?: string;
  readonly etag?: string;
  readonly lastModified?: string;
  readonly length?: number;
  readonly contentRange?: string;
  readonly acceptRanges?: string;
  readonly type?: string;
  readonly cacheControl?: string;
  readonly transformation?: string;
  readonly bytes: Buffer;
}

/** Asks through one delivery. */
export type Reader = (ask: Ask) => Promise<Told>;

/** The unmodified SDK, by alias. */
export function sdkReader(client: S3Client, alias: string): Reader {
  return async ({ method = "GET", key, ...ask }) => {
    const input: GetObjectCommandInput = {
      Bucket: alias,
      Key: key,
      Range: ask.range,
      PartNumber: ask.part,
      IfMatch: ask.ifMatch,
      IfNoneMatch: ask.ifNoneMatch,
      IfModifiedSince: ask.ifModifiedSince,
      IfUnmodifiedSince: ask.ifUnmodifiedSince,
      ResponseContentType: ask.responseContentType,
      ResponseCacheControl: ask.responseCacheControl,
    };
    try {
      const answer = await (method === "GET"
        ? client.send(new GetObjectCommand(input))
        : client.send(new HeadObjectCommand(input)));
      const bytes = "Body" in answer ? await answer.Body?.transformToByteArray() : undefined;
      return found({
        status: answer.$metadata.httpStatusCode ?? 0,
        etag: answer.ETag,
        lastModified: answer.LastModified?.toUTCString(),
        length: answer.ContentLength,
        contentRange: answer.ContentRange,
        acceptRanges: answer.AcceptRanges,
        type: answer.ContentType,
        cacheControl: answer.CacheControl,
        transformation: answer.Metadata?.["frugal-ml-transformation"],
        bytes: Buffer.from(bytes ?? []),
      });
    } catch (error) {
      if (!(error instanceof S3ServiceException)) throw error;
      const status = error.$metadata.httpStatusCode ?? 0;
      const contentRange = error.$response?.headers["content-range"];
      const code = method === "HEAD" || status === 304 ? undefined : error.name;
      return found({ status, code, contentRange, bytes: Buffer.alloc(0) });
    }
  };
}

/** Signed HTTP at the function's URL. */
export function urlReader(url: string, manifest: LocalManifest): Reader {
  return async ({ method = "GET", key, ...ask }) => {
    const address = new URL(url + key.split("/").map(encodeURIComponent).join("/"));
    const parameters = {
      partNumber: ask.part?.toString(),
      "response-content-type": ask.responseContentType,
      "response-cache-control": ask.responseCacheControl,
    };
    for (const [name, value] of Object.entries(parameters)) if (value) address.searchParams.set(name, value);
    const headers = {
      range: ask.range,
      "if-match": ask.ifMatch,
      "if-none-match": ask.ifNoneMatch,
      "if-modified-since": ask.ifModifiedSince?.toUTCString(),
      "if-unmodified-since": ask.ifUnmodifiedSince?.toUTCString(),
    };
    const given = Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
    const answer = await signedFetch(address.href, manifest, { method, headers: Object.fromEntries(given) });
    const bytes = Buffer.from(await answer.arrayBuffer());
    const told = (name: string): string | undefined => answer.headers.get(name) ?? undefined;
    const contentRange = told("content-range");
    if (!answer.ok) {
      if (method === "HEAD") assert.equal(bytes.length, 0);
      const code = method === "HEAD" || answer.status === 304 ? undefined : told("x-frugal-ml-error");
      return found({ status: answer.status, code, contentRange, bytes: Buffer.alloc(0) });
    }
    assert.equal(told("x-frugal-ml-length"), told("content-length"));
    return found({
      status: answer.status,
      etag: told("etag"),
      lastModified: told("last-modified"),
      length: Number(told("content-length")),
      contentRange,
      acceptRanges: told("accept-ranges"),
      type: told("content-type"),
      cacheControl: told("cache-control"),
      transformation: told("x-amz-meta-frugal-ml-transformation"),
      bytes,
    });
  };
}

/** Without what was not told, so that answers can be compared whole. */
function found(told: { [K in keyof Told]: Told[K] | undefined } & Pick<Told, "status" | "bytes">): Told {
  const { status, bytes, ...rest } = told;
  return { status, bytes, ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) };
}
