import dns from "node:dns";
import http from "node:http";
import type { LookupFunction } from "node:net";
import {
  GetObjectCommand,
  type GetObjectCommandOutput,
  HeadObjectCommand,
  ListObjectsV2Command,
  S3Client,
  type S3ClientConfig,
} from "@aws-sdk/client-s3";
import type { LocalManifest } from "../../contracts/localManifest";
import { type Reading, reading } from "./reading";

/** Every name below localhost is this machine (RFC 6761); not every system's resolver knows. */
const lookup: LookupFunction = (name, options, callback) =>
  dns.lookup(name.endsWith(".localhost") ? "127.0.0.1" : name, options, callback);

/** The AWS SDK for JavaScript, unmodified, with just an endpoint: by alias in path style, and by ARN. */
export async function nodeReadings(manifest: LocalManifest, key: string): Promise<readonly Reading[]> {
  const objectLambda = manifest.accessPoints.find(({ delivery }) => delivery === "object-lambda");
  const { alias = "", arn = "" } = objectLambda ?? {};
  const localhost = manifest.endpoint.replace("127.0.0.1", "localhost");
  return [
    await reading("AWS SDK for JavaScript v3, GetObject by alias", () =>
      read(manifest, { forcePathStyle: true }, alias, key),
    ),
    await reading("AWS SDK for JavaScript v3, GetObject by ARN", () =>
      read(manifest, { endpoint: localhost, requestHandler: { httpAgent: new http.Agent({ lookup }) } }, arn, key),
    ),
    await reading("AWS SDK for JavaScript v3, HeadObject, then parallel ranges with If-Match", () =>
      using(manifest, { forcePathStyle: true }, (client) => readRanges(client, alias, key)),
    ),
    await reading("AWS SDK for JavaScript v3, ListObjectsV2 gives the ETag of GetObject", () =>
      using(manifest, { forcePathStyle: true }, (client) => listedTag(client, alias, key)),
    ),
  ];
}

function read(manifest: LocalManifest, config: S3ClientConfig, bucket: string, key: string): Promise<Uint8Array> {
  return using(manifest, config, async (client) => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return bytesOf(Body);
  });
}

/** As Mountpoint and the like read. */
async function readRanges(client: S3Client, Bucket: string, Key: string): Promise<Uint8Array> {
  const { ContentLength = 0, ETag } = await client.send(new HeadObjectCommand({ Bucket, Key }));
  const step = Math.ceil(ContentLength / 8);
  const parts = Array.from({ length: 8 }, async (_, index) => {
    const Range = `bytes=${index * step}-${(index + 1) * step - 1}`;
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key, Range, IfMatch: ETag }));
    return bytesOf(Body);
  });
  return Buffer.concat(await Promise.all(parts));
}

async function listedTag(client: S3Client, Bucket: string, Key: string): Promise<string> {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket, Prefix: Key }));
  const { ETag } = await client.send(new HeadObjectCommand({ Bucket, Key }));
  if (Contents[0]?.ETag !== ETag) throw new Error(`${Contents[0]?.ETag} is not ${ETag}`);
  return String(ETag);
}

async function bytesOf(body: GetObjectCommandOutput["Body"]): Promise<Uint8Array> {
  if (body === undefined) throw new Error("answered without a body");
  return body.transformToByteArray();
}

async function using<T>(
  manifest: LocalManifest,
  config: S3ClientConfig,
  use: (client: S3Client) => Promise<T>,
): Promise<T> {
  const { endpoint, region, accessKeyId, secretAccessKey } = manifest;
  const client = new S3Client({ endpoint, region, credentials: { accessKeyId, secretAccessKey }, ...config });
  try {
    return await use(client);
  } finally {
    client.destroy();
  }
}
