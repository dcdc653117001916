import type { ServerResponse } from "node:http";
import { sendXml } from "../answers";
import type { ObjectStore } from "../objectStore";
import { S3Error } from "../s3Errors";
import type { S3Request } from "../s3Target";
import { element, optional } from "../xmlWriter";
import { OWNER } from "./owner";

/** ListBuckets: all of them on one page, those of a prefix when it is given. */
export async function listBuckets(store: ObjectStore, request: S3Request, response: ServerResponse): Promise<void> {
  const known = ["prefix", "x-id"];
  const other = [...request.query.keys()].find((name) => !known.includes(name) && !/^x-amz-/i.test(name));
  if (request.method !== "GET" || other !== undefined) {
    throw new S3Error("NotImplemented", {
      details: { Method: request.method, ...(other !== undefined && { Parameters: other }) },
    });
  }
  const prefix = request.query.get("prefix");
  const buckets = store.buckets().filter((bucket) => bucket.name.startsWith(prefix ?? ""));
  sendXml(
    response,
    element("ListAllMyBucketsResult", [
      OWNER,
      element(
        "Buckets",
        buckets.map(({ name, createdAt }) =>
          element("Bucket", [element("Name", name), element("CreationDate", createdAt.toISOString())]),
        ),
      ),
      optional("Prefix", prefix ?? undefined),
    ]),
  );
}
