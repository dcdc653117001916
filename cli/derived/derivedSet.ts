import { S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";

/** Where a service is reached, and by whom. Without it the standard AWS environment says so. */
export interface Connection {
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Originals, and what one transformation derived from them. */
export interface DerivedSet {
  /** Bucket, or alias or ARN of an access point, with the originals. */
  readonly source: string;
  /** Bucket of the derived objects. */
  readonly derived: string;
  /** Hash of the transformation. */
  readonly hash: string;
  /** Address of the queue of changes, where it is known. */
  readonly queueUrl?: string;
  /** A plane's; absent for AWS, or whatever the standard environment variables name. */
  readonly connection?: Connection;
}

/** A client for the buckets of a set. Destroy it after use. */
export function derivedSetS3Client({ connection }: DerivedSet): S3Client {
  // An endpoint that is given by an address of this machine has no names for buckets.
  const forcePathStyle = isByAddress(
    connection?.endpoint ?? process.env["AWS_ENDPOINT_URL_S3"] ?? process.env["AWS_ENDPOINT_URL"],
  );
  return new S3Client({ ...clientConfig(connection), forcePathStyle });
}

/** A client for the queue of a set. Destroy it after use. */
export function derivedSetSqsClient({ connection }: DerivedSet): SQSClient {
  return new SQSClient(clientConfig(connection));
}

function clientConfig(connection: Connection | undefined): object {
  if (connection === undefined) return {};
  const { endpoint, region, accessKeyId, secretAccessKey } = connection;
  return { endpoint, region, credentials: { accessKeyId, secretAccessKey } };
}

function isByAddress(endpoint: string | undefined): boolean {
  return endpoint !== undefined && /^https?:\/\/(localhost|[\d.]+|\[[^\]]+\])(:|\/|$)/.test(endpoint);
}
