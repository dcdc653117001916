import type * as pulumi from "@pulumi/pulumi";
import { Delivery } from "../contracts/delivery";
import { TRANSFORMATION_HASH } from "../contracts/derived";
import { SERVICE_LIMITS } from "../contracts/serviceLimits";
import { Workload } from "../contracts/tags";
import { CheckedInputs, integerWithin, oneOf } from "./checkedInputs";
import { type CheckedTransformation, checkTransformation } from "./checkedTransformation";
import { type CostAllocationArgs, componentTags } from "./costAllocation";
import { checkVpc, type VpcArgs } from "./functionNetwork";
import { KMS_KEY_ARN } from "./inputRules";
import { checkOriginals } from "./originalsArgs";
import { checkShared } from "./sharedFunctionArgs";

/** What is done to an image while it is read. */
export interface TransformationArgs {
  /** Width of the result in pixels, 1 to 4096. Defaults to 256. */
  width?: number;
  /** Height of the result in pixels, 1 to 4096. Defaults to 256. */
  height?: number;
  /** How the picture meets the size: `fill`, `cover`, `contain` or `inside`, see `Fit`. Defaults to `fill`. */
  fit?: string;
  /** `grey` (one channel, BT.601) or `rgb`: see `Channels`. Defaults to `grey`. */
  channels?: string;
  /** Format of the result: `jpeg`, `png`, `raw` or `npy`, see `Format`. Defaults to `jpeg`. */
  format?: string;
  /** JPEG quality, 1 to 100. Defaults to 95. */
  quality?: number;
  /** `exif` turns the picture upright, `stored` leaves it: see `Orientation`. Defaults to `exif`. */
  orientation?: string;
  /** `ignore` an embedded colour profile, as OpenCV does, or `convert` it to sRGB: see `Icc`. Defaults to `ignore`. */
  icc?: string;
  /** Colour of padding and placeholders, `#rrggbb`. Defaults to `#000000`. */
  background?: string;
  /** What a bad image is answered with: `fail` (a coded error) or `placeholder`, see `OnBadImage`. Defaults to `fail`. */
  onBadImage?: string;
}

/** From where on alarms sound. */
export interface AlarmThresholdArgs {
  /** Share of requests in percent, over five minutes, that may fail through no fault of the reader, 0 to 100. Defaults to 1. */
  errorPercent?: pulumi.Input<number>;
  /** Share of the timeout in percent that the slowest hundredth of the executions may take, 1 to 100. Defaults to 80. */
  durationPercent?: pulumi.Input<number>;
}

