import { GetObjectCommand, type GetObjectCommandOutput, type S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import { NormalizeError } from "./errors";
import { type OpenOriginal, type Original, originalError } from "./original";

/** Which state of an object is to be read. */
export interface AccessPointOriginalOptions {
  /** Defaults to the current version. */
  readonly versionId?: string | undefined;
  /** ETag that the object must still have; SourceChanged otherwise. */
  readonly etag?: string | undefined;
}

/**
 * An original read with the function's own role through the S3 access point.
 * @param client S3 client; it finds Region, credentials and endpoint in the standard environment variables
 * @param accessPoint alias or ARN of the access point
 * @param key key of the object
 */
export function accessPointOriginal(
  client: S3Client,
  accessPoint: string,
  key: string,
  { versionId, etag }: AccessPointOriginalOptions = {},
): OpenOriginal {
  return async (signal) => {
    try {
      const command = new GetObjectCommand({ Bucket: accessPoint, Key: key, VersionId: versionId, IfMatch: etag });
      return toOriginal(await client.send(command, { abortSignal: signal }));
    } catch (error) {
      if (!(error instanceof S3ServiceException)) throw error;
      throw clientError(error);
    }
  };
}

/** The coded error for what the S3 client threw. */
export function clientError(error: S3ServiceException): NormalizeError {
  const status = error.$metadata.httpStatusCode ?? 500;
  if (status === 412) return new NormalizeError("SourceChanged", undefined, { cause: error });
  return originalError(status, error, error.name);
}

function toOriginal(answer: GetObjectCommandOutput): Original {
  if (answer.Body === undefined) throw new NormalizeError("SourceFailed", "Its store answered without a body.");
  const body = answer.Body.transformToWebStream();
  return {
    etag: answer.ETag,
    lastModified: answer.LastModified?.toUTCString(),
    contentLength: answer.ContentLength,
    headers: {
      ...(answer.CacheControl !== undefined && { "cache-control": answer.CacheControl }),
      ...(answer.ExpiresString !== undefined && { expires: answer.ExpiresString }),
      ...(answer.ContentLanguage !== undefined && { "content-language": answer.ContentLanguage }),
    },
    body,
    cancel: () => body.cancel(),
  };
}
