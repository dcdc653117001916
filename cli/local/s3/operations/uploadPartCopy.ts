import { sendXml } from "../answers";
import type { ByteRange } from "../byteRange";
import { headerValue } from "../canonicalRequest";
import { createDigester, type ObjectChecksum } from "../checksums";
import { digested } from "../digested";
import { S3Error } from "../s3Errors";
import type { S3Request } from "../s3Target";
import { element } from "../xmlWriter";
import { checksumElements } from "./checksumElements";
import { copySource } from "./copySource";
import type { Operation } from "./operation";
import { partNumberOf } from "./partNumber";

/** UploadPartCopy. */
export const uploadPartCopy: Operation = {
  name: "UploadPartCopy",
  method: "PUT",
  on: "object",
  requires: ["partNumber", "uploadId"],
  copies: true,
  async run(context) {
    const { store, bucketName, request, response } = context;
    const number = partNumberOf(request.query);
    const upload = store.uploads.find(bucketName, request.key, request.query.get("uploadId") ?? "");
    const source = copySource(context);
    const range = sourceRange(request, source.version.size);
    const { algorithm, declared } = upload.checksum;
    const digester = createDigester(algorithm);
    const checksum = (): ObjectChecksum => ({
      algorithm,
      type: "FULL_OBJECT",
      value: digester.digest().toString("base64"),
    });
    const part = await store.uploads.putPart(upload, number, digested(source.open(range), digester), checksum);
    sendXml(
      response,
      element("CopyPartResult", [
        element("ETag", `"${part.file.md5}"`),
        element("LastModified", part.uploadedAt.toISOString()),
        ...(declared ? checksumElements(part.checksum).slice(0, 1) : []),
      ]),
    );
  },
};

/** The range of a copy is strict: both ends, within the object. @throws S3Error InvalidArgument */
function sourceRange(request: S3Request, size: number): ByteRange | undefined {
  const header = headerValue(request.headers, "x-amz-copy-source-range");
  if (header === undefined) return undefined;
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(header) ?? [];
  const range = { start: Number(first ?? Number.NaN), end: Number(last ?? Number.NaN) };
  if (!(range.start <= range.end && range.end < size)) {
    throw new S3Error("InvalidArgument", {
      message: `Range specified is not valid for source object of size: ${size}`,
      details: { ArgumentName: "x-amz-copy-source-range", ArgumentValue: header },
    });
  }
  return range;
}
