import { S3Error } from "../s3Errors";
import type { S3Request } from "../s3Target";
import { bucketOperations } from "./bucketOperations";
import { copyObject } from "./copyObject";
import { deleteObject } from "./deleteObject";
import { deleteObjects } from "./deleteObjects";
import { getObject, headObject } from "./getObject";
import { listMultipartUploads } from "./listMultipartUploads";
import { listObjectsV1, listObjectsV2 } from "./listObjects";
import { listObjectVersions } from "./listObjectVersions";
import { listParts } from "./listParts";
import { multipartUploadOperations } from "./multipartUpload";
import type { Operation } from "./operation";
import { putObject } from "./putObject";
import { uploadPart } from "./uploadPart";
import { uploadPartCopy } from "./uploadPartCopy";

const OPERATIONS: readonly Operation[] = [
  ...bucketOperations,
  listObjectsV1,
  listObjectsV2,
  listObjectVersions,
  listMultipartUploads,
  deleteObjects,
  putObject,
  copyObject,
  getObject,
  headObject,
  deleteObject,
  ...multipartUploadOperations,
  uploadPart,
  uploadPartCopy,
  listParts,
];

/**
 * The operation that a request means. A query parameter that no operation knows means one that is not implemented:
 * to ignore it could store a policy document as an object.
 * @throws S3Error NotImplemented
 */
export function chooseOperation(request: S3Request): Operation {
  const parameters = [...request.query.keys()].filter((name) => name !== "x-id" && !/^x-amz-/i.test(name));
  const on = request.key === "" ? "bucket" : "object";
  const copies = request.headers["x-amz-copy-source"] !== undefined;
  const operation = OPERATIONS.find((candidate) => {
    const { requires = [], allows = [] } = candidate;
    return (
      candidate.method === request.method &&
      candidate.on === on &&
      (candidate.copies === undefined || candidate.copies === copies) &&
      requires.every((name) => parameters.includes(name)) &&
      parameters.every((name) => requires.includes(name) || allows.includes(name))
    );
  });
  if (operation === undefined) {
    throw new S3Error("NotImplemented", {
      message: "A query parameter or method you provided implies functionality that is not implemented.",
      details: { Method: request.method, ...(parameters.length > 0 && { Parameters: parameters.join(", ") }) },
    });
  }
  return operation;
}
