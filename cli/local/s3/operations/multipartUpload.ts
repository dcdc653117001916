import { z } from "zod";
import { SERVICE_LIMITS } from "../../../../contracts/serviceLimits";
import { sendEmpty, sendXml } from "../answers";
import { headerValue } from "../canonicalRequest";
import { type ChecksumAlgorithm, checksumHeader, DEFAULT_CHECKSUM, isChecksumAlgorithm } from "../checksums";
import type { CompletedPart, Upload, UploadChecksum } from "../multipartUploads";
import { attributesOf, versionIdHeader } from "../objectHeaders";
import { assertKey } from "../objectKey";
import { writeCondition } from "../preconditions";
import { readSmallBody } from "../requestBody";
import { S3Error } from "../s3Errors";
import type { S3Request } from "../s3Target";
import { readXml } from "../xmlReader";
import { element } from "../xmlWriter";
import { checksumElements } from "./checksumElements";
import type { Operation } from "./operation";

/** 10,000 parts of some 400 bytes each. */
const MAX_DOCUMENT_BYTES = 8 * 1024 * 1024;

const checksumText = z.string().optional();

const completion = z.object({
  CompleteMultipartUpload: z.object({
    Part: z
      .array(
        z.object({
          PartNumber: z.string().regex(/^\d{1,5}$/),
          ETag: z.string(),
          ChecksumCRC32: checksumText,
          ChecksumCRC32C: checksumText,
          ChecksumCRC64NVME: checksumText,
          ChecksumSHA1: checksumText,
          ChecksumSHA256: checksumText,
        }),
      )
      .min(1)
      .max(SERVICE_LIMITS.s3.parts),
  }),
});

const createMultipartUpload: Operation = {
  name: "CreateMultipartUpload",
  method: "POST",
  on: "object",
  requires: ["uploads"],
  async run({ store, bucketName, request, response }) {
    store.bucket(bucketName);
    assertKey(request.key);
    const checksum = uploadChecksum(request);
    const upload = store.uploads.create(bucketName, request.key, attributesOf(request.headers), checksum);
    sendXml(
      response,
      element("InitiateMultipartUploadResult", [
        element("Bucket", request.bucket),
        element("Key", request.key),
        element("UploadId", upload.id),
      ]),
      checksum.declared ? { "x-amz-checksum-algorithm": checksum.algorithm, "x-amz-checksum-type": checksum.type } : {},
    );
  },
};

const completeMultipartUpload: Operation = {
  name: "CompleteMultipartUpload",
  method: "POST",
  on: "object",
  requires: ["uploadId"],
  async run({ store, bucketName, request, response }) {
    const upload = store.uploads.find(bucketName, request.key, request.query.get("uploadId") ?? "");
    const text = await readSmallBody(request.body, MAX_DOCUMENT_BYTES);
    const { Part } = readXml(text, ["Part"], completion).CompleteMultipartUpload;
    const { algorithm, type } = upload.checksum;
    const parts = Part.map(
      (part): CompletedPart => ({
        number: Number(part.PartNumber),
        etag: part.ETag.trim().replace(/^"(.*)"$/, "$1"),
        checksum: part[`Checksum${algorithm}`],
      }),
    );
    const askedType = headerValue(request.headers, "x-amz-checksum-type")?.toUpperCase();
    if (askedType !== undefined && askedType !== type) {
      throw new S3Error("InvalidRequest", {
        message: `The upload was created using the ${type} checksum mode. The complete request must use the same checksum mode.`,
      });
    }
    assertObjectSize(request, upload);
    const expected = headerValue(request.headers, checksumHeader(algorithm));
    const version = await store.uploads.complete(upload, parts, {
      condition: writeCondition(request.headers),
      ...(expected !== undefined && { expected }),
    });
    sendXml(
      response,
      element("CompleteMultipartUploadResult", [
        element("Location", `http://${request.headers.host ?? ""}${request.rawTarget.replace(/\?.*$/s, "")}`),
        element("Bucket", request.bucket),
        element("Key", request.key),
        element("ETag", `"${version.etag}"`),
        ...checksumElements(version.checksum),
      ]),
      versionIdHeader(store.bucket(bucketName), version.versionId),
    );
  },
};

const abortMultipartUpload: Operation = {
  name: "AbortMultipartUpload",
  method: "DELETE",
  on: "object",
  requires: ["uploadId"],
  async run({ store, bucketName, request, response }) {
    store.bucket(bucketName);
    await store.uploads.abort(store.uploads.find(bucketName, request.key, request.query.get("uploadId") ?? ""));
    sendEmpty(response, 204);
  },
};

/** Operations that begin and end an upload in parts. */
export const multipartUploadOperations: readonly Operation[] = [
  createMultipartUpload,
  completeMultipartUpload,
  abortMultipartUpload,
];

/**
 * Reads how the object's checksum is to be made. CRCs can be of the whole object or composite, SHAs only composite;
 * docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
 */
function uploadChecksum(request: S3Request): UploadChecksum {
  const asked = headerValue(request.headers, "x-amz-checksum-algorithm")?.toUpperCase();
  const type = headerValue(request.headers, "x-amz-checksum-type")?.toUpperCase();
  if (asked === undefined && type === undefined) {
    return { algorithm: DEFAULT_CHECKSUM, type: "FULL_OBJECT", declared: false };
  }
  if (asked === undefined) {
    throw new S3Error("InvalidRequest", {
      message: "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.",
    });
  }
  if (!isChecksumAlgorithm(asked)) {
    throw new S3Error("InvalidRequest", { message: "Checksum algorithm provided is unsupported." });
  }
  const types = checksumTypes(asked);
  const chosen = type === undefined ? types[0] : types.find((candidate) => candidate === type);
  if (chosen === undefined) {
    throw new S3Error("InvalidRequest", {
      message: `The ${type} checksum type cannot be used with the ${asked.toLowerCase()} checksum algorithm.`,
    });
  }
  return { algorithm: asked, type: chosen, declared: true };
}

/** Types that an algorithm can have, S3's default first. */
function checksumTypes(algorithm: ChecksumAlgorithm): readonly UploadChecksum["type"][] {
  if (algorithm === "CRC64NVME") return ["FULL_OBJECT"];
  return algorithm.startsWith("SHA") ? ["COMPOSITE"] : ["COMPOSITE", "FULL_OBJECT"];
}

function assertObjectSize(request: S3Request, upload: Upload): void {
  const expected = headerValue(request.headers, "x-amz-mp-object-size");
  if (expected === undefined) return;
  const actual = [...upload.parts.values()].reduce((sum, part) => sum + part.file.size, 0);
  if (Number(expected) !== actual) {
    throw new S3Error("InvalidRequest", {
      message: `The provided 'x-amz-mp-object-size' header value ${expected} does not match what was computed: ${actual}`,
    });
  }
}
