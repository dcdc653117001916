import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Delivery } from "../contracts/delivery";
import { derivedPrefix } from "../contracts/derived";
import { NormalizeEnvironment } from "../contracts/normalizeEnvironment";
import { canonicalTransformation, transformationHash } from "../contracts/transformation";
import { deadLetterAlarm } from "./deadLetterAlarm";
import { functionAlarms } from "./functionAlarms";
import { functionArchive } from "./functionArchive";
import { functionUrlDelivery } from "./functionUrlDelivery";
import { materializedDelivery, queueTrigger } from "./materializedDelivery";
import { functionPolicy, LAMBDA_TRUST_POLICY } from "./normalizePolicies";
import {
  type CheckedNormalizingAccessPointArgs,
  checkNormalizingAccessPointArgs,
  type NormalizingAccessPointArgs,
} from "./normalizingAccessPointArgs";
import { objectLambdaDelivery } from "./objectLambdaDelivery";
import { privateBucket } from "./privateBucket";

/**
 * Images normalised while they are read: an S3 access point over a bucket of originals, a Graviton function that
 * transforms what is read, and one or more ways to read through it. Training reads small grey pictures; the originals
 * stay as they are, no derived copy must be kept consistent, and no accelerator resizes images.
 *
 * @example
 * const images = new NormalizingAccessPoint("images", { deliveries: ["function-url"] });
 * export const url = images.url;
 */
export class NormalizingAccessPoint extends pulumi.ComponentResource {
  /** Name of the bucket that holds the originals. */
  public readonly bucketName: pulumi.Output<string>;
  /** ARN of the S3 access point over the originals. */
  public readonly accessPointArn: pulumi.Output<string>;
  /** Alias of that access point: it stands wherever a bucket name does. */
  public readonly accessPointAlias: pulumi.Output<string>;
  /** ARN of the function. */
  public readonly functionArn: pulumi.Output<string>;
  /** Name of the function. */
  public readonly functionName: pulumi.Output<string>;
  /** Address that answers `GET <url><key>`, signed for `lambda`. Absent without the delivery `function-url`. */
  public readonly url?: pulumi.Output<string>;
  /** ARN of the Object Lambda access point. Absent without the delivery `object-lambda`. */
  public readonly objectLambdaArn?: pulumi.Output<string>;
  /** Alias of the Object Lambda access point. Absent without the delivery `object-lambda`. */
  public readonly objectLambdaAlias?: pulumi.Output<string>;
  /** Bucket of the derived objects. Absent without the delivery `materialized`, as are the next four. */
  public readonly derivedBucketName?: pulumi.Output<string>;
  /** Where in that bucket: the transformation's hash and a slash, before the original's own key. */
  public readonly derivedPrefix?: pulumi.Output<string>;
  /** Address of the queue of changes, for back-fills. */
  public readonly queueUrl?: pulumi.Output<string>;
  /** ARN of that queue; the owner of a given bucket adds it to the bucket's notifications. */
  public readonly queueArn?: pulumi.Output<string>;
  /** ARN of the queue of changes that could not be followed. */
  public readonly deadLetterQueueArn?: pulumi.Output<string>;
  /** Twelve digits that name the transformation, as in ETags and metadata. */
  public readonly transformationHash: pulumi.Output<string>;

