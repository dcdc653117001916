import { type ContainerImageArgs, imagePlatform } from "../components";
import { Workload } from "../contracts/tags";
import type { StackConfig } from "./config";

const dockerfile = "containers/forecast/Dockerfile";

/** The image that splits, trains and publishes: x86, as everything of SageMaker but hosting. */
export function trainingImage({ fleet }: StackConfig): ContainerImageArgs {
  const { repository, digest, kmsKeyArn, forceDestroy } = fleet;
  return { repository, digest, kmsKeyArn, forceDestroy, dockerfile, workload: Workload.Training };
}

/** The image that hosts, for the processor of the endpoint's instances. */
export function hostingImage({ endpoint }: StackConfig): ContainerImageArgs {
  const { digest, kmsKeyArn, forceDestroy, instanceType } = endpoint;
  const platform = imagePlatform(instanceType);
  return { digest, kmsKeyArn, forceDestroy, dockerfile, platform, workload: Workload.Inference };
}
