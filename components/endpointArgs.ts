import type * as pulumi from "@pulumi/pulumi";
import type { CostAllocationArgs } from "./costAllocation";
import type { SavingsPlanArgs } from "./savingsPlanArgs";

/** A network that an endpoint's containers stand in. */
export interface EndpointVpcArgs {
  /** Ids of private subnets, best in two zones; each needs a route to S3, ECR and CloudWatch Logs. */
  subnetIds: pulumi.Input<string>[];
  /** Ids of security groups of the containers, of the same VPC: they must let HTTPS out. */
  securityGroupIds: pulumi.Input<string>[];
}

/** From where on an endpoint's alarms speak. */
export interface EndpointAlarmArgs {
  /** Share of invocations in percent that may fail with a status of 500 or above. Defaults to 1. */
  errorPercent?: pulumi.Input<number>;
  /** Milliseconds that the slowest hundredth of the answers may take in the container. Defaults to 1000. */
  latencyMs?: pulumi.Input<number>;
  /** Memory of the instances in percent that may be in use. Defaults to 90. */
  memoryPercent?: pulumi.Input<number>;
}

/** Arguments that every endpoint has, whatever answers behind it. */
export interface ServedArgs {
  /** Seconds that alarms watch each step of an update, 0 to 3600. Defaults to 300. */
  bakeSeconds?: number;
  /**
   * Whether alarms watch the endpoint, and undo an update that sets off those for errors or latency; changed later, it
   * replaces the endpoint, which is down meanwhile. Defaults to false.
   */
  alarms?: boolean;
  /** ARNs of the SNS topics that alarms notify; only with `alarms`. Defaults to none. */
  alarmTopics?: pulumi.Input<string>[];
  /** From where on alarms speak; only with `alarms`. Defaults to what each of them says. */
  alarmThresholds?: EndpointAlarmArgs;
  /** ARN of the KMS key that encrypts volumes and what is captured, and that models are read with. Defaults to keys of the services' own. */
  kmsKeyArn?: pulumi.Input<string>;
  /** Days that the containers' logs are kept; a retention that CloudWatch Logs takes. Defaults to 30. */
  logRetentionDays?: pulumi.Input<number>;
  /** Environment and cost centre for the cost allocation tags. Defaults to neither. */
  costAllocation?: CostAllocationArgs;
  /** Further tags of every resource. Defaults to none. */
  tags?: Record<string, string>;
}

/** Arguments that every endpoint on instances has, whether it answers at once or later. */
export interface InstancesArgs extends ServedArgs {
  /** Instance type that hosts; not an accelerated one. Defaults to `ml.c7g.large`, which is Graviton. */
  instanceType?: string;
  /** Most instances, at least `minInstances` and at most 100; more than those are added and removed with the traffic. Defaults to 4. */
  maxInstances?: number;
  /** Seconds from one removal of instances to the next, 0 to 86400. Defaults to 300. */
  scaleInCooldownSeconds?: number;
  /** Seconds from one addition of instances to the next, 0 to 86400. Defaults to 60. */
  scaleOutCooldownSeconds?: number;
  /** Volume of each instance in GB, 1 to 512; without effect on types that bring storage of their own. Defaults to 30. */
  volumeSizeGb?: number;
  /**
   * Share of the new instances in percent that gets traffic first when the endpoint is updated, 1 to 50, rounded down to
   * one instance at least; it needs two instances, and with one alone all traffic moves at once. Defaults to 25.
   */
  canaryPercent?: number;
  /** Network of the containers. Defaults to none: SageMaker's own. */
  vpc?: EndpointVpcArgs;
  /** Whether the containers are cut off from every network; SageMaker fetches models for them. Defaults to true. */
  networkIsolation?: boolean;
}

/** Arguments that every endpoint has whose instances answer at once. */
export interface EndpointArgs extends InstancesArgs {
  /** Fewest instances, 1 to 100: what is paid in every hour. Defaults to 1. */
  minInstances?: number;
  /** Invocations a minute for each instance that scaling aims at, 1 to 1000000. Defaults to 6000. */
  targetInvocations?: number;
  /** Share of requests and answers in percent that are kept in S3, 1 to 100; only with `captureUri`. Defaults to 100. */
  capturePercent?: number;
  /** `s3://` address where requests and answers are kept, ending with `/`. Defaults to none: nothing is kept. */
  captureUri?: pulumi.Input<string>;
  /** A Savings Plan that is meant to cover the endpoint; it tags, and sizes the output `steadyUsage`. Defaults to none. */
  savingsPlan?: SavingsPlanArgs;
}

/** Defaults of the arguments, as their descriptions say them. */
export const ENDPOINT_DEFAULTS = {
  instanceType: "ml.c7g.large",
  minInstances: 1,
  maxInstances: 4,
  targetInvocations: 6000,
  scaleInCooldownSeconds: 300,
  scaleOutCooldownSeconds: 60,
  volumeSizeGb: 30,
  canaryPercent: 25,
  bakeSeconds: 300,
  capturePercent: 100,
  networkIsolation: true,
  logRetentionDays: 30,
} as const;

/** Defaults of the alarms' thresholds. */
export const ENDPOINT_ALARM_DEFAULTS = { errorPercent: 1, latencyMs: 1000, memoryPercent: 90 } as const;
