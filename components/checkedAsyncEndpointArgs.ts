import type * as pulumi from "@pulumi/pulumi";
import { SERVICE_LIMITS } from "../contracts/serviceLimits";
import { ASYNC_ENDPOINT_DEFAULTS, type AsyncEndpointArgs } from "./asyncEndpointArgs";
import { CheckedInputs, integerWithin } from "./checkedInputs";
import { type CheckedInstancesArgs, checkInstancesArgs, checkScales } from "./checkedInstancesArgs";
import { type CheckedModelSource, checkModelSource } from "./checkedModelSource";
import { refuseExcluded } from "./excludedArgs";
import { S3_FOLDER_URI, TOPIC_ARN } from "./inputRules";

/** The arguments, checked and with defaults. */
export interface CheckedAsyncEndpointArgs {
  readonly endpoint: CheckedInstancesArgs;
  readonly source: CheckedModelSource;
  readonly inputUri: pulumi.Input<string>;
  readonly outputUri: pulumi.Input<string>;
  readonly failureUri: pulumi.Input<string> | undefined;
  readonly successTopic: pulumi.Input<string> | undefined;
  readonly errorTopic: pulumi.Input<string> | undefined;
  readonly includeResponse: boolean;
  readonly targetBacklog: number;
  readonly maxConcurrentInvocations: number | undefined;
  /** Whether a threshold for the container's latency was given: no default suits answers that may take an hour. */
  readonly watchLatency: boolean;
  readonly oldestRequestSeconds: pulumi.Input<number>;
}

const { concurrentInvocations: CONCURRENT, leastInstances } = SERVICE_LIMITS.sagemaker.options.async;

const EXCLUDED = {
  variants: "asynchronous endpoints have one variant",
  shadow: "asynchronous endpoints take no shadow variant",
  containers: "an asynchronous endpoint here has one container",
  cacheModels: "an asynchronous endpoint here is not multi-model",
  memoryMb: "asynchronous endpoints stand on instances",
  provisionedConcurrency: "asynchronous endpoints stand on instances",
  captureUri: "what is asked and answered is in S3 anyway: inputUri and outputUri",
  capturePercent: "what is asked and answered is in S3 anyway: inputUri and outputUri",
  targetInvocations: "asynchronous endpoints publish no InvocationsPerInstance: targetBacklog is the aim",
  savingsPlan: "AWS's list of what SageMaker Savings Plans cover does not name asynchronous inference",
} as const;

/**
 * Checks the arguments and fills in the defaults.
 * @throws pulumi.InputPropertiesError with every problem at once
 */
export function checkAsyncEndpointArgs(name: string, args: AsyncEndpointArgs): CheckedAsyncEndpointArgs {
  const defaults = ASYNC_ENDPOINT_DEFAULTS;
  const checks = new CheckedInputs(`AsyncEndpoint ${name}`);
  refuseExcluded(args, EXCLUDED, checks);
  const minInstances = args.minInstances ?? defaults.minInstances;
  const endpoint = checkInstancesArgs(name, args, { minInstances, leastInstances }, checks);
  if (args.targetBacklog !== undefined) checkScales("targetBacklog", [endpoint], checks);
  if (args.includeResponse === true && args.successTopic === undefined && args.errorTopic === undefined) {
    const allowed = "only together with successTopic or errorTopic";
    checks.add([{ property: "includeResponse", given: "without a topic", allowed }]);
  }
  if (args.oldestRequestSeconds !== undefined && args.alarms !== true) {
    const allowed = "only together with alarms: true";
    checks.add([{ property: "oldestRequestSeconds", given: "without alarms", allowed }]);
  }
  const { failureUri, successTopic, errorTopic, maxConcurrentInvocations } = args;
  const checked = {
    endpoint,
    source: checkModelSource(args, { at: "", instanceType: endpoint.instanceType }, checks),
    inputUri: checks.input("inputUri", args.inputUri, S3_FOLDER_URI),
    outputUri: checks.input("outputUri", args.outputUri, S3_FOLDER_URI),
    failureUri: checks.optional("failureUri", failureUri, S3_FOLDER_URI),
    successTopic: checks.optional("successTopic", successTopic, TOPIC_ARN),
    errorTopic: checks.optional("errorTopic", errorTopic, TOPIC_ARN),
    includeResponse: args.includeResponse ?? defaults.includeResponse,
    targetBacklog: checks.plain(
      "targetBacklog",
      args.targetBacklog ?? defaults.targetBacklog,
      integerWithin(1, 1_000_000, "requests"),
    ),
    maxConcurrentInvocations:
      maxConcurrentInvocations === undefined
        ? undefined
        : checks.plain(
            "maxConcurrentInvocations",
            maxConcurrentInvocations,
            integerWithin(CONCURRENT.min, CONCURRENT.max, "requests"),
          ),
    watchLatency: args.alarmThresholds?.latencyMs !== undefined,
    oldestRequestSeconds: checks.input(
      "oldestRequestSeconds",
      args.oldestRequestSeconds ?? defaults.oldestRequestSeconds,
      integerWithin(60, 604_800, "seconds"),
    ),
  };
  checks.assert();
  return checked;
}
