import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ClassifyEnvironment } from "../contracts/classifyEnvironment";
import type { CheckedClassifierFunctionArgs } from "./checkedClassifierApiArgs";
import type { ClassifierApiArgs } from "./classifierApiArgs";
import type { ReadObjects } from "./classifierObjects";
import { functionArchive } from "./functionArchive";
import { LAMBDA_TRUST_POLICY } from "./normalizePolicies";

/** A function that classifies, with its log and its role, which may do nothing yet. */
export interface ClassifierFunction {
  readonly lambda: aws.lambda.Function;
  readonly logs: aws.cloudwatch.LogGroup;
  readonly role: aws.iam.Role;
}

/** How one function of a classifier differs from the other. */
export interface ClassifierFunctionOptions {
  readonly description: string;
  /** One of `ClassifyHandler`. */
  readonly handler: string;
  readonly timeout: pulumi.Input<number>;
  readonly reservedConcurrency?: pulumi.Input<number> | undefined;
  /** Whether versions are published, for an alias to name. */
  readonly publish?: boolean;
  readonly environment: Record<string, pulumi.Input<string>>;
}

/** One function of a classifier. Both have the same archive. */
export function classifierFunction(
  name: string,
  checked: CheckedClassifierFunctionArgs,
  options: ClassifierFunctionOptions,
  parent: pulumi.Resource,
): ClassifierFunction {
  const { tags, logRetentionDays: retentionInDays, logKmsKeyArn: kmsKeyId } = checked;
  const child = { parent };
  const logs = new aws.cloudwatch.LogGroup(`${name}-logs`, { retentionInDays, kmsKeyId, tags }, child);
  const role = new aws.iam.Role(`${name}-role`, { assumeRolePolicy: LAMBDA_TRUST_POLICY, tags }, child);
  const lambda = new aws.lambda.Function(
    `${name}-function`,
    {
      description: options.description,
      architectures: ["arm64"],
      runtime: checked.runtime,
      handler: options.handler,
      code: functionArchive("classify"),
      role: role.arn,
      memorySize: checked.memorySize,
      timeout: options.timeout,
      ephemeralStorage: { size: checked.ephemeralStorageMb },
      reservedConcurrentExecutions: options.reservedConcurrency,
      ...(options.publish && { publish: true }),
      environment: { variables: options.environment },
      loggingConfig: { logFormat: "JSON", logGroup: logs.name },
      tracingConfig: { mode: "Active" },
      tags,
    },
    child,
  );
  return { lambda, logs, role };
}

/** What both functions are told; what is not given is left to their own defaults. */
export function classifierEnvironment(
  args: ClassifierApiArgs,
  { topK }: CheckedClassifierFunctionArgs,
  { model, labels }: ReadObjects,
): Record<string, pulumi.Input<string>> {
  const { input, limits, imageLinkHosts: hosts, imageLinkSchemes: schemes } = args;
  return {
    [ClassifyEnvironment.Model]: model.uri,
    ...(model.sha256 !== undefined && { [ClassifyEnvironment.ModelSha256]: model.sha256 }),
    [ClassifyEnvironment.Labels]: labels.uri,
    ...(labels.sha256 !== undefined && { [ClassifyEnvironment.LabelsSha256]: labels.sha256 }),
    ...(input && { [ClassifyEnvironment.Input]: JSON.stringify(input) }),
    ...(limits && { [ClassifyEnvironment.Limits]: JSON.stringify(limits) }),
    ...(hosts && { [ClassifyEnvironment.ImageLink]: JSON.stringify({ hosts, schemes }) }),
    [ClassifyEnvironment.TopK]: pulumi.interpolate`${topK}`,
  };
}
