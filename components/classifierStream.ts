import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ClassifyEnvironment, ClassifyHandler } from "../contracts/classifyEnvironment";
import type { CheckedClassifierFunctionArgs } from "./checkedClassifierApiArgs";
import type { CheckedClassifierStreamArgs } from "./checkedClassifierStreamArgs";
import { StreamResults } from "./classifierApiArgs";
import { type ClassifierFunction, classifierFunction } from "./classifierFunction";
import { type ClassifierPolicySubject, classifierPolicy } from "./classifierPolicies";
import { policyDocument, type Statement } from "./normalizePolicies";

/** Visibility timeout in function timeouts, as Lambda advises (docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html). */
const TIMEOUTS_HIDDEN = 6;

/** Two weeks, the longest that SQS keeps a message, in seconds. */
const KEPT_SECONDS = 14 * 24 * 3600;

/** What a stream stands on. */
export interface ClassifierStreamOptions {
  readonly checked: CheckedClassifierFunctionArgs & { readonly kmsKeyArn: pulumi.Input<string> | undefined };
  readonly stream: CheckedClassifierStreamArgs;
  /** The component's bucket; undefined when folders are given for pictures and results. */
  readonly bucket: aws.s3.Bucket | undefined;
  /** `s3://` addresses of model and labels. */
  readonly objects: readonly pulumi.Input<string>[];
  readonly environment: Record<string, pulumi.Input<string>>;
}

/** A queue of pictures, and what works on it. */
export interface ClassifierStream extends ClassifierFunction {
  readonly queue: aws.sqs.Queue;
  readonly deadLetters: aws.sqs.Queue;
  readonly pictureUris: readonly pulumi.Input<string>[];
  /** `s3://` address of the folder for results, or undefined. */
  readonly resultsUri: pulumi.Output<string> | undefined;
  readonly resultsQueue: aws.sqs.Queue | undefined;
  readonly subject: ClassifierPolicySubject;
}

/** Whether the stream puts anything into the component's bucket, or takes it from there. */
export function needsBucket(stream: CheckedClassifierStreamArgs | undefined): boolean {
  if (stream === undefined) return false;
  const writes = stream.results === StreamResults.Bucket && stream.resultsUri === undefined;
  return writes || stream.pictureUris === undefined;
}

/** A queue with dead letters, and a function of its own that works through it: a slow batch keeps no caller waiting. */
export function classifierStream(
  name: string,
  { checked, stream, bucket, objects, environment }: ClassifierStreamOptions,
  parent: pulumi.Resource,
): ClassifierStream {
  const { kmsKeyArn, tags } = checked;
  const child = { parent };
  const encryption = kmsKeyArn === undefined ? { sqsManagedSseEnabled: true } : { kmsMasterKeyId: kmsKeyArn };
  const kept = { messageRetentionSeconds: KEPT_SECONDS, ...encryption, tags };
  const deadLetters = new aws.sqs.Queue(`${name}-dead-letters`, kept, child);
  const queue = new aws.sqs.Queue(
    `${name}-queue`,
    {
      ...kept,
      visibilityTimeoutSeconds: pulumi.output(stream.timeout).apply((seconds) => seconds * TIMEOUTS_HIDDEN),
      redrivePolicy: pulumi.jsonStringify({
        deadLetterTargetArn: deadLetters.arn,
        maxReceiveCount: stream.maxReceives,
      }),
    },
    child,
  );
  tlsOnly(`${name}-queue`, queue, parent);
  const toQueue = stream.results === StreamResults.Queue;
  const resultsQueue = toQueue ? new aws.sqs.Queue(`${name}-results`, kept, child) : undefined;
  if (resultsQueue !== undefined) tlsOnly(`${name}-results`, resultsQueue, parent);
  const folder = (part: string) => pulumi.interpolate`s3://${bucket?.id}/${part}/`;
  const resultsUri = toQueue ? undefined : pulumi.output(stream.resultsUri ?? folder("results"));
  const pictureUris = stream.pictureUris ?? [folder("pictures")];
  const worker = classifierFunction(
    `${name}-stream`,
    checked,
    {
      description: "Classifies the pictures that a queue names.",
      handler: ClassifyHandler.Stream,
      timeout: stream.timeout,
      environment: { ...environment, [ClassifyEnvironment.Results]: resultsUri ?? resultsQueue?.url ?? "" },
    },
    parent,
  );
  const subject: ClassifierPolicySubject = {
    logGroupArn: worker.logs.arn,
    objects,
    kmsKeyArn,
    stream: { queueArn: queue.arn, pictureUris, resultsUri, resultsQueueArn: resultsQueue?.arn },
  };
  const rolePolicy = new aws.iam.RolePolicy(
    `${name}-stream-role-policy`,
    { role: worker.role.id, policy: classifierPolicy(subject) },
    child,
  );
  new aws.lambda.EventSourceMapping(
    `${name}-queue-trigger`,
    {
      eventSourceArn: queue.arn,
      functionName: worker.lambda.name,
      batchSize: stream.batchSize,
      maximumBatchingWindowInSeconds: stream.batchWindowSeconds,
      functionResponseTypes: ["ReportBatchItemFailures"],
      scalingConfig: { maximumConcurrency: stream.maximumConcurrency },
      tags,
    },
    // Lambda refuses to begin without leave to receive.
    { parent, dependsOn: [rolePolicy] },
  );
  return { ...worker, queue, deadLetters, pictureUris, resultsUri, resultsQueue, subject };
}

/** Refuses whatever does not come through TLS; who may send and receive is the principals' own policies' to say. */
function tlsOnly(name: string, queue: aws.sqs.Queue, parent: pulumi.Resource): void {
  const statement: Statement = {
    Sid: "TlsOnly",
    Effect: "Deny",
    Principal: "*",
    Action: "sqs:*",
    Resource: queue.arn,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  new aws.sqs.QueuePolicy(`${name}-policy`, { queueUrl: queue.url, policy: policyDocument([statement]) }, { parent });
}