  /**
   * @param name unique in the stack: lower-case letters, digits and hyphens, at most 23
   * @throws pulumi.InputPropertiesError with every problem of the arguments at once
   */
  constructor(name: string, args: NormalizingAccessPointArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("frugal-ml:index:NormalizingAccessPoint", name, args, opts);
    const checked = checkNormalizingAccessPointArgs(name, args);
    const { deliveries, tags, transformation } = checked;
    const hash = transformationHash(transformation);
    const readers = Object.entries(args.readers ?? {});
    const child = { parent: this };

    this.bucketName = pulumi.output(
      args.bucket ?? privateBucket(`${name}-bucket`, { forceDestroy: args.forceDestroy ?? false, tags }, this).id,
    );
    const accessPoint = new aws.s3.AccessPoint(
      `${name}-access-point`,
      {
        bucket: this.bucketName,
        bucketAccountId: args.bucketAccountId,
        publicAccessBlockConfiguration: {
          blockPublicAcls: true,
          blockPublicPolicy: true,
          ignorePublicAcls: true,
          restrictPublicBuckets: true,
        },
        tags,
      },
      child,
    );
    const logs = new aws.cloudwatch.LogGroup(
      `${name}-logs`,
      { retentionInDays: checked.logRetentionDays, tags },
      child,
    );
    const originalsArn = bucketArn(accessPoint.arn, this.bucketName);
    const materialized = deliveries.has(Delivery.Materialized)
      ? materializedDelivery(
          name,
          {
            bucket: this.bucketName,
            bucketArn: originalsArn,
            bucketAccountId: args.bucketAccountId ?? accessPoint.arn.apply((arn) => arn.split(":")[4] ?? ""),
            notify: checked.notifyBucket,
            functionTimeout: checked.timeout,
            forceDestroy: args.forceDestroy ?? false,
            retired: checked.retired,
            tags,
          },
          this,
        )
      : undefined;
    const role = new aws.iam.Role(`${name}-role`, { assumeRolePolicy: LAMBDA_TRUST_POLICY, tags }, child);
    const lambda = new aws.lambda.Function(
      `${name}-function`,
      {
        description: "Normalises images while they are read.",
        architectures: ["arm64"],
        runtime: checked.runtime,
        handler: "index.handler",
        code: functionArchive("normalize"),
        role: role.arn,
        memorySize: checked.memorySize,
        timeout: checked.timeout,
        reservedConcurrentExecutions: checked.reservedConcurrency,
        environment: { variables: environment(checked, accessPoint, materialized?.derived) },
        loggingConfig: { logFormat: "JSON", logGroup: logs.name },
        tracingConfig: { mode: "Active" },
        tags,
      },
      child,
    );

    if (deliveries.has(Delivery.FunctionUrl)) this.url = functionUrlDelivery(name, lambda, readers, this);
    if (deliveries.has(Delivery.ObjectLambda)) {
      const objectLambda = objectLambdaDelivery(name, { lambda, accessPoint, transformation, readers }, this);
      this.objectLambdaArn = objectLambda.arn;
      this.objectLambdaAlias = objectLambda.alias;
    }
    const rolePolicy = new aws.iam.RolePolicy(
      `${name}-role-policy`,
      {
        role: role.id,
        policy: functionPolicy({
          logGroupArn: logs.arn,
          accessPointArn: accessPoint.arn,
          bucketArn: originalsArn,
          objectLambdaArn: this.objectLambdaArn,
          listsOriginals: deliveries.has(Delivery.FunctionUrl) || materialized !== undefined,
          ...(materialized && {
            materialized: { derivedBucketArn: materialized.derived.arn, queueArn: materialized.queue.arn, hash },
          }),
        }),
      },
      child,
    );
    const alarms = { topics: args.alarmTopics ?? [], tags };
    if (args.alarms) functionAlarms(name, lambda, alarms, this);
    if (materialized) {
      const { queue, deadLetters, derived } = materialized;
      queueTrigger(name, { queue, lambda, concurrency: checked.deriveConcurrency, rolePolicy, tags }, this);
      if (args.alarms) deadLetterAlarm(name, deadLetters, alarms, this);
      this.derivedBucketName = derived.id;
      this.derivedPrefix = pulumi.output(derivedPrefix(hash));
      this.queueUrl = queue.url;
      this.queueArn = queue.arn;
      this.deadLetterQueueArn = deadLetters.arn;
    }

    this.accessPointArn = accessPoint.arn;
    this.accessPointAlias = accessPoint.alias;
    this.functionArn = lambda.arn;
    this.functionName = lambda.name;
    this.transformationHash = pulumi.output(hash);
    this.registerOutputs({
      bucketName: this.bucketName,
      accessPointArn: this.accessPointArn,
      accessPointAlias: this.accessPointAlias,
      functionArn: this.functionArn,
      functionName: this.functionName,
      url: this.url,
      objectLambdaArn: this.objectLambdaArn,
      objectLambdaAlias: this.objectLambdaAlias,
      derivedBucketName: this.derivedBucketName,
      derivedPrefix: this.derivedPrefix,
      queueUrl: this.queueUrl,
      queueArn: this.queueArn,
      deadLetterQueueArn: this.deadLetterQueueArn,
      transformationHash: this.transformationHash,
    });
  }
}

/** The function's configuration; where to read and write is told only to a function that does so by itself. */
function environment(
  { deliveries, transformation }: CheckedNormalizingAccessPointArgs,
  accessPoint: aws.s3.AccessPoint,
  derived: aws.s3.Bucket | undefined,
): Record<string, pulumi.Input<string>> {
  const readsOriginals = deliveries.has(Delivery.FunctionUrl) || derived !== undefined;
  return {
    [NormalizeEnvironment.Transformation]: canonicalTransformation(transformation),
    ...(readsOriginals && { [NormalizeEnvironment.Source]: accessPoint.alias }),
    ...(derived !== undefined && { [NormalizeEnvironment.Derived]: derived.id }),
  };
}

function bucketArn(accessPointArn: pulumi.Output<string>, bucket: pulumi.Output<string>): pulumi.Output<string> {
  return pulumi.interpolate`arn:${accessPointArn.apply((arn) => arn.split(":")[1] ?? "aws")}:s3:::${bucket}`;
}
