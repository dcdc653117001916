import { GetObjectCommand, type S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import { NormalizeError } from "./errors";
import { type OpenOriginal, originalError } from "./original";

/**
 * An original read with the function's own role through the S3 access point.
 * @param client S3 client; it finds Region, credentials and endpoint in the standard environment variables
 * @param accessPoint alias or ARN of the access point
 * @param key key of the object
 */
export function accessPointOriginal(client: S3Client, accessPoint: string, key: string): OpenOriginal {
  return async (signal) => {
    try {
      const answer = await client.send(new GetObjectCommand({ Bucket: accessPoint, Key: key }), {
        abortSignal: signal,
      });
      if (answer.Body === undefined) throw new NormalizeError("SourceFailed", "Its store answered without a body.");
      return {
        etag: answer.ETag,
        lastModified: answer.LastModified?.toUTCString(),
        contentLength: answer.ContentLength,
        body: answer.Body.transformToWebStream(),
      };
    } catch (error) {
      if (error instanceof S3ServiceException) throw originalError(error.$metadata.httpStatusCode ?? 500, error);
      throw error;
    }
  };
}
