import { percentDecode } from "./canonicalRequest";

/** What a request addresses. */
export interface RequestAddress {
  /** Bucket or what stands in its place; empty for the service itself. */
  readonly bucket: string;
  /** Object key; empty for the bucket itself. */
  readonly key: string;
}

/** Service labels between the bucket and `localhost`, with or without a Region. */
const SERVICE_LABELS = /(?:^|\.)s3(?:-accesspoint|-object-lambda)?(?:\.[a-z]{2}(?:-[a-z]+)+-\d)?$/;

/**
 * Reads the bucket and the key: virtual-hosted when the host is below `localhost` (`bucket.localhost`,
 * `bucket.s3.localhost`), path-style otherwise. The bucket's place may hold an ARN, its slash encoded or not.
 * @param host the Host header
 * @param path not decoded
 * @throws S3Error InvalidURI when the path is not percent-encoded UTF-8
 */
export function requestAddress(host: string | undefined, path: string): RequestAddress {
  const hostBucket = bucketOfHost(host ?? "");
  if (hostBucket !== "") return { bucket: hostBucket, key: percentDecode(path.slice(1)) };
  const [first = "", ...rest] = path.slice(1).split("/");
  const bucket = percentDecode(first);
  if (/^arn:[^/]*:accesspoint$/.test(bucket)) {
    const [name = "", ...key] = rest;
    return { bucket: `${bucket}/${percentDecode(name)}`, key: percentDecode(key.join("/")) };
  }
  return { bucket, key: percentDecode(rest.join("/")) };
}

function bucketOfHost(host: string): string {
  const name = host.toLowerCase().replace(/:\d+$/, "");
  return name.endsWith(".localhost") ? name.slice(0, -".localhost".length).replace(SERVICE_LABELS, "") : "";
}
