import { sendEmpty } from "../answers";
import { checksumHeader, type ObjectChecksum } from "../checksums";
import type { Upload } from "../multipartUploads";
import { S3Error } from "../s3Errors";
import type { S3Request } from "../s3Target";
import type { Operation } from "./operation";
import { partNumberOf } from "./partNumber";
import { assertLengthKnown } from "./putObject";

/** UploadPart. */
export const uploadPart: Operation = {
  name: "UploadPart",
  method: "PUT",
  on: "object",
  requires: ["partNumber", "uploadId"],
  copies: false,
  async run({ store, bucketName, request, response }) {
    const number = partNumberOf(request.query);
    const upload = store.uploads.find(bucketName, request.key, request.query.get("uploadId") ?? "");
    assertLengthKnown(request);
    assertAlgorithm(upload, request);
    const checksum = (): ObjectChecksum | undefined => {
      const computed = request.payload.checksum();
      return computed?.algorithm === upload.checksum.algorithm ? computed : undefined;
    };
    const part = await store.uploads.putPart(upload, number, request.body, checksum);
    sendEmpty(response, 200, {
      etag: `"${part.file.md5}"`,
      ...(request.payload.declared && {
        [checksumHeader(request.payload.declared.algorithm)]: request.payload.checksum()?.value,
      }),
    });
  },
};

/**
 * A composite checksum is made of the parts' own, so every part must bring one of the upload's algorithm. An upload
 * for which none was named takes any.
 */
function assertAlgorithm(upload: Upload, request: S3Request): void {
  const { algorithm, type, declared } = upload.checksum;
  const actual = request.payload.declared?.algorithm;
  if (!declared || actual === algorithm || (actual === undefined && type === "FULL_OBJECT")) return;
  throw new S3Error("InvalidRequest", {
    message: `Checksum Type mismatch occurred, expected checksum Type: ${algorithm.toLowerCase()}, actual checksum Type: ${actual?.toLowerCase() ?? "null"}`,
  });
}
