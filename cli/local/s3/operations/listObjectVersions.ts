import { sendXml } from "../answers";
import type { BucketIndex } from "../bucketIndex";
import { listVersions } from "../bucketListing";
import type { ObjectVersion } from "../objectVersion";
import { element, optional, type XmlElement } from "../xmlWriter";
import { commonPrefixElements, invalidArgument, listingParameters } from "./listingParameters";
import type { Operation } from "./operation";
import { OWNER } from "./owner";

/** ListObjectVersions: versions and delete markers, newest first within a key. */
export const listObjectVersions: Operation = {
  name: "ListObjectVersions",
  method: "GET",
  on: "bucket",
  requires: ["versions"],
  allows: ["prefix", "delimiter", "max-keys", "encoding-type", "key-marker", "version-id-marker"],
  async run({ store, bucketName, request, response }) {
    const { query } = request;
    const { prefix, delimiter, limit, encode, echo } = listingParameters(query, "max-keys", "MaxKeys");
    const keyMarker = query.get("key-marker") ?? "";
    const versionMarker = query.get("version-id-marker") || undefined;
    if (versionMarker !== undefined && keyMarker === "") {
      throw invalidArgument(
        "A version-id marker cannot be specified without a key marker.",
        "version-id-marker",
        versionMarker,
      );
    }
    const { index } = store.bucket(bucketName);
    const page = listVersions(
      index,
      { prefix, delimiter, limit, ...(keyMarker !== "" && { after: keyMarker }) },
      versionMarker,
    );
    const lastItem = page.items.at(-1);
    const next = page.truncated ? page.last : undefined;
    sendXml(
      response,
      element("ListVersionsResult", [
        element("Name", request.bucket),
        element("KeyMarker", encode(keyMarker)),
        element("VersionIdMarker", versionMarker ?? ""),
        optional("NextKeyMarker", next === undefined ? undefined : encode(next)),
        optional("NextVersionIdMarker", next !== undefined && lastItem?.key === next ? lastItem.versionId : undefined),
        ...echo,
        element("IsTruncated", page.truncated),
        ...page.items.map((version) => versionElement(index, version, encode)),
        ...commonPrefixElements(page.commonPrefixes, encode),
      ]),
    );
  },
};

function versionElement(index: BucketIndex, version: ObjectVersion, encode: (key: string) => string): XmlElement {
  return element(version.deleteMarker ? "DeleteMarker" : "Version", [
    element("Key", encode(version.key)),
    element("VersionId", version.versionId),
    element("IsLatest", index.find(version.key) === version),
    element("LastModified", version.lastModified.toISOString()),
    ...(version.deleteMarker
      ? []
      : [
          element("ETag", `"${version.etag}"`),
          optional("ChecksumAlgorithm", version.checksum?.algorithm),
          optional("ChecksumType", version.checksum?.type),
          element("Size", version.size),
          element("StorageClass", version.headers["x-amz-storage-class"] ?? "STANDARD"),
        ]),
    OWNER,
  ]);
}