/** Arguments of a NormalizingAccessPoint. */
export interface NormalizingAccessPointArgs {
  /** Name of the bucket that holds the originals. Defaults to a new one: private, encrypted, versioned, TLS only. */
  bucket?: pulumi.Input<string>;
  /** Account that owns the given bucket, when it is another one; its bucket policy must then delegate to access points of this account. */
  bucketAccountId?: pulumi.Input<string>;
  /**
   * ARN of the KMS key that encrypts what is created (buckets, queues, and the function's log unless `bucketAccountId` is
   * given) and, for a given bucket, its originals. Its policy must have `keyPolicyStatements`; CloudWatch Logs and SQS ask
   * for theirs before anything is created. Defaults to keys of S3's, SQS's and CloudWatch's own.
   */
  kmsKeyArn?: pulumi.Input<string>;
  /** How the images are read, any of `Delivery`: `function-url`, `object-lambda`, `materialized`. Defaults to `function-url` alone. */
  deliveries?: string[];
  /** What is done to an image. Defaults to 256×256, area averaged, grey, JPEG 95. */
  transformation?: TransformationArgs;
  /**
   * Path of an archive that `frugal-ml bundle` wrote: its module takes the place of the image transformation, and
   * `transformation` is then not given. Defaults to images.
   */
  code?: string;
  /** Options of that module as JSON, at most 2048 characters. Defaults to `{}`. */
  moduleOptions?: string;
  /**
   * Role ARNs that may read, by a name that stays the same, for example of the pipeline.
   * Defaults to none: then principals of this account read by their own IAM policies.
   */
  readers?: Record<string, pulumi.Input<string>>;
  /**
   * ARN of another access point's function (its `functionArn`), which then answers for this one too: only with the
   * delivery `object-lambda`, whose events carry the transformation, and with `sharedRole`. Defaults to an own function.
   */
  sharedFunction?: pulumi.Input<string>;
  /** Name of that function's role (its `functionRole`), which is allowed to answer here. Defaults to an own role. */
  sharedRole?: pulumi.Input<string>;
  /**
   * Network in which the function stands, and which alone may use the access point; only with `materialized` alone, since
   * function URLs and Object Lambda answer on the public internet. Defaults to none.
   */
  vpc?: VpcArgs;
  /** Memory of the function in MB, 256 to 10240, with `code` from 128. Processor share grows with it. Defaults to 512. */
  memorySize?: pulumi.Input<number>;
  /** Longest a read may take, in seconds, 2 to 60: Object Lambda waits no longer. Defaults to 30. */
  timeout?: pulumi.Input<number>;
  /** Runtime of the function: `nodejs24.x` or `nodejs22.x`. Defaults to `nodejs24.x`. */
  runtime?: pulumi.Input<string>;
  /** Executions reserved for the function, 0 to 10000; 0 stops it. Defaults to none reserved, since new accounts have 10 in all. */
  reservedConcurrency?: pulumi.Input<number>;
  /** Days that logs are kept; a retention that CloudWatch Logs takes. Defaults to 30. */
  logRetentionDays?: pulumi.Input<number>;
  /**
   * Hashes of earlier transformations whose derived objects expire after a day; only with `materialized`.
   * Defaults to none: what was derived stays until it is named here.
   */
  retired?: string[];
  /** Most executions at once that derive objects, 2 to 1000; only for `materialized`. Defaults to 10. */
  deriveConcurrency?: pulumi.Input<number>;
  /**
   * Whether the given bucket notifies the queue of `materialized`: this replaces all notifications that the bucket has.
   * Otherwise its owner adds `queueArn` to them. Defaults to true for a new bucket, and to false for a given one.
   */
  notifyBucket?: boolean;
  /** Whether alarms watch the share of failures, the slowest reads, throttles and the dead letters. Defaults to false. */
  alarms?: boolean;
  /** ARNs of the SNS topics that alarms notify; only with `alarms`. Defaults to none. */
  alarmTopics?: pulumi.Input<string>[];
  /** From where on alarms sound; only with `alarms`. Defaults to its properties' defaults. */
  alarmThresholds?: AlarmThresholdArgs;
  /** Whether a CloudWatch dashboard shows requests, errors, times, bytes and what is billed. Defaults to false. */
  dashboard?: boolean;
  /** Days that overwritten and deleted originals of a created bucket can be brought back, 1 to 3650. Defaults to 90. */
  noncurrentDays?: pulumi.Input<number>;
  /** Delete a created bucket even when it holds objects. Defaults to false. */
  forceDestroy?: pulumi.Input<boolean>;
  /** Environment and cost centre for the cost allocation tags. Defaults to neither. */
  costAllocation?: CostAllocationArgs;
  /** Further tags of every resource. Defaults to none. */
  tags?: Record<string, string>;
}

/** Least memory in MB for images: with 200 MB and less the function would refuse every picture as too large. */
export const MIN_IMAGE_MEMORY_MB = 256;

/** Defaults of the arguments, as their descriptions say them. */
export const NORMALIZING_ACCESS_POINT_DEFAULTS = {
  deliveries: [Delivery.FunctionUrl],
  memorySize: 512,
  timeout: 30,
  runtime: "nodejs24.x",
  logRetentionDays: 30,
  deriveConcurrency: 10,
  noncurrentDays: 90,
} as const;

/** Defaults of the thresholds, as their descriptions say them. */
export const ALARM_THRESHOLD_DEFAULTS = { errorPercent: 1, durationPercent: 80 } as const;

/** Most hashes in `retired`: two lifecycle rules each, of the thousand that a bucket may have. */
const MAX_RETIRED = 400;

/**
 * Longest name of the component: the Object Lambda access point's name is the tightest, and Pulumi appends a hyphen
 * and seven digits to `<name>-object-lambda`.
 */
export const MAX_NAME_LENGTH = SERVICE_LIMITS.objectLambda.nameLength.max - "-object-lambda".length - 8;

/** The arguments, checked and with defaults. */
export interface CheckedNormalizingAccessPointArgs {
  readonly deliveries: ReadonlySet<string>;
  readonly transformation: CheckedTransformation;
  readonly memorySize: pulumi.Input<number>;
  readonly timeout: pulumi.Input<number>;
  readonly runtime: pulumi.Input<string>;
  readonly logRetentionDays: pulumi.Input<number>;
  readonly retired: readonly string[];
  readonly deriveConcurrency: pulumi.Input<number>;
  readonly noncurrentDays: pulumi.Input<number>;
  /** Whether the bucket's notifications are the component's to set. */
  readonly notifyBucket: boolean;
  readonly reservedConcurrency: pulumi.Input<number> | undefined;
  readonly kmsKeyArn: pulumi.Input<string> | undefined;
  /** ARN of the key that encrypts the function's log: the same, unless it is another account's, as the bucket is. */
  readonly logKeyArn: pulumi.Input<string> | undefined;
  readonly vpc: VpcArgs | undefined;
  readonly errorPercent: pulumi.Input<number>;
  readonly durationPercent: pulumi.Input<number>;
  readonly tags: Record<string, string>;
}

/**
 * Checks the arguments and fills in the defaults.
 * @throws pulumi.InputPropertiesError with every problem at once
 */
