import type {
  CreateInferenceRecommendationsJobCommandInput,
  ProductionVariantInstanceType,
} from "@aws-sdk/client-sagemaker";
import { CommandLineProblems } from "../../contracts/commandLineProblems";

/** A recommendation as the command line asks for it. */
export interface RecommendationArguments {
  readonly role?: string;
  readonly modelPackage?: string;
  readonly model?: string;
  readonly samplePayload?: string;
  readonly contentType?: string;
  readonly domain?: string;
  readonly task?: string;
  readonly framework?: string;
  readonly frameworkVersion?: string;
  readonly instanceType: readonly string[];
}

const NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,63}$/;
const ROLE = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/;
const PACKAGE = /^arn:aws[a-z-]*:sagemaker:[a-z0-9-]+:\d{12}:model-package\/\S+$/;
const PAYLOAD = /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/\S+$/;

/** What only goes together with the name of a model; a model package knows it by itself. */
const OF_MODEL = ["samplePayload", "contentType", "domain", "task", "framework", "frameworkVersion"] as const;

/**
 * What SageMaker is asked: a job of the type Default, which finds instance types by itself or tries those that are given
 * (docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateInferenceRecommendationsJob.html).
 * @throws CannotRunError `BadUsage` with every problem at once
 */
export function recommendationRequest(
  name: string,
  given: RecommendationArguments,
): CreateInferenceRecommendationsJobCommandInput {
  const problems = new CommandLineProblems();
  const refuse = (property: string, value: unknown, allowed: string): void => problems.refuse(property, value, allowed);
  const { role, modelPackage, model, samplePayload, contentType, instanceType } = given;
  if (!NAME.test(name))
    refuse("<name>", name, "letters, digits and hyphens, at most 64, beginning and ending with none");
  if (!ROLE.test(role ?? "")) refuse("--role", role, "the ARN of a role that SageMaker may take on");
  if ((modelPackage === undefined) === (model === undefined))
    refuse("--model-package, --model", modelPackage === undefined ? "neither" : "both", "one of them");
  if (modelPackage !== undefined) {
    if (!PACKAGE.test(modelPackage)) refuse("--model-package", modelPackage, "the ARN of a versioned model package");
    for (const key of OF_MODEL)
      if (given[key] !== undefined) refuse(`--${dashed(key)}`, given[key], "only with --model");
  }
  if (model !== undefined) {
    if (!PAYLOAD.test(samplePayload ?? ""))
      refuse("--sample-payload", samplePayload, "with --model the s3:// address of an archive of requests");
    for (const key of ["contentType", "domain", "task"] as const)
      if (given[key] === undefined) refuse(`--${dashed(key)}`, undefined, "needed with --model");
  }
  if (instanceType.length > 10) refuse("--instance-type", instanceType.length, "at most 10");
  for (const type of instanceType)
    if (!/^ml\.[a-z0-9-]+\.[a-z0-9-]+$/.test(type)) refuse("--instance-type", type, "ml.<family>.<size>");
  if (problems.any) throw problems.error();
  return {
    JobName: name,
    JobType: "Default",
    RoleArn: role,
    InputConfig: {
      ...(modelPackage !== undefined && { ModelPackageVersionArn: modelPackage }),
      ...(model !== undefined && {
        ModelName: model,
        ContainerConfig: {
          Domain: given.domain,
          Task: given.task,
          ...(given.framework !== undefined && { Framework: given.framework }),
          ...(given.frameworkVersion !== undefined && { FrameworkVersion: given.frameworkVersion }),
          PayloadConfig: {
            SamplePayloadUrl: samplePayload,
            ...(contentType !== undefined && { SupportedContentTypes: [contentType] }),
          },
        },
      }),
      ...(instanceType.length > 0 && {
        // SageMaker knows which of them there are, and more than this SDK does.
        EndpointConfigurations: instanceType.map((type) => ({ InstanceType: type as ProductionVariantInstanceType })),
      }),
    },
  };
}

function dashed(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
