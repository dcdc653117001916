import { GetObjectCommand, S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import { Delivery } from "../../contracts/delivery";
import type { LocalAccessPoint, LocalManifest } from "../../contracts/localManifest";
import { signedGet } from "./signedFetch";

/** One delivery of one access point, and how to read through it. */
export interface DeliveryReader {
  readonly accessPoint: LocalAccessPoint;
  /** Reads one object; an Error says the status and code that it was refused with. */
  read(key: string): Promise<Uint8Array>;
}

/**
 * The S3 client of a plane's users: an endpoint, keys, path style.
 * @param maxAttempts of a request; once, where what fails is to be seen
 */
export function planeS3Client(
  { endpoint, region, accessKeyId, secretAccessKey }: LocalManifest,
  maxAttempts = 1,
): S3Client {
  return new S3Client({
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle: true,
    maxAttempts,
  });
}

/** Reads through a delivery as its users do: with the S3 client by alias, or with a signed GET. */
export function deliveryReader(
  accessPoint: LocalAccessPoint,
  manifest: LocalManifest,
  client: S3Client,
): DeliveryReader {
  const { delivery, alias, url, prefix = "" } = accessPoint;
  if (delivery === Delivery.ObjectLambda) return { accessPoint, read: (key) => readObject(client, alias, key) };
  if (delivery === Delivery.Materialized) {
    return { accessPoint, read: (key) => readObject(client, alias, prefix + key) };
  }
  return { accessPoint, read: (key) => readUrl(`${url}${key.split("/").map(encodeURIComponent).join("/")}`, manifest) };
}

async function readObject(client: S3Client, bucket: string, key: string): Promise<Uint8Array> {
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return (await Body?.transformToByteArray()) ?? new Uint8Array();
  } catch (error) {
    if (!(error instanceof S3ServiceException)) throw error;
    throw new Error(`${error.$metadata.httpStatusCode} ${error.name}: ${error.message}`);
  }
}

async function readUrl(address: string, manifest: LocalManifest): Promise<Uint8Array> {
  const response = await signedGet(address, manifest);
  if (response.ok) return new Uint8Array(await response.arrayBuffer());
  throw new Error(`${response.status} ${await response.text()}`);
}
