import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { Delivery } from "../contracts/delivery";
import { ALLOCATOR_ENVIRONMENT, NormalizeEnvironment } from "../contracts/normalizeEnvironment";
import { functionArchive } from "./functionArchive";
import { functionNetwork } from "./functionNetwork";
import { LAMBDA_TRUST_POLICY } from "./normalizePolicies";
import type { CheckedNormalizingAccessPointArgs } from "./normalizingAccessPointArgs";
import { arnPart } from "./originals";

/** The function that normalises, and what is its own. */
export interface NormalizeFunction {
  readonly lambda: aws.lambda.Function;
  readonly logs: aws.cloudwatch.LogGroup;
  readonly role: aws.iam.Role;
}

/**
 * The function with its log and its role, which may do nothing yet.
 * @param derived bucket that it writes to, for the delivery `materialized`
 */
export function normalizeFunction(
  name: string,
  checked: CheckedNormalizingAccessPointArgs,
  accessPoint: aws.s3.AccessPoint,
  derived: aws.s3.Bucket | undefined,
  parent: pulumi.Resource,
): NormalizeFunction {
  const { tags, vpc } = checked;
  const child = { parent };
  const { logRetentionDays: retentionInDays, logKeyArn: kmsKeyId } = checked;
  const logs = new aws.cloudwatch.LogGroup(`${name}-logs`, { retentionInDays, kmsKeyId, tags }, child);
  const role = new aws.iam.Role(`${name}-role`, { assumeRolePolicy: LAMBDA_TRUST_POLICY, tags }, child);
  const network = vpc && functionNetwork(name, vpc, { role, region: arnPart(accessPoint, 3), tags }, parent);
  const lambda = new aws.lambda.Function(
    `${name}-function`,
    {
      description: "Normalises images while they are read.",
      architectures: ["arm64"],
      runtime: checked.runtime,
      handler: "index.handler",
      code: functionArchive("normalize", checked.transformation.moduleFile),
      role: role.arn,
      memorySize: checked.memorySize,
      timeout: checked.timeout,
      reservedConcurrentExecutions: checked.reservedConcurrency,
      environment: { variables: environment(checked, accessPoint, derived) },
      loggingConfig: { logFormat: "JSON", logGroup: logs.name },
      tracingConfig: { mode: "Active" },
      ...(vpc && { vpcConfig: { subnetIds: vpc.subnetIds, securityGroupIds: vpc.securityGroupIds } }),
      tags,
    },
    { parent, ...(network && { dependsOn: network }) },
  );
  return { lambda, logs, role };
}

/** The function's configuration; where to read and write is told only to a function that does so by itself. */
function environment(
  { deliveries, transformation }: CheckedNormalizingAccessPointArgs,
  accessPoint: aws.s3.AccessPoint,
  derived: aws.s3.Bucket | undefined,
): Record<string, pulumi.Input<string>> {
  const readsOriginals = deliveries.has(Delivery.FunctionUrl) || derived !== undefined;
  return {
    ...ALLOCATOR_ENVIRONMENT,
    [NormalizeEnvironment.Transformation]: transformation.canonical,
    ...(readsOriginals && { [NormalizeEnvironment.Source]: accessPoint.alias }),
    ...(derived !== undefined && { [NormalizeEnvironment.Derived]: derived.id }),
  };
}
