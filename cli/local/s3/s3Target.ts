import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import type { Readable } from "node:stream";
import type { RequestBody } from "./requestBody";
import type { VerifiedSignature } from "./sigV4";

/** A request whose signature was verified. */
export interface S3Request {
  readonly method: string;
  /** What the request addresses, as it was addressed: a bucket, an access point's alias or ARN. */
  readonly bucket: string;
  /** Object key, decoded; empty when the request is for the bucket itself. */
  readonly key: string;
  readonly query: URLSearchParams;
  /** Headers, with those that a presigned URL carries in its query. */
  readonly headers: IncomingHttpHeaders;
  /** Names and values of headers in turn, as sent. */
  readonly rawHeaders: readonly string[];
  /** Path and query as sent. */
  readonly rawTarget: string;
  /** Payload, without `aws-chunked` framing. It fails at its end when a checksum is wrong. */
  readonly body: Readable;
  /** What is known of the payload beside its bytes. */
  readonly payload: Pick<RequestBody, "length" | "declared" | "checksum">;
  readonly signature: VerifiedSignature;
  /** The store's bucket that a name stands for, aliases included; undefined when there is none. */
  resolveBucket(name: string): string | undefined;
}

/** What answers for a bucket-like name: a bucket, an access point's alias or ARN, an Object Lambda access point. */
export interface S3Target {
  /** Name of the store's bucket when the target is nothing but that bucket: copies may then read from it. */
  readonly bucketName?: string;
  /** Answers one request. A thrown S3Error is answered as XML, anything else as InternalError. */
  handle(request: S3Request, response: ServerResponse): Promise<void>;
}
