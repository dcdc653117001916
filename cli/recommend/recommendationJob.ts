import type {
  CreateInferenceRecommendationsJobCommandInput,
  DescribeInferenceRecommendationsJobCommandOutput,
  InferenceRecommendationsJobStep,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { CannotRunError } from "../../contracts/cannotRunError";
import type { SageMakerSdk } from "./sagemakerSdk";

/** A job of AWS's Inference Recommender, as SageMaker describes it, with its benchmarks. */
export interface RecommendationJob {
  readonly job: Omit<DescribeInferenceRecommendationsJobCommandOutput, "$metadata">;
  readonly steps: readonly InferenceRecommendationsJobStep[];
}

/** Pages of steps that are read at most: a job has no more than some tens of benchmarks. */
const MOST_PAGES = 20;

/**
 * Has SageMaker start a job, which loads endpoints of several kinds and is billed as they are.
 * @returns ARN of the job
 * @throws CannotRunError with SageMaker's own code
 */
export async function startRecommendation(
  sdk: SageMakerSdk,
  client: SageMakerClient,
  request: CreateInferenceRecommendationsJobCommandInput,
): Promise<string> {
  const { JobArn: arn } = await asked(() => client.send(new sdk.CreateInferenceRecommendationsJobCommand(request)));
  return arn ?? "";
}

/** How a job stands. @throws CannotRunError with SageMaker's own code */
export async function readRecommendation(
  sdk: SageMakerSdk,
  client: SageMakerClient,
  name: string,
): Promise<RecommendationJob> {
  const { $metadata: _, ...job } = await asked(() =>
    client.send(new sdk.DescribeInferenceRecommendationsJobCommand({ JobName: name })),
  );
  const steps: InferenceRecommendationsJobStep[] = [];
  let token: string | undefined;
  for (let page = 0; page < MOST_PAGES && (page === 0 || token !== undefined); page++) {
    const input = { JobName: name, ...(token !== undefined && { NextToken: token }) };
    const listed = await asked(() => client.send(new sdk.ListInferenceRecommendationsJobStepsCommand(input)));
    steps.push(...(listed.Steps ?? []));
    token = listed.NextToken;
  }
  return { job, steps };
}

async function asked<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    const metadata: unknown = Reflect.get(cause, "$metadata");
    const status = metadata instanceof Object ? Reflect.get(metadata, "httpStatusCode") : undefined;
    if (typeof status === "number")
      throw new CannotRunError(cause.name, `${cause.message} (HTTP ${status})`, { cause });
    throw new CannotRunError("NotReached", cause.message || cause.name, { cause });
  }
}
