import { sendXml } from "../answers";
import { listObjects } from "../bucketListing";
import type { ObjectVersion } from "../objectVersion";
import { element, optional, type XmlElement } from "../xmlWriter";
import { commonPrefixElements, invalidArgument, listingParameters } from "./listingParameters";
import type { Operation } from "./operation";
import { OWNER } from "./owner";

/** ListObjects, version 1: its marker is a key, and every object has its owner. */
export const listObjectsV1: Operation = {
  name: "ListObjects",
  method: "GET",
  on: "bucket",
  allows: ["prefix", "delimiter", "max-keys", "encoding-type", "marker"],
  async run({ store, bucketName, request, response }) {
    const { query } = request;
    const { prefix, delimiter, limit, encode, echo } = listingParameters(query, "max-keys", "MaxKeys");
    const marker = query.get("marker") ?? "";
    const { index } = store.bucket(bucketName);
    const page = listObjects(index, { prefix, delimiter, limit, ...(marker !== "" && { after: marker }) });
    const next = page.truncated && delimiter !== "" ? page.last : undefined;
    sendXml(
      response,
      element("ListBucketResult", [
        element("Name", request.bucket),
        element("Marker", encode(marker)),
        optional("NextMarker", next === undefined ? undefined : encode(next)),
        ...echo,
        element("IsTruncated", page.truncated),
        ...page.items.map((version) => contents(version, encode, true)),
        ...commonPrefixElements(page.commonPrefixes, encode),
      ]),
    );
  },
};

/** ListObjectsV2. */
export const listObjectsV2: Operation = {
  name: "ListObjectsV2",
  method: "GET",
  on: "bucket",
  requires: ["list-type"],
  allows: ["prefix", "delimiter", "max-keys", "encoding-type", "continuation-token", "start-after", "fetch-owner"],
  async run({ store, bucketName, request, response }) {
    const { query } = request;
    if (query.get("list-type") !== "2")
      throw invalidArgument("Invalid List Type", "list-type", query.get("list-type") ?? "");
    const { prefix, delimiter, limit, encode, echo } = listingParameters(query, "max-keys", "MaxKeys");
    const token = query.get("continuation-token") ?? undefined;
    const startAfter = query.get("start-after") ?? undefined;
    const after = token === undefined ? startAfter : readToken(token);
    const { index } = store.bucket(bucketName);
    const page = listObjects(index, {
      prefix,
      delimiter,
      limit,
      ...(after !== undefined && after !== "" && { after }),
    });
    const next = page.truncated && page.last !== undefined ? writeToken(page.last) : undefined;
    const withOwner = query.get("fetch-owner") === "true";
    sendXml(
      response,
      element("ListBucketResult", [
        element("Name", request.bucket),
        ...echo,
        element("KeyCount", page.items.length + page.commonPrefixes.length),
        element("IsTruncated", page.truncated),
        optional("ContinuationToken", token),
        optional("NextContinuationToken", next),
        optional("StartAfter", startAfter === undefined ? undefined : encode(startAfter)),
        ...page.items.map((version) => contents(version, encode, withOwner)),
        ...commonPrefixElements(page.commonPrefixes, encode),
      ]),
    );
  },
};

function contents(version: ObjectVersion, encode: (key: string) => string, withOwner: boolean): XmlElement {
  return element("Contents", [
    element("Key", encode(version.key)),
    element("LastModified", version.lastModified.toISOString()),
    element("ETag", `"${version.etag}"`),
    optional("ChecksumAlgorithm", version.checksum?.algorithm),
    optional("ChecksumType", version.checksum?.type),
    element("Size", version.size),
    element("StorageClass", version.headers["x-amz-storage-class"] ?? "STANDARD"),
    withOwner ? OWNER : undefined,
  ]);
}

/** Begins every token, so that a key given for one is told. */
const TOKEN = "1!";

function writeToken(last: string): string {
  return Buffer.from(TOKEN + last).toString("base64url");
}

function readToken(token: string): string {
  const text = Buffer.from(token, "base64url").toString();
  if (!text.startsWith(TOKEN)) {
    throw invalidArgument("The continuation token provided is incorrect", "continuation-token", token);
  }
  return text.slice(TOKEN.length);
}
