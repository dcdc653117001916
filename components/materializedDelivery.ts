import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type ChangeQueue, changeQueue } from "./changeQueue";
import { derivedBucket } from "./derivedBucket";
import type { CheckedNormalizingAccessPointArgs, NormalizingAccessPointArgs } from "./normalizingAccessPointArgs";
import type { Originals } from "./originals";

/** Messages that the function is given at once. */
const BATCH_SIZE = 10;

/** The parts of a materialized delivery. */
export interface MaterializedDelivery extends ChangeQueue {
  /** Bucket of the derived objects. */
  readonly derived: aws.s3.Bucket;
}

/**
 * Delivery `materialized`: a bucket that follows the originals. What is read is an ordinary object, so everything that
 * reads S3 can, a SageMaker channel too.
 */
export function materializedDelivery(
  name: string,
  args: NormalizingAccessPointArgs,
  checked: CheckedNormalizingAccessPointArgs,
  originals: Originals,
  parent: pulumi.Resource,
): MaterializedDelivery {
  const options = {
    ...originals,
    notify: checked.notifyBucket,
    functionTimeout: checked.timeout,
    forceDestroy: args.forceDestroy ?? false,
    retired: checked.retired,
    kmsKeyArn: checked.kmsKeyArn,
    tags: checked.tags,
  };
  return { derived: derivedBucket(`${name}-derived`, options, parent), ...changeQueue(name, options, parent) };
}

/** What feeds the function. */
export interface QueueTriggerOptions {
  readonly queue: aws.sqs.Queue;
  readonly lambda: aws.lambda.Function;
  /** Most executions at once that the queue may cause. */
  readonly concurrency: pulumi.Input<number>;
  /** What allows the function to receive; Lambda refuses to begin without. */
  readonly rolePolicy: aws.iam.RolePolicy;
  readonly tags: Record<string, string>;
}

/** Feeds the function from the queue; it answers which messages are not done. */
export function queueTrigger(name: string, options: QueueTriggerOptions, parent: pulumi.Resource): void {
  const { queue, lambda, concurrency, rolePolicy, tags } = options;
  new aws.lambda.EventSourceMapping(
    `${name}-queue-trigger`,
    {
      eventSourceArn: queue.arn,
      functionName: lambda.name,
      batchSize: BATCH_SIZE,
      functionResponseTypes: ["ReportBatchItemFailures"],
      scalingConfig: { maximumConcurrency: concurrency },
      tags,
    },
    { parent, dependsOn: [rolePolicy] },
  );
}