export function checkNormalizingAccessPointArgs(
  name: string,
  args: NormalizingAccessPointArgs,
): CheckedNormalizingAccessPointArgs {
  const defaults = NORMALIZING_ACCESS_POINT_DEFAULTS;
  const { lambda, logs, objectLambda } = SERVICE_LIMITS;
  const checks = new CheckedInputs(`NormalizingAccessPoint ${name}`);
  checks.plain("name", name, {
    allowed: `1 to ${MAX_NAME_LENGTH} lower-case letters, digits and hyphens, beginning with a letter: access points are named after it`,
    test: (value) => /^[a-z][a-z0-9-]*$/.test(value) && value.length <= MAX_NAME_LENGTH,
  });
  const deliveries = args.deliveries ?? [...defaults.deliveries];
  checks.plain("deliveries", deliveries, {
    allowed: `a set of one or more of ${Object.values(Delivery).join(", ")}`,
    test: (values) =>
      values.length > 0 &&
      new Set(values).size === values.length &&
      values.every((value) => Object.values<string>(Delivery).includes(value)),
  });
  checkOriginals(args, checks);
  for (const property of ["alarmTopics", "alarmThresholds"] as const) {
    if (args[property] !== undefined && args.alarms !== true) {
      checks.add([{ property, given: "without alarms", allowed: "only together with alarms: true" }]);
    }
  }
  checkShared(args, deliveries, checks);
  if (args.vpc !== undefined) checkVpc(args.vpc, deliveries, checks);
  const kmsKeyArn = checks.optional("kmsKeyArn", args.kmsKeyArn, KMS_KEY_ARN);
  const checked = {
    deliveries: new Set(deliveries),
    transformation: checkTransformation(args, checks),
    memorySize: checks.input(
      "memorySize",
      args.memorySize ?? defaults.memorySize,
      integerWithin(args.code === undefined ? MIN_IMAGE_MEMORY_MB : lambda.memoryMb.min, lambda.memoryMb.max, "MB"),
    ),
    timeout: checks.input(
      "timeout",
      args.timeout ?? defaults.timeout,
      integerWithin(2, objectLambda.answerSeconds, "seconds"),
    ),
    runtime: checks.input("runtime", args.runtime ?? defaults.runtime, oneOf(["nodejs24.x", "nodejs22.x"])),
    logRetentionDays: checks.input(
      "logRetentionDays",
      args.logRetentionDays ?? defaults.logRetentionDays,
      oneOf(logs.retentionDays),
    ),
    retired: args.retired ?? [],
    deriveConcurrency: checks.input(
      "deriveConcurrency",
      args.deriveConcurrency ?? defaults.deriveConcurrency,
      // docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
      integerWithin(2, 1000, "executions"),
    ),
    noncurrentDays: checks.input(
      "noncurrentDays",
      args.noncurrentDays ?? defaults.noncurrentDays,
      integerWithin(1, 3650, "days"),
    ),
    notifyBucket: args.notifyBucket ?? args.bucket === undefined,
    reservedConcurrency:
      args.reservedConcurrency &&
      checks.input("reservedConcurrency", args.reservedConcurrency, integerWithin(0, 10_000, "executions")),
    vpc: args.vpc,
    kmsKeyArn,
    logKeyArn: args.bucketAccountId === undefined ? kmsKeyArn : undefined,
    errorPercent: checks.input(
      "alarmThresholds.errorPercent",
      args.alarmThresholds?.errorPercent ?? ALARM_THRESHOLD_DEFAULTS.errorPercent,
      { allowed: "a number from 0 to 100 (percent)", test: (value) => value >= 0 && value <= 100 },
    ),
    durationPercent: checks.input(
      "alarmThresholds.durationPercent",
      args.alarmThresholds?.durationPercent ?? ALARM_THRESHOLD_DEFAULTS.durationPercent,
      { allowed: "a number from 1 to 100 (percent)", test: (value) => value >= 1 && value <= 100 },
    ),
    tags: componentTags(name, Workload.Preprocessing, args.costAllocation, args.tags, checks),
  };
  checkRetired(checked, checks);
  checks.assert();
  return checked;
}

function checkRetired(checked: CheckedNormalizingAccessPointArgs, checks: CheckedInputs): void {
  const { retired, deliveries, transformation } = checked;
  if (retired.length === 0) return;
  const current = transformation.hash;
  checks.plain("retired", retired, {
    allowed: `at most ${MAX_RETIRED} different hashes of 12 hexadecimal digits, with the delivery ${Delivery.Materialized}, and never the current one, ${current}`,
    test: (hashes) =>
      deliveries.has(Delivery.Materialized) &&
      hashes.length <= MAX_RETIRED &&
      new Set(hashes).size === hashes.length &&
      hashes.every((hash) => TRANSFORMATION_HASH.test(hash) && hash !== current),
  });
}
