import type { ObjectChecksum } from "./checksums";
import type { ObjectPart } from "./objectVersion";
import type { WriteCondition } from "./preconditions";

/** What is kept with an object beside its bytes. */
export interface ObjectAttributes {
  /** HTTP headers, by lower-case name, for example `content-type`. */
  readonly headers: Readonly<Record<string, string>>;
  /** User metadata, by lower-case name without `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** How an object is stored. */
export interface PutOptions extends Partial<ObjectAttributes> {
  /** Asked once the bytes have ended. */
  readonly checksum?: () => ObjectChecksum | undefined;
  /** Looked at when the object is about to appear. */
  readonly condition?: WriteCondition;
  /** What the object was made by. Defaults to `Put`. */
  readonly cause?: "Put" | "Copy" | "CompleteMultipartUpload";
  /** Replaces the MD5, for an object made of parts. */
  readonly etag?: string;
  readonly parts?: readonly ObjectPart[];
}
