import { z } from "zod";
import { SERVICE_LIMITS } from "../../../../contracts/serviceLimits";
import { sendXml } from "../answers";
import type { ObjectStore } from "../objectStore";
import { readSmallBody } from "../requestBody";
import { S3Error } from "../s3Errors";
import { readXml } from "../xmlReader";
import { element, optional, type XmlElement } from "../xmlWriter";
import type { Operation } from "./operation";

/** 1,000 keys of 1,024 bytes, each byte written as an entity at worst. */
const MAX_DOCUMENT_BYTES = 8 * 1024 * 1024;

const deletion = z.object({
  Delete: z.object({
    Quiet: z.string().optional(),
    Object: z
      .array(
        z.object({
          Key: z.string().min(1),
          VersionId: z.string().optional(),
          ETag: z.string().optional(),
        }),
      )
      .min(1)
      .max(SERVICE_LIMITS.s3.deleteKeys),
  }),
});

type Doomed = z.output<typeof deletion>["Delete"]["Object"][number];

/** DeleteObjects: up to 1,000 keys, each with its own result. */
export const deleteObjects: Operation = {
  name: "DeleteObjects",
  method: "POST",
  on: "bucket",
  requires: ["delete"],
  async run({ store, bucketName, request, response }) {
    store.bucket(bucketName);
    if (request.payload.declared === undefined && request.headers["content-md5"] === undefined) {
      throw new S3Error("InvalidRequest", {
        message: "Missing required header for this request: Content-MD5 OR x-amz-checksum-*",
      });
    }
    const text = await readSmallBody(request.body, MAX_DOCUMENT_BYTES);
    const { Quiet, Object: objects } = readXml(text, ["Object"], deletion).Delete;
    const results: XmlElement[] = [];
    for (const object of objects) {
      const result = await deleteOne(store, bucketName, object);
      if (result.name === "Error" || Quiet?.toLowerCase() !== "true") results.push(result);
    }
    sendXml(response, element("DeleteResult", results));
  },
};

async function deleteOne(store: ObjectStore, bucketName: string, doomed: Doomed): Promise<XmlElement> {
  const { Key, VersionId, ETag } = doomed;
  try {
    const result = await store.delete(bucketName, Key, {
      ...(VersionId !== undefined && { versionId: VersionId }),
      ...(ETag !== undefined && { condition: { ifMatch: ETag } }),
    });
    return element("Deleted", [
      element("Key", Key),
      optional("VersionId", VersionId),
      optional("DeleteMarker", result.deleteMarker || undefined),
      optional("DeleteMarkerVersionId", result.deleteMarker ? result.versionId : undefined),
    ]);
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    return element("Error", [
      element("Key", Key),
      optional("VersionId", VersionId),
      element("Code", error.code),
      element("Message", error.message),
    ]);
  }
}
