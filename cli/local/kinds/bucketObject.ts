import { GraphInputs } from "../graphInputs";
import { LocalPlaneError } from "../localPlaneError";
import type { ResourceKind } from "../resourceKind";

/** An object that the program writes: text that it holds itself. */
export const kind: ResourceKind = {
  types: ["aws:s3/bucketObjectv2:BucketObjectv2"],

  async start(resource, plane) {
    const inputs = GraphInputs.of(resource);
    const [bucket, key] = [inputs.requiredText("bucket"), inputs.text("key") ?? resource.name];
    const content = inputs.text("content");
    if (content === undefined) {
      throw new LocalPlaneError("UnsupportedObject", "content must be text to be written here");
    }
    if (!plane.store.hasBucket(bucket)) throw new LocalPlaneError("NotRunning", `no bucket ${bucket} runs here`);
    const type = inputs.text("contentType");
    await plane.store.put(bucket, key, Buffer.from(content, "utf8"), {
      headers: { ...(type !== undefined && { "content-type": type }) },
    });
  },
};
