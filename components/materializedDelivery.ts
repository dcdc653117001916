import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type ChangeQueue, type ChangeQueueOptions, changeQueue } from "./changeQueue";
import { type DerivedBucketOptions, derivedBucket } from "./derivedBucket";

/** Messages that the function is given at once. */
const BATCH_SIZE = 10;

/** What a materialized delivery is made with. */
export interface MaterializedOptions extends DerivedBucketOptions, ChangeQueueOptions {}

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
  options: MaterializedOptions,
  parent: pulumi.Resource,
): MaterializedDelivery {
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
