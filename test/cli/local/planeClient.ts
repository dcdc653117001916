import { S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import type { LocalPlane } from "../../../cli/local/localPlane";

/** The unmodified S3 client with just an endpoint, in path style. */
export function planeClient(plane: LocalPlane): S3Client {
  const { endpoint, region } = plane.cloud;
  return new S3Client({ endpoint, region, credentials: plane.credentials, forcePathStyle: true, maxAttempts: 1 });
}

/** Status and code that a call of the client is refused with. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (error instanceof S3ServiceException) return `${error.$metadata.httpStatusCode} ${error.name}`;
    throw error;
  }
  return "answered";
}
