import { sendXml } from "../answers";
import { list } from "../bucketListing";
import { SortedKeys } from "../keyOrder";
import type { Upload } from "../multipartUploads";
import { element, optional } from "../xmlWriter";
import { commonPrefixElements, listingParameters } from "./listingParameters";
import type { Operation } from "./operation";
import { INITIATOR, OWNER } from "./owner";

/** ListMultipartUploads: uploads in progress by key, the oldest of a key first. */
export const listMultipartUploads: Operation = {
  name: "ListMultipartUploads",
  method: "GET",
  on: "bucket",
  requires: ["uploads"],
  allows: ["prefix", "delimiter", "max-uploads", "encoding-type", "key-marker", "upload-id-marker"],
  async run({ store, bucketName, request, response }) {
    const { query } = request;
    store.bucket(bucketName);
    const { prefix, delimiter, limit, encode, echo } = listingParameters(query, "max-uploads", "MaxUploads");
    const keyMarker = query.get("key-marker") ?? "";
    const idMarker = (keyMarker !== "" && query.get("upload-id-marker")) || undefined;
    const uploads = store.uploads.of(bucketName);
    const keys = new SortedKeys();
    for (const upload of uploads) keys.add(upload.key);
    const uploadsOf = (key: string): readonly Upload[] => {
      const ofKey = uploads.filter((upload) => upload.key === key);
      // The marker's own key is begun again and its listed uploads are skipped.
      const listed = key === keyMarker ? ofKey.findIndex((upload) => upload.id === idMarker) + 1 : 0;
      return ofKey.slice(listed);
    };
    const page = list(
      keys,
      { prefix, delimiter, limit, ...(keyMarker !== "" && { after: keyMarker }) },
      uploadsOf,
      idMarker !== undefined,
    );
    const lastItem = page.items.at(-1);
    const next = page.truncated ? page.last : undefined;
    sendXml(
      response,
      element("ListMultipartUploadsResult", [
        element("Bucket", request.bucket),
        element("KeyMarker", encode(keyMarker)),
        element("UploadIdMarker", idMarker ?? ""),
        optional("NextKeyMarker", next === undefined ? undefined : encode(next)),
        optional("NextUploadIdMarker", next !== undefined && lastItem?.key === next ? lastItem.id : undefined),
        ...echo,
        element("IsTruncated", page.truncated),
        ...page.items.map((upload) =>
          element("Upload", [
            element("Key", encode(upload.key)),
            element("UploadId", upload.id),
            INITIATOR,
            OWNER,
            element("StorageClass", upload.attributes.headers["x-amz-storage-class"] ?? "STANDARD"),
            element("Initiated", upload.startedAt.toISOString()),
            optional("ChecksumAlgorithm", upload.checksum.declared ? upload.checksum.algorithm : undefined),
            optional("ChecksumType", upload.checksum.declared ? upload.checksum.type : undefined),
          ]),
        ),
        ...commonPrefixElements(page.commonPrefixes, encode),
      ]),
    );
  },
};
