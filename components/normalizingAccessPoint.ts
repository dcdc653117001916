import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Delivery } from "../contracts/delivery";
import { derivedPrefix } from "../contracts/derived";
import { watchAccessPoint } from "./accessPointOperation";
import { functionUrlDelivery } from "./functionUrlDelivery";
import { keyPolicyStatements, keyStatements, keyUseOf } from "./keyPolicies";
import { materializedDelivery, queueTrigger } from "./materializedDelivery";
import { functionPolicy } from "./normalizePolicies";
import { checkNormalizingAccessPointArgs, type NormalizingAccessPointArgs } from "./normalizingAccessPointArgs";
import { objectLambdaDelivery } from "./objectLambdaDelivery";
import { bucketPolicyStatements, originalsBehindAccessPoint } from "./originals";
import { servingFunction } from "./servingFunction";

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
  /** Name of the function's role, for access points that share the function. */
  public readonly functionRole: pulumi.Output<string>;
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
  /** What the policy of the given KMS key must say, as a JSON list of statements. Absent without `kmsKeyArn`. */
  public readonly keyPolicyStatements?: pulumi.Output<string>;
  /** What another account's bucket policy must say, as a JSON list of statements. Absent without `bucketAccountId`. */
  public readonly bucketPolicyStatements?: pulumi.Output<string>;
  /** Twelve digits that name the transformation, as in ETags and metadata. */
  public readonly transformationHash: pulumi.Output<string>;

  /**
   * @param name unique in the stack: lower-case letters, digits and hyphens, at most 23
   * @throws pulumi.InputPropertiesError with every problem of the arguments at once
   */
  constructor(name: string, args: NormalizingAccessPointArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("frugal-ml:index:NormalizingAccessPoint", name, args, opts);
    const checked = checkNormalizingAccessPointArgs(name, args);
    const { deliveries, transformation } = checked;
    const { hash } = transformation;
    const readers = Object.entries(args.readers ?? {});

    const originals = originalsBehindAccessPoint(name, args, checked, this);
    const { accessPoint } = originals;
    const materialized = deliveries.has(Delivery.Materialized)
      ? materializedDelivery(name, args, checked, originals, this)
      : undefined;
    const serving = servingFunction(name, args, checked, accessPoint, materialized?.derived, this);
    const { own, functionArn, functionName } = serving;
    if (own && deliveries.has(Delivery.FunctionUrl)) this.url = functionUrlDelivery(name, own.lambda, readers, this);
    if (deliveries.has(Delivery.ObjectLambda)) {
      const objectLambda = objectLambdaDelivery(
        name,
        { functionArn, functionName, accessPoint, payload: transformation.canonical, readers },
        this,
      );
      this.objectLambdaArn = objectLambda.arn;
      this.objectLambdaAlias = objectLambda.alias;
    }
    const keyUse = keyUseOf(checked, originals, materialized, own);
    const rolePolicy = new aws.iam.RolePolicy(
      `${name}-role-policy`,
      {
        role: serving.role,
        policy: functionPolicy({
          logGroupArn: own?.logs.arn,
          accessPointArn: accessPoint.arn,
          bucketArn: originals.bucketArn,
          objectLambdaArn: this.objectLambdaArn,
          listsOriginals: deliveries.has(Delivery.FunctionUrl) || materialized !== undefined,
          ...(materialized && {
            materialized: { derivedBucketArn: materialized.derived.arn, queueArn: materialized.queue.arn, hash },
          }),
          further: keyUse && keyStatements(keyUse),
        }),
      },
      { parent: this },
    );
    if (own && materialized) {
      const { queue, deadLetters, derived } = materialized;
      const { deriveConcurrency, tags } = checked;
      queueTrigger(name, { queue, lambda: own.lambda, concurrency: deriveConcurrency, rolePolicy, tags }, this);
      this.derivedBucketName = derived.id;
      this.derivedPrefix = pulumi.output(derivedPrefix(hash));
      this.queueUrl = queue.url;
      this.queueArn = queue.arn;
      this.deadLetterQueueArn = deadLetters.arn;
    }
    if (keyUse) this.keyPolicyStatements = keyPolicyStatements(keyUse, serving.roleArn, args);
    if (own) watchAccessPoint(name, args, checked, { ...own, deadLetters: materialized?.deadLetters }, this);

    this.bucketName = originals.bucket;
    this.accessPointArn = accessPoint.arn;
    this.accessPointAlias = accessPoint.alias;
    this.functionArn = functionArn;
    this.functionName = functionName;
    this.functionRole = serving.role;
    if (args.bucketAccountId !== undefined) this.bucketPolicyStatements = bucketPolicyStatements(originals, args);
    this.transformationHash = pulumi.output(hash);
    this.registerOutputs({
      bucketName: this.bucketName,
      accessPointArn: this.accessPointArn,
      accessPointAlias: this.accessPointAlias,
      functionArn: this.functionArn,
      functionName: this.functionName,
      functionRole: this.functionRole,
      bucketPolicyStatements: this.bucketPolicyStatements,
      url: this.url,
      objectLambdaArn: this.objectLambdaArn,
      objectLambdaAlias: this.objectLambdaAlias,
      derivedBucketName: this.derivedBucketName,
      derivedPrefix: this.derivedPrefix,
      queueUrl: this.queueUrl,
      queueArn: this.queueArn,
      deadLetterQueueArn: this.deadLetterQueueArn,
      keyPolicyStatements: this.keyPolicyStatements,
      transformationHash: this.transformationHash,
    });
  }
}
