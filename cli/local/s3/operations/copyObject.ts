import { sendXml } from "../answers";
import { headerValue } from "../canonicalRequest";
import {
  type ChecksumAlgorithm,
  createDigester,
  DEFAULT_CHECKSUM,
  isChecksumAlgorithm,
  type ObjectChecksum,
} from "../checksums";
import { digested } from "../digested";
import { assertHeadersKnown, attributesOf, versionIdHeader } from "../objectHeaders";
import { writeCondition } from "../preconditions";
import type { ObjectAttributes } from "../putOptions";
import { S3Error } from "../s3Errors";
import type { S3Request } from "../s3Target";
import { element } from "../xmlWriter";
import { checksumElements } from "./checksumElements";
import { type CopySource, copySource } from "./copySource";
import type { Operation } from "./operation";

/** CopyObject. */
export const copyObject: Operation = {
  name: "CopyObject",
  method: "PUT",
  on: "object",
  copies: true,
  async run(context) {
    const { store, bucketName, request, response } = context;
    const source = copySource(context);
    const attributes = attributesOfCopy(request, source, bucketName);
    const algorithm = checksumAlgorithm(request, source);
    const digester = createDigester(algorithm);
    const condition = writeCondition(request.headers);
    const version = await store.put(bucketName, request.key, digested(source.open(), digester), {
      ...attributes,
      condition,
      cause: "Copy",
      checksum: (): ObjectChecksum => ({
        algorithm,
        type: "FULL_OBJECT",
        value: digester.digest().toString("base64"),
      }),
    });
    sendXml(
      response,
      element("CopyObjectResult", [
        element("ETag", `"${version.etag}"`),
        element("LastModified", version.lastModified.toISOString()),
        ...checksumElements(version.checksum),
      ]),
      {
        ...versionIdHeader(store.bucket(bucketName), version.versionId),
        ...(store.bucket(source.bucketName).versioning && {
          "x-amz-copy-source-version-id": source.version.versionId,
        }),
      },
    );
  },
};

function attributesOfCopy(request: S3Request, source: CopySource, bucketName: string): ObjectAttributes {
  const directive = headerValue(request.headers, "x-amz-metadata-directive") ?? "COPY";
  if (directive === "REPLACE") return attributesOf(request.headers);
  if (directive !== "COPY") {
    throw new S3Error("InvalidArgument", { message: "Unknown metadata directive." });
  }
  assertHeadersKnown(request.headers);
  const ontoItself = source.bucketName === bucketName && source.version.key === request.key;
  const sourceVersioned = headerValue(request.headers, "x-amz-copy-source")?.includes("?versionId=") ?? false;
  const storageClass = headerValue(request.headers, "x-amz-storage-class");
  if (ontoItself && !sourceVersioned && storageClass === undefined) {
    throw new S3Error("InvalidRequest", {
      message:
        "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    });
  }
  const { "x-amz-storage-class": _, ...headers } = source.version.headers;
  return {
    headers: {
      ...headers,
      ...(storageClass !== undefined && storageClass !== "STANDARD" && { "x-amz-storage-class": storageClass }),
    },
    metadata: source.version.metadata,
  };
}

/** The algorithm asked for, the source's, or the default. A copy is one whole, so never composite. */
function checksumAlgorithm(request: S3Request, source: CopySource): ChecksumAlgorithm {
  const asked = headerValue(request.headers, "x-amz-checksum-algorithm")?.toUpperCase();
  if (asked === undefined) return source.version.checksum?.algorithm ?? DEFAULT_CHECKSUM;
  if (!isChecksumAlgorithm(asked)) {
    throw new S3Error("InvalidRequest", { message: "Checksum algorithm provided is unsupported." });
  }
  return asked;
}
