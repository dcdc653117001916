import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** Receives after which a message goes to the dead letters. */
const MAX_RECEIVES = 5;

/** Two weeks, the longest that SQS keeps a message, in seconds: time to find out why it could not be worked on. */
const DEAD_LETTER_SECONDS = 14 * 24 * 3600;

/** Visibility timeout in function timeouts, as Lambda advises (docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html). */
const TIMEOUTS_HIDDEN = 6;

/** Events of S3 after which a derived object may be wrong. Lifecycle rules delete too, and are told apart. */
const CHANGES = ["s3:ObjectCreated:*", "s3:ObjectRemoved:*", "s3:LifecycleExpiration:*"];

/** What a queue of changes stands on. */
export interface ChangeQueueOptions {
  /** Name of the bucket whose changes it takes. */
  readonly bucket: pulumi.Input<string>;
  readonly bucketArn: pulumi.Input<string>;
  /** Account that owns the bucket. */
  readonly bucketAccountId: pulumi.Input<string>;
  /** Whether the bucket's notifications are this component's to set. */
  readonly notify: boolean;
  /** Timeout in seconds of the function that works on the messages. */
  readonly functionTimeout: pulumi.Input<number>;
  /** ARN of the KMS key that encrypts both queues. Defaults to a key of SQS's own. */
  readonly kmsKeyArn?: pulumi.Input<string> | undefined;
  readonly tags: Record<string, string>;
}

/** A queue and its dead letters. */
export interface ChangeQueue {
  readonly queue: aws.sqs.Queue;
  readonly deadLetters: aws.sqs.Queue;
}

/**
 * The queue that takes a bucket's changes, from that bucket of that account alone, and the queue for messages that
 * cannot be worked on. Both are encrypted.
 */
export function changeQueue(name: string, options: ChangeQueueOptions, parent: pulumi.Resource): ChangeQueue {
  const { bucket, bucketArn, bucketAccountId, tags } = options;
  const child = { parent };
  const encryption =
    options.kmsKeyArn === undefined ? { sqsManagedSseEnabled: true } : { kmsMasterKeyId: options.kmsKeyArn };
  const deadLetters = new aws.sqs.Queue(
    `${name}-dead-letters`,
    { messageRetentionSeconds: DEAD_LETTER_SECONDS, ...encryption, tags },
    child,
  );
  const queue = new aws.sqs.Queue(
    `${name}-queue`,
    {
      visibilityTimeoutSeconds: pulumi.output(options.functionTimeout).apply((seconds) => seconds * TIMEOUTS_HIDDEN),
      ...encryption,
      redrivePolicy: pulumi.jsonStringify({ deadLetterTargetArn: deadLetters.arn, maxReceiveCount: MAX_RECEIVES }),
      tags,
    },
    child,
  );
  const policy = new aws.sqs.QueuePolicy(
    `${name}-queue-policy`,
    { queueUrl: queue.url, policy: bucketMaySend(queue.arn, bucketArn, bucketAccountId) },
    child,
  );
  if (options.notify) {
    new aws.s3.BucketNotification(
      `${name}-notification`,
      { bucket, queues: [{ id: `${name}-changes`, queueArn: queue.arn, events: CHANGES }] },
      // S3 tries the queue at once, and refuses one that it may not send to.
      { parent, dependsOn: [policy] },
    );
  }
  return { queue, deadLetters };
}

function bucketMaySend(
  queueArn: pulumi.Input<string>,
  bucketArn: pulumi.Input<string>,
  account: pulumi.Input<string>,
): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "ChangesOfTheBucket",
        Effect: "Allow",
        Principal: { Service: "s3.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: queueArn,
        Condition: { ArnEquals: { "aws:SourceArn": bucketArn }, StringEquals: { "aws:SourceAccount": account } },
      },
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "sqs:*",
        Resource: queueArn,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
}
