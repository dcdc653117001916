import { GetObjectCommand, type S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import type { S3Object } from "./classifySettings";
import { ClassifyError } from "./errors";

/** A picture of S3. */
export interface StoredPicture {
  readonly bytes: Uint8Array;
  /** Of the object, without quotes. */
  readonly etag: string;
}

/**
 * Reads a picture from S3.
 * @param maxBytes an object with more is not read
 * @throws ClassifyError NoSuchObject, AccessDenied, TooManyBytes, SourceFailed, or Timeout when the signal aborts
 */
export async function storedPicture(
  client: S3Client,
  { bucket, key }: S3Object,
  maxBytes: number,
  abortSignal: AbortSignal,
): Promise<StoredPicture> {
  try {
    const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }), { abortSignal });
    const { Body, ContentLength = 0, ETag = "" } = answer;
    if (Body === undefined) throw new ClassifyError("SourceFailed");
    if (ContentLength > maxBytes) {
      await Body.transformToWebStream().cancel();
      throw new ClassifyError("TooManyBytes", `Given ${ContentLength}; allowed: ${maxBytes}.`);
    }
    return { bytes: await Body.transformToByteArray(), etag: ETag.replaceAll('"', "") };
  } catch (cause) {
    if (cause instanceof ClassifyError) throw cause;
    if (abortSignal.aborted) throw new ClassifyError("Timeout", undefined, { cause });
    const status = cause instanceof S3ServiceException ? cause.$metadata.httpStatusCode : undefined;
    if (status === 404) throw new ClassifyError("NoSuchObject", undefined, { cause });
    if (status === 403) throw new ClassifyError("AccessDenied", undefined, { cause });
    throw new ClassifyError("SourceFailed", undefined, { cause });
  }
}
