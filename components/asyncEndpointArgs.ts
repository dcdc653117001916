import type * as pulumi from "@pulumi/pulumi";
import type { InstancesArgs } from "./endpointArgs";
import type { ModelSourceArgs } from "./modelSourceArgs";

/** Arguments of an AsyncEndpoint. */
export interface AsyncEndpointArgs extends InstancesArgs, ModelSourceArgs {
  /** `s3://` address of the folder that callers put what they ask into, ending with `/`: the role reads nothing else. */
  inputUri: pulumi.Input<string>;
  /** `s3://` address of the folder that answers are written to, ending with `/`. */
  outputUri: pulumi.Input<string>;
  /** `s3://` address of the folder that failures are written to, ending with `/`. Defaults to none: only the topic and the log hear of them. */
  failureUri?: pulumi.Input<string>;
  /** ARN of the SNS topic that hears of each answer. Defaults to none. */
  successTopic?: pulumi.Input<string>;
  /** ARN of the SNS topic that hears of each failure. Defaults to none. */
  errorTopic?: pulumi.Input<string>;
  /** Whether notifications carry the answer too. Defaults to false. */
  includeResponse?: boolean;
  /** Fewest instances, 0 to 100: at 0 nothing is paid while nothing is asked, and the first answer waits for an instance. Defaults to 0. */
  minInstances?: number;
  /** Requests for each instance, waiting or being answered, that scaling aims at, 1 to 1000000. Defaults to 5. */
  targetBacklog?: number;
  /** Requests that each instance answers at the same time, 1 to 1000. Defaults to what SageMaker finds best. */
  maxConcurrentInvocations?: number;
  /** Seconds that the oldest request may wait before an alarm speaks; only with `alarms`. Defaults to 900. */
  oldestRequestSeconds?: pulumi.Input<number>;
}

/** Defaults of the arguments, as their descriptions say them. */
export const ASYNC_ENDPOINT_DEFAULTS = {
  minInstances: 0,
  targetBacklog: 5,
  includeResponse: false,
  oldestRequestSeconds: 900,
} as const;
