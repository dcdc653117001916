import { createHash } from "node:crypto";
import { SERVICE_LIMITS } from "../../contracts/serviceLimits";
import type { PictureSource } from "./queuedPictures";
import type { ScoredLabel } from "./topLabels";

/** What becomes of a picture of the queue. */
export interface PictureResult {
  /** 64 hexadecimal digits that name picture and model: the same message gives the same, however often it comes. */
  readonly id: string;
  readonly source: PictureSource;
  /** Of the object, without quotes; absent for a link, and when there is no object. */
  readonly etag?: string;
  /** SHA-256 of the model. */
  readonly model: string;
  /** Labels of the highest scores; absent when there is an error. */
  readonly return?: readonly ScoredLabel[];
  /** Why the picture cannot be classified, now and later. */
  readonly error?: { readonly code: string; readonly message: string };
}

/** Names a picture and a model. */
export function resultId(source: PictureSource, model: string): string {
  const name = "imagelink" in source ? [source.imagelink] : [source.bucket, source.key];
  return createHash("sha256")
    .update(JSON.stringify([model, ...name]))
    .digest("hex");
}

/**
 * The key of a result: the picture's own bucket and key below the prefix, with `.json` behind, so that a newer picture's
 * result takes the place of the older's; `links/` and the id for a link, and `long/` and the id where the key would be too long.
 */
export function resultKey({ id, source }: Pick<PictureResult, "id" | "source">, prefix: string): string {
  const folder = prefix === "" || prefix.endsWith("/") ? prefix : `${prefix}/`;
  if ("imagelink" in source) return `${folder}links/${id}.json`;
  const key = `${folder}${source.bucket}/${source.key}.json`;
  return Buffer.byteLength(key) <= SERVICE_LIMITS.s3.keyBytes ? key : `${folder}long/${id}.json`;
}
