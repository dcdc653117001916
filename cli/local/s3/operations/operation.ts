import type { ServerResponse } from "node:http";
import type { ObjectStore } from "../objectStore";
import type { S3Request } from "../s3Target";

/** What an operation works on. */
export interface OperationContext {
  readonly store: ObjectStore;
  /** The store's bucket, which may not exist. */
  readonly bucketName: string;
  readonly request: S3Request;
  readonly response: ServerResponse;
}

/** One operation of S3 and the requests that mean it. */
export interface Operation {
  /** S3's name, for example `PutObject`. */
  readonly name: string;
  readonly method: "GET" | "HEAD" | "PUT" | "POST" | "DELETE";
  readonly on: "bucket" | "object";
  /** Query parameters that must be there. */
  readonly requires?: readonly string[];
  /** Query parameters that may be there; any other means an operation that is not implemented. */
  readonly allows?: readonly string[];
  /** True or false: it needs, or must not have, an `x-amz-copy-source` header. */
  readonly copies?: boolean;
  run(context: OperationContext): Promise<void>;
}
