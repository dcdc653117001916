import { S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
import type { Connection, DerivedSet } from "../../derived/derivedSet";

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
