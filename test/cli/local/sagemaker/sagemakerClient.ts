import { SageMakerClient, SageMakerServiceException } from "@aws-sdk/client-sagemaker";
import type { LocalPlane } from "../../../../cli/local/localPlane";

/** The unmodified SageMaker client with just an endpoint. */
export function sagemakerClient(plane: LocalPlane, changed: { secretAccessKey?: string } = {}): SageMakerClient {
  const { endpoint, region } = plane.cloud;
  return new SageMakerClient({ endpoint, region, credentials: { ...plane.credentials, ...changed }, maxAttempts: 1 });
}

/** Status, code and message that a call of the client is refused with. */
export async function sagemakerRefusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (error instanceof SageMakerServiceException) {
      return `${error.$metadata.httpStatusCode} ${error.name} ${error.message}`;
    }
    throw error;
  }
  return "answered";
}
