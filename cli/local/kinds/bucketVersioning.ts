import { GraphInputs } from "../graphInputs";
import { LocalPlaneError } from "../localPlaneError";
import type { ResourceKind } from "../resourceKind";

/** Versioning of a bucket of the embedded store. */
export const kind: ResourceKind = {
  types: ["aws:s3/bucketVersioning:BucketVersioning"],

  async start(resource, plane) {
    const inputs = GraphInputs.of(resource);
    const bucket = inputs.requiredText("bucket");
    const status = inputs.object("versioningConfiguration").requiredText("status");
    if (status !== "Enabled" && status !== "Suspended") return;
    if (!plane.store.hasBucket(bucket)) throw new LocalPlaneError("NotRunning", `no bucket ${bucket} runs here`);
    await plane.store.setVersioning(bucket, status);
  },
};
