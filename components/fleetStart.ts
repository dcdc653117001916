import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { derivedPrefix, quarantinePrefix } from "../contracts/derived";
import { FleetStartEnvironment } from "../contracts/fleetStart";
import type { CloudPlace } from "./cloudPlace";
import { functionArchive } from "./functionArchive";
import { LAMBDA_TRUST_POLICY, ownStatements, policyDocument, type Statement } from "./normalizePolicies";
import type { FleetCompletenessArgs } from "./trainingFleetArgs";

/** Seconds that two calls to SageMaker may take. */
const TIMEOUT_SECONDS = 30;

/** Seconds that comparing a derived set may take: the longest that Lambda allows. */
const COMPLETENESS_TIMEOUT_SECONDS = 900;

/** MB; both calls and comparisons wait for the network, not for a processor. */
const MEMORY_MB = 256;

/** What the start function stands on. */
export interface FleetStartOptions {
  readonly pipeline: aws.sagemaker.Pipeline;
  /** Values of the pipeline's parameters by name. */
  readonly parameters: Readonly<Record<string, pulumi.Input<string>>>;
  readonly completeness: FleetCompletenessArgs | undefined;
  readonly logs: aws.cloudwatch.LogGroup;
  readonly place: pulumi.Output<CloudPlace>;
  readonly tags: Record<string, string>;
}

/** The function that starts a run, unless the one before is not over or its data is not complete. */
export function fleetStartFunction(
  name: string,
  options: FleetStartOptions,
  parent: pulumi.Resource,
): aws.lambda.Function {
  const { pipeline, parameters, completeness, logs, tags } = options;
  const child = { parent };
  const role = new aws.iam.Role(`${name}-start-role`, { assumeRolePolicy: LAMBDA_TRUST_POLICY, tags }, child);
  new aws.iam.RolePolicy(`${name}-start-role-policy`, { role: role.id, policy: startPolicy(options) }, child);
  return new aws.lambda.Function(
    `${name}-start-function`,
    {
      description: "Starts a training run when none is going on and its data is complete.",
      architectures: ["arm64"],
      runtime: "nodejs24.x",
      handler: "index.handler",
      code: functionArchive("fleet"),
      role: role.arn,
      memorySize: MEMORY_MB,
      timeout: completeness === undefined ? TIMEOUT_SECONDS : COMPLETENESS_TIMEOUT_SECONDS,
      environment: {
        variables: {
          [FleetStartEnvironment.Pipeline]: pipeline.pipelineName,
          [FleetStartEnvironment.Parameters]: pulumi.jsonStringify(parameters),
          ...(completeness && { [FleetStartEnvironment.Completeness]: pulumi.jsonStringify(completeness) }),
        },
      },
      loggingConfig: { logFormat: "JSON", logGroup: logs.name },
      tracingConfig: { mode: "Active" },
      tags,
    },
    child,
  );
}

function startPolicy({ pipeline, completeness, logs, place }: FleetStartOptions): pulumi.Output<string> {
  return policyDocument([
    ...ownStatements(logs.arn),
    {
      Sid: "StartRuns",
      Effect: "Allow",
      Action: ["sagemaker:ListPipelineExecutions", "sagemaker:StartPipelineExecution"],
      Resource: pipeline.arn,
    },
    ...(completeness === undefined ? [] : completenessStatements(completeness, place)),
  ]);
}

/** A comparison lists three prefixes and asks for the metadata of what is derived; it reads no original. */
function completenessStatements(
  { source, derived, hash }: FleetCompletenessArgs,
  place: pulumi.Output<CloudPlace>,
): readonly Statement[] {
  const arn = (bucket: pulumi.Input<string>) => pulumi.interpolate`arn:${place.partition}:s3:::${bucket}`;
  const below = (prefixOf: (hash: string) => string) =>
    pulumi.interpolate`${arn(derived)}/${pulumi.output(hash).apply(prefixOf)}*`;
  return [
    { Sid: "ListOriginalsAndDerived", Effect: "Allow", Action: "s3:ListBucket", Resource: [arn(source), arn(derived)] },
    {
      Sid: "LookAtDerived",
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: [below(derivedPrefix), below(quarantinePrefix)],
    },
  ];
}
