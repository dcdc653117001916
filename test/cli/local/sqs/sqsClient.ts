import { SQSClient, type SQSClientConfig, SQSServiceException } from "@aws-sdk/client-sqs";
import type { LocalPlane } from "../../../../cli/local/localPlane";

/** The unmodified SQS client with just an endpoint. */
export function sqsClient(plane: LocalPlane, config: SQSClientConfig = {}): SQSClient {
  const { endpoint, region } = plane.cloud;
  return new SQSClient({ endpoint, region, credentials: plane.credentials, maxAttempts: 1, ...config });
}

/** Status and code that a call of the client is refused with. */
export async function sqsRefusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (error instanceof SQSServiceException) return `${error.$metadata.httpStatusCode} ${error.name}`;
    throw error;
  }
  return "answered";
}
