import type * as pulumi from "@pulumi/pulumi";
import type { CostAllocationArgs } from "./costAllocation";
import type { SavingsPlanArgs } from "./savingsPlanArgs";

/** A network that the jobs of a fleet stand in. */
export interface FleetVpcArgs {
  /** Ids of private subnets, best in two zones; each needs a route to S3, ECR and CloudWatch Logs. */
  subnetIds: pulumi.Input<string>[];
  /** Ids of security groups of the jobs, of the same VPC: they must let HTTPS out, and instances reach each other. */
  securityGroupIds: pulumi.Input<string>[];
}

/** A derived set that must be complete before a run starts: outputs of a NormalizingAccessPoint. */
export interface FleetCompletenessArgs {
  /** Name of the bucket of the originals (`bucketName`). */
  source: pulumi.Input<string>;
  /** Name of the bucket of the derived objects (`derivedBucketName`). */
  derived: pulumi.Input<string>;
  /** Hash of the transformation (`transformationHash`). */
  hash: pulumi.Input<string>;
  /** Whether originals that cannot be normalised are accepted as missing; otherwise one of them holds runs up. Defaults to false. */
  allowQuarantined?: boolean;
}

/** Arguments of a TrainingFleet. */
export interface TrainingFleetArgs {
  /** Container image in ECR, pinned by digest: `<repository>@sha256:<64 digits>`, for example a ContainerImage's `imageUri`. */
  image: pulumi.Input<string>;
  /** Name of the bucket that holds the fleet. Defaults to a new one: private, encrypted, versioned, TLS only. */
  bucket?: pulumi.Input<string>;
  /** Folder of a given bucket that holds this fleet and nothing else, ending with `/`. Defaults to the bucket's root. */
  folder?: string;
  /** `s3://` address of the dataset that is split, ending with `/`. Defaults to the folder `data/` of the fleet. */
  dataUri?: pulumi.Input<string>;
  /**
   * Further channels of the training job by name: `s3://` addresses ending with `/`, of a bucket, an access point's alias or
   * an Object Lambda alias. Defaults to none.
   */
  channels?: Record<string, pulumi.Input<string>>;
  /** Whether the channels are divided among the instances, object by object, instead of given whole to each. Defaults to false. */
  shardChannels?: boolean;
  /**
   * Whether the dataset is split into one file for each customer, and what was trained is published with pointers and a
   * manifest. Without it the job trains on `channels` alone and leaves one model a run. Defaults to true.
   */
  split?: boolean;
  /** Instance type that trains; SageMaker has no Graviton for it. Defaults to `ml.c5.xlarge`. */
  instanceType?: string;
  /** Number of instances that train, 1 to 100. Defaults to 2. */
  instanceCount?: number;
  /** Instance type that splits and publishes. Defaults to `ml.m5.large`. */
  processingInstanceType?: string;
  /** Volume of each instance in GB, 1 to 16384. Defaults to 30. */
  volumeSizeGb?: number;
  /** Whether training runs on managed spot capacity. Defaults to true. */
  spot?: boolean;
  /** Longest time that each job may run, in seconds, 60 to 432000. Defaults to 3600. */
  maxRuntimeSeconds?: number;
  /** Longest time that spot training may take with its waiting, in seconds, at least `maxRuntimeSeconds`. Defaults to twice that. */
  maxWaitSeconds?: number;
  /**
   * ARN of the KMS key that encrypts the created bucket, the jobs' outputs and their volumes. Its policy must let the
   * fleet's role use it. Defaults to keys of the services' own.
   */
  kmsKeyArn?: pulumi.Input<string>;
  /** Network of the jobs. Defaults to none: SageMaker's own. */
  vpc?: FleetVpcArgs;
  /** Whether the containers that split and train are cut off from every network; the one that publishes needs S3. Defaults to false. */
  networkIsolation?: boolean;
  /** When runs start, in EventBridge Scheduler's words: `cron(…)` or `rate(…)`. Defaults to none: only by the start function. */
  schedule?: pulumi.Input<string>;
  /** Time zone of the schedule, for example `Europe/Berlin`. Defaults to `UTC`. */
  scheduleTimezone?: pulumi.Input<string>;
  /** Customers that are expected: the preview warns when there are more instances than that, which are idle and billed. Defaults to unknown. */
  expectedCustomers?: number;
  /** A derived set that must be complete before a run starts. Defaults to none. */
  completeness?: FleetCompletenessArgs;
  /** Complete versions that stay besides what pointers and pins name, 1 to 1000. Defaults to 5. */
  retainVersions?: number;
  /** Days that a run's working files stay in the created bucket, 1 to 365. Defaults to 7. */
  runRetentionDays?: number;
  /** Days that logs of the start function are kept; a retention that CloudWatch Logs takes. Defaults to 30. */
  logRetentionDays?: pulumi.Input<number>;
  /** Whether alarms watch failed runs, skipped runs and a start function that fails. Defaults to false. */
  alarms?: boolean;
  /** ARNs of the SNS topics that alarms notify; only with `alarms`. Defaults to none. */
  alarmTopics?: pulumi.Input<string>[];
  /** Options of the model as a JSON object, at most 256 characters. Defaults to `{}`. */
  modelOptions?: string;
  /** Path in the image of a module that takes the place of the forecast, at most 256 characters. Defaults to the forecast. */
  modelModule?: string;
  /** Hyperparameters of the training job, at most 100. Defaults to none. */
  hyperparameters?: Record<string, string>;
  /** Delete a created bucket even when it holds objects. Defaults to false. */
  forceDestroy?: pulumi.Input<boolean>;
  /** A Savings Plan that is meant to cover the jobs; it tags. Defaults to none. */
  savingsPlan?: SavingsPlanArgs;
  /** Environment and cost centre for the cost allocation tags. Defaults to neither. */
  costAllocation?: CostAllocationArgs;
  /** Further tags of every resource and every job. Defaults to none. */
  tags?: Record<string, string>;
}

/** Defaults of the arguments, as their descriptions say them. */
export const TRAINING_FLEET_DEFAULTS = {
  shardChannels: false,
  split: true,
  instanceType: "ml.c5.xlarge",
  instanceCount: 2,
  processingInstanceType: "ml.m5.large",
  volumeSizeGb: 30,
  spot: true,
  maxRuntimeSeconds: 3600,
  networkIsolation: false,
  scheduleTimezone: "UTC",
  retainVersions: 5,
  runRetentionDays: 7,
  logRetentionDays: 30,
  modelOptions: "{}",
} as const;
