import { SERVICE_LIMITS } from "../../../../contracts/serviceLimits";
import { sendXml } from "../answers";
import { element, optional } from "../xmlWriter";
import { checksumElements } from "./checksumElements";
import { countParameter } from "./listingParameters";
import type { Operation } from "./operation";
import { INITIATOR, OWNER } from "./owner";

/** ListParts. */
export const listParts: Operation = {
  name: "ListParts",
  method: "GET",
  on: "object",
  requires: ["uploadId"],
  allows: ["max-parts", "part-number-marker"],
  async run({ store, bucketName, request, response }) {
    const { query } = request;
    store.bucket(bucketName);
    const upload = store.uploads.find(bucketName, request.key, query.get("uploadId") ?? "");
    const limit = countParameter(query, "max-parts", SERVICE_LIMITS.s3.listKeys);
    const marker = query.has("part-number-marker")
      ? countParameter(query, "part-number-marker", SERVICE_LIMITS.s3.parts)
      : 0;
    const following = [...upload.parts.values()]
      .filter((part) => part.number > marker)
      .sort((a, b) => a.number - b.number);
    const page = following.slice(0, limit);
    const { algorithm, type, declared } = upload.checksum;
    sendXml(
      response,
      element("ListPartsResult", [
        element("Bucket", request.bucket),
        element("Key", request.key),
        element("UploadId", upload.id),
        INITIATOR,
        OWNER,
        element("StorageClass", upload.attributes.headers["x-amz-storage-class"] ?? "STANDARD"),
        element("PartNumberMarker", marker),
        optional("NextPartNumberMarker", page.at(-1)?.number),
        element("MaxParts", limit),
        element("IsTruncated", limit > 0 && following.length > page.length),
        optional("ChecksumAlgorithm", declared ? algorithm : undefined),
        optional("ChecksumType", declared ? type : undefined),
        ...page.map((part) =>
          element("Part", [
            element("PartNumber", part.number),
            element("LastModified", part.uploadedAt.toISOString()),
            element("ETag", `"${part.file.md5}"`),
            element("Size", part.file.size),
            ...(declared ? checksumElements(part.checksum).slice(0, 1) : []),
          ]),
        ),
      ]),
    );
  },
};
