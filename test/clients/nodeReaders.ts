import dns from "node:dns";
import http from "node:http";
import type { LookupFunction } from "node:net";
import { GetObjectCommand, S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";
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
  ];
}

async function read(manifest: LocalManifest, config: S3ClientConfig, bucket: string, key: string): Promise<Uint8Array> {
  const { endpoint, region, accessKeyId, secretAccessKey } = manifest;
  const client = new S3Client({ endpoint, region, credentials: { accessKeyId, secretAccessKey }, ...config });
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    if (Body === undefined) throw new Error("answered without a body");
    return await Body.transformToByteArray();
  } finally {
    client.destroy();
  }
}
