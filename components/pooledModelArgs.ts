import type * as pulumi from "@pulumi/pulumi";
import type { CostAllocationArgs } from "./costAllocation";

/** Arguments of a PooledModel. */
export interface PooledModelArgs {
  /** Path of the model's archive on this machine, ending with `.tar.gz`, from the program's working directory. */
  archive: string;
  /** Container image in ECR for x86, pinned by digest: what answers at once, and overnight. */
  image: pulumi.Input<string>;
  /** Container image in ECR for the processor of `instanceType`, pinned by digest: what answers later. Defaults to `image`, whose processor must then be that one. */
  laterImage?: pulumi.Input<string>;
  /** Memory of the serverless endpoint in MB, from 1024 to 6144 in steps of 1024. Defaults to 1024. */
  memoryMb?: number;
  /** Invocations that the serverless endpoint answers at the same time, 1 to 200. Defaults to 5. */
  maxConcurrency?: number;
  /** Instance type that answers later; not an accelerated one. Defaults to `ml.c7g.large`, which is Graviton. */
  instanceType?: string;
  /** Most instances that answer later, 1 to 100; the least is none. Defaults to 1. */
  maxInstances?: number;
  /** What is asked overnight, each a JSON text in the model's own words. Defaults to `{"period":28}`, the coming 28 steps. */
  nightlyRequests?: string[];
  /** When the answers to them are written, in EventBridge Scheduler's words: `cron(…)` or `rate(…)`. Defaults to none: only by StartPipelineExecution. */
  schedule?: pulumi.Input<string>;
  /** Time zone of the schedule, for example `Europe/Berlin`. Defaults to `UTC`. */
  scheduleTimezone?: pulumi.Input<string>;
  /** Days that requests and answers are kept, 1 to 3650. Defaults to 30. */
  answerRetentionDays?: number;
  /** Whether alarms watch both endpoints and the runs. Defaults to false. */
  alarms?: boolean;
  /** ARNs of the SNS topics that alarms notify; only with `alarms`. Defaults to none. */
  alarmTopics?: pulumi.Input<string>[];
  /** ARN of the KMS key that encrypts the bucket, volumes and answers. Defaults to keys of the services' own. */
  kmsKeyArn?: pulumi.Input<string>;
  /** Days that the containers' logs are kept; a retention that CloudWatch Logs takes. Defaults to 30. */
  logRetentionDays?: pulumi.Input<number>;
  /** Whether the bucket's objects go with it when it is destroyed. Defaults to false. */
  forceDestroy?: boolean;
  /** Environment and cost centre for the cost allocation tags. Defaults to neither. */
  costAllocation?: CostAllocationArgs;
  /** Further tags of every resource. Defaults to none. */
  tags?: Record<string, string>;
}

/** Defaults of the arguments, as their descriptions say them. */
export const POOLED_MODEL_DEFAULTS = {
  memoryMb: 1024,
  maxConcurrency: 5,
  maxInstances: 1,
  nightlyRequests: ['{"period":28}'],
  answerRetentionDays: 30,
  forceDestroy: false,
} as const;
