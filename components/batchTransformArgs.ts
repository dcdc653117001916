import type * as pulumi from "@pulumi/pulumi";
import type { CostAllocationArgs } from "./costAllocation";
import type { EndpointVpcArgs } from "./endpointArgs";
import type { ModelSourceArgs } from "./modelSourceArgs";
import type { SavingsPlanArgs } from "./savingsPlanArgs";

/** How an object is cut into records. */
export const SplitType = { None: "None", Line: "Line", RecordIO: "RecordIO", TFRecord: "TFRecord" } as const;
export type SplitType = (typeof SplitType)[keyof typeof SplitType];

/** How many records one request has: one, or as many as its payload holds. */
export const BatchStrategy = { SingleRecord: "SingleRecord", MultiRecord: "MultiRecord" } as const;
export type BatchStrategy = (typeof BatchStrategy)[keyof typeof BatchStrategy];

/** How the answers of one object are put together. */
export const AssembleWith = { None: "None", Line: "Line" } as const;
export type AssembleWith = (typeof AssembleWith)[keyof typeof AssembleWith];

/** Arguments of a BatchTransform. */
export interface BatchTransformArgs extends ModelSourceArgs {
  /** `s3://` address of the folder whose objects are transformed, ending with `/`. */
  inputUri: pulumi.Input<string>;
  /** `s3://` address of the folder that answers are written to, ending with `/`: each run has a folder of its own in it, named after its execution. */
  outputUri: pulumi.Input<string>;
  /** Media type of what the container is asked, for example `text/csv`. Defaults to none: the container is not told. */
  contentType?: string;
  /** Media type of what the container is to answer. Defaults to what it answers by itself. */
  accept?: string;
  /** How objects are cut into records: `Line`, `RecordIO`, `TFRecord`, or `None`, where each object is one request. Defaults to `None`. */
  splitType?: string;
  /** How the answers of an object are put together: `None` or `Line`. Defaults to `Line` where objects are split by line, and to `None` otherwise. */
  assembleWith?: string;
  /** Records in a request: `SingleRecord`, or `MultiRecord`, which are as many as the payload holds; only with `splitType`. Defaults to `MultiRecord` with a split. */
  batchStrategy?: string;
  /** Whether objects are compressed with gzip. Defaults to false. */
  gzip?: boolean;
  /** JSONPath of what of each record the container is asked, for example `$[1:]`. Defaults to all of it. */
  inputFilter?: string;
  /** JSONPath of what of each answer is kept, for example `$[0,-1]`. Defaults to all of it. */
  outputFilter?: string;
  /** Whether each answer is joined to what was asked; needs records that are split, or whole JSON objects. Defaults to false. */
  joinInput?: boolean;
  /** Requests that each instance answers at the same time, 1 to 100; times `maxPayloadMb` at most 100. Defaults to 1. */
  maxConcurrentTransforms?: number;
  /** Largest request in MB, 0 to 100; 0 streams it in chunks, which few containers take. Defaults to 6. */
  maxPayloadMb?: number;
  /** Seconds in which the container must answer a request, 1 to 3600. Defaults to 600. */
  invocationTimeoutSeconds?: number;
  /** Times that a request is repeated when it fails, 0 to 3. Defaults to 3. */
  invocationRetries?: number;
  /** Instance type; not an accelerated one, and not Graviton, which SageMaker has for hosting only. Defaults to `ml.m5.large`. */
  instanceType?: string;
  /** Instances, 1 to 100: each transforms whole objects, so more than there are objects are idle, and billed. Defaults to 1. */
  instanceCount?: number;
  /** When runs start, in EventBridge Scheduler's words: `cron(…)` or `rate(…)`. Defaults to none: only by StartPipelineExecution. */
  schedule?: pulumi.Input<string>;
  /** Time zone of the schedule, for example `Europe/Berlin`. Defaults to `UTC`. */
  scheduleTimezone?: pulumi.Input<string>;
  /** ARN of the KMS key that encrypts volumes and answers, and that models and objects are read with. Defaults to keys of the services' own. */
  kmsKeyArn?: pulumi.Input<string>;
  /** Network of the containers. Defaults to none: SageMaker's own. */
  vpc?: EndpointVpcArgs;
  /** Whether the containers are cut off from every network; SageMaker moves objects for them. Defaults to true. */
  networkIsolation?: boolean;
  /** Whether alarms watch runs that fail, and runs that the schedule could not start. Defaults to false. */
  alarms?: boolean;
  /** ARNs of the SNS topics that alarms notify; only with `alarms`. Defaults to none. */
  alarmTopics?: pulumi.Input<string>[];
  /** A Savings Plan that is meant to cover the jobs; it tags. Defaults to none. */
  savingsPlan?: SavingsPlanArgs;
  /** Environment and cost centre for the cost allocation tags. Defaults to neither. */
  costAllocation?: CostAllocationArgs;
  /** Further tags of every resource and every job. Defaults to none. */
  tags?: Record<string, string>;
}

/** Defaults of the arguments, as their descriptions say them. */
export const BATCH_TRANSFORM_DEFAULTS = {
  splitType: SplitType.None,
  gzip: false,
  joinInput: false,
  maxConcurrentTransforms: 1,
  maxPayloadMb: 6,
  invocationTimeoutSeconds: 600,
  invocationRetries: 3,
  instanceType: "ml.m5.large",
  instanceCount: 1,
  scheduleTimezone: "UTC",
  networkIsolation: true,
} as const;
