import { DEFAULT_TRANSFORMATION, transformationHash } from "../../contracts/transformation";
import { type Expected, expectedBucket, policy, tagsOf } from "./expectedResources";

/** Hash of the default transformation, which the variants have. */
export const HASH = transformationHash(DEFAULT_TRANSFORMATION);

/** How a materialized delivery differs from the default. */
export interface ExpectedMaterialized {
  readonly bucket?: string;
  readonly account?: string;
  readonly notifies?: boolean;
  readonly forceDestroy?: boolean;
  readonly timeout?: number;
  readonly retired?: readonly string[];
}

/** The derived bucket, the queue and its dead letters, and who tells it of changes. */
export function expectedMaterialized(name: string, expected: ExpectedMaterialized = {}): Expected {
  const { bucket = `${name}-bucket-id`, account = "123456789012", notifies = true, timeout = 30 } = expected;
  const tags = tagsOf(name);
  return {
    ...expectedDerivedBucket(name, expected),
    [`aws:sqs/queue:Queue ${name}-dead-letters`]: {
      messageRetentionSeconds: 1_209_600,
      sqsManagedSseEnabled: true,
      tags,
    },
    [`aws:sqs/queue:Queue ${name}-queue`]: {
      visibilityTimeoutSeconds: 6 * timeout,
      sqsManagedSseEnabled: true,
      redrivePolicy: { deadLetterTargetArn: queueArn(`${name}-dead-letters`), maxReceiveCount: 5 },
      tags,
    },
    [`aws:sqs/queuePolicy:QueuePolicy ${name}-queue-policy`]: {
      queueUrl: queueUrl(`${name}-queue`),
      policy: policy(
        {
          Sid: "ChangesOfTheBucket",
          Effect: "Allow",
          Principal: { Service: "s3.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: queueArn(`${name}-queue`),
          Condition: {
            ArnEquals: { "aws:SourceArn": `arn:aws:s3:::${bucket}` },
            StringEquals: { "aws:SourceAccount": account },
          },
        },
        {
          Sid: "TlsOnly",
          Effect: "Deny",
          Principal: "*",
          Action: "sqs:*",
          Resource: queueArn(`${name}-queue`),
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ),
    },
    ...(notifies && {
      [`aws:s3/bucketNotification:BucketNotification ${name}-notification`]: {
        bucket,
        queues: [
          {
            id: `${name}-changes`,
            queueArn: queueArn(`${name}-queue`),
            events: ["s3:ObjectCreated:*", "s3:ObjectRemoved:*", "s3:LifecycleExpiration:*"],
          },
        ],
      },
    }),
  };
}

/** A bucket as all of them, with a lifecycle of its own. */
function expectedDerivedBucket(name: string, { forceDestroy = false, retired = [] }: ExpectedMaterialized): Expected {
  const tags = tagsOf(name);
  const created = Object.entries(expectedBucket(name, forceDestroy, tags, [])).map(([key, inputs]) => {
    const text = JSON.stringify(inputs).replaceAll(`${name}-bucket`, `${name}-derived`);
    return [key.replace(`${name}-bucket`, `${name}-derived`), JSON.parse(text)] as const;
  });
  const resources: Record<string, Record<string, unknown>> = Object.fromEntries(created);
  const lifecycle = `aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration ${name}-derived-lifecycle`;
  const expiring = (id: string, prefix: string) => ({
    id,
    status: "Enabled",
    filter: { prefix },
    expiration: { days: 1 },
  });
  const [abandoned] = (resources[lifecycle]?.["rules"] ?? []) as unknown[];
  resources[lifecycle] = {
    bucket: `${name}-derived-id`,
    rules: [
      abandoned,
      {
        id: "superseded-versions",
        status: "Enabled",
        filter: { prefix: "" },
        expiration: { expiredObjectDeleteMarker: true },
        noncurrentVersionExpiration: { noncurrentDays: 1 },
      },
      ...retired.flatMap((hash) => [
        expiring(`retired-${hash}`, `${hash}/`),
        expiring(`retired-${hash}-quarantine`, `quarantine/${hash}/`),
      ]),
    ],
  };
  return resources;
}

/** The queue feeds the function. */
export function expectedTrigger(name: string, maximumConcurrency = 10): Expected {
  return {
    [`aws:lambda/eventSourceMapping:EventSourceMapping ${name}-queue-trigger`]: {
      eventSourceArn: queueArn(`${name}-queue`),
      functionName: `${name}-function`,
      batchSize: 10,
      functionResponseTypes: ["ReportBatchItemFailures"],
      scalingConfig: { maximumConcurrency },
      tags: tagsOf(name),
    },
  };
}

/** What the function may do besides, for this delivery. */
export function derivingStatements(name: string): readonly object[] {
  const bucket = `arn:aws:s3:::${name}-derived-id`;
  return [
    {
      Sid: "Derive",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
      Resource: [`${bucket}/${HASH}/*`, `${bucket}/quarantine/${HASH}/*`],
    },
    { Sid: "ListDerived", Effect: "Allow", Action: "s3:ListBucket", Resource: bucket },
    {
      Sid: "ReceiveChanges",
      Effect: "Allow",
      Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
      Resource: queueArn(`${name}-queue`),
    },
  ];
}

/** Outputs that only this delivery has. */
export function materializedOutputs(name: string): Record<string, string> {
  return {
    derivedBucketName: `${name}-derived-id`,
    derivedPrefix: `${HASH}/`,
    queueUrl: queueUrl(`${name}-queue`),
    queueArn: queueArn(`${name}-queue`),
    deadLetterQueueArn: queueArn(`${name}-dead-letters`),
  };
}

function queueArn(queue: string): string {
  return `arn:aws:sqs:us-east-1:123456789012:${queue}`;
}

function queueUrl(queue: string): string {
  return `https://sqs.us-east-1.amazonaws.com/123456789012/${queue}`;
}
