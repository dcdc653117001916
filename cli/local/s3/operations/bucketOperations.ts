import { z } from "zod";
import { sendEmpty, sendXml } from "../answers";
import { readSmallBody } from "../requestBody";
import { S3Error } from "../s3Errors";
import { readXml } from "../xmlReader";
import { element, optional } from "../xmlWriter";
import type { Operation } from "./operation";

/** Region in which S3 is older than its location constraints and its error for a bucket that is already there. */
const CLASSIC_REGION = "us-east-1";

const MAX_DOCUMENT_BYTES = 64 * 1024;

const createConfiguration = z.object({
  CreateBucketConfiguration: z.union([z.literal(""), z.object({ LocationConstraint: z.string().optional() })]),
});

const versioningConfiguration = z.object({
  VersioningConfiguration: z.object({ Status: z.enum(["Enabled", "Suspended"]) }),
});

const createBucket: Operation = {
  name: "CreateBucket",
  method: "PUT",
  on: "bucket",
  async run({ store, bucketName, request, response }) {
    const { region } = request.signature;
    const text = await readSmallBody(request.body, MAX_DOCUMENT_BYTES);
    if (text !== "") {
      const configuration = readXml(text, [], createConfiguration).CreateBucketConfiguration;
      const location = configuration === "" ? undefined : configuration.LocationConstraint;
      if (location !== undefined && location !== region) {
        throw new S3Error("IllegalLocationConstraintException", {
          message: `The ${location} location constraint is incompatible for the region specific endpoint this request was sent to.`,
        });
      }
    }
    // In the classic Region creating one's own bucket again succeeds.
    if (!store.hasBucket(bucketName) || region !== CLASSIC_REGION) await store.createBucket(bucketName);
    sendEmpty(response, 200, { location: `/${bucketName}` });
  },
};

const headBucket: Operation = {
  name: "HeadBucket",
  method: "HEAD",
  on: "bucket",
  async run({ store, bucketName, request, response }) {
    store.bucket(bucketName);
    sendEmpty(response, 200, { "x-amz-bucket-region": request.signature.region });
  },
};

const deleteBucket: Operation = {
  name: "DeleteBucket",
  method: "DELETE",
  on: "bucket",
  async run({ store, bucketName, response }) {
    await store.deleteBucket(bucketName);
    sendEmpty(response, 204);
  },
};

const getBucketLocation: Operation = {
  name: "GetBucketLocation",
  method: "GET",
  on: "bucket",
  requires: ["location"],
  async run({ store, bucketName, request, response }) {
    store.bucket(bucketName);
    const { region } = request.signature;
    sendXml(response, element("LocationConstraint", region === CLASSIC_REGION ? "" : region));
  },
};

const getBucketVersioning: Operation = {
  name: "GetBucketVersioning",
  method: "GET",
  on: "bucket",
  requires: ["versioning"],
  async run({ store, bucketName, response }) {
    const { versioning } = store.bucket(bucketName);
    sendXml(response, element("VersioningConfiguration", [optional("Status", versioning)]));
  },
};

const putBucketVersioning: Operation = {
  name: "PutBucketVersioning",
  method: "PUT",
  on: "bucket",
  requires: ["versioning"],
  async run({ store, bucketName, request, response }) {
    const text = await readSmallBody(request.body, MAX_DOCUMENT_BYTES);
    const { Status } = readXml(text, [], versioningConfiguration).VersioningConfiguration;
    await store.setVersioning(bucketName, Status);
    sendEmpty(response, 200);
  },
};

/** Operations on a bucket itself. */
export const bucketOperations: readonly Operation[] = [
  createBucket,
  headBucket,
  deleteBucket,
  getBucketLocation,
  getBucketVersioning,
  putBucketVersioning,
];
