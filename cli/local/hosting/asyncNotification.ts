import type { LocalCloud } from "../resourceKind";
import type { WaitingRequest } from "./asyncInference";
import type { ContainerAnswer } from "./containerClient";

/** What came of a request. */
export type AsyncOutcome = { readonly answer: ContainerAnswer } | { readonly failure: string };

/** Bytes of an answer that a notification carries at most: SNS takes 256 KB, and what stands around it is part of that. */
const CARRIED_BYTES = 128 * 1024;

/**
 * What a topic hears of a request
 * (docs.aws.amazon.com/sagemaker/latest/dg/async-inference-check-predictions.html).
 */
export function asyncNotification(
  { request, receivedAt, inferenceId, outputLocation, failureLocation }: WaitingRequest,
  outcome: AsyncOutcome,
  about: { readonly endpointName: string; readonly cloud: LocalCloud; readonly carriesAnswer: boolean },
): object {
  const answer = "answer" in outcome ? outcome.answer : undefined;
  const isCarried = about.carriesAnswer && answer !== undefined && answer.body.length <= CARRIED_BYTES;
  return {
    awsRegion: about.cloud.region,
    eventTime: new Date().toISOString(),
    receivedTime: receivedAt.toISOString(),
    invocationStatus: "failure" in outcome ? "Failed" : "Completed",
    ...("failure" in outcome && { failureReason: outcome.failure }),
    requestParameters: {
      contentType: request.headers["content-type"],
      accept: request.headers["accept"],
      customAttributes: request.headers["x-amzn-sagemaker-custom-attributes"],
      endpointName: about.endpointName,
      ...(request.input !== undefined && { inputLocation: `s3://${request.input.bucket}/${request.input.prefix}` }),
    },
    responseParameters:
      answer === undefined
        ? { ...(failureLocation !== undefined && { outputLocation: failureLocation }) }
        : {
            contentType: answer.headers["content-type"],
            outputLocation,
            ...(isCarried && { responseBody: { encoding: "BASE64", content: answer.body.toString("base64") } }),
          },
    inferenceId,
    eventVersion: "1.0",
    eventSource: "aws:sagemaker",
    eventName: "InferenceResult",
  };
}
