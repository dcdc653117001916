import { readFile } from "node:fs/promises";
import path from "node:path";
import { AssetReference, type GraphResource, reveal } from "../../../contracts/graph";
import { GraphInputs } from "../graphInputs";
import type { LocalPlane } from "../localPlane";
import { LocalPlaneError } from "../localPlaneError";
import type { ResourceKind } from "../resourceKind";

/** An object that the program writes: text that it holds itself, or a file. */
export const kind: ResourceKind = {
  types: ["aws:s3/bucketObjectv2:BucketObjectv2"],

  async start(resource, plane) {
    const inputs = GraphInputs.of(resource);
    const [bucket, key] = [inputs.requiredText("bucket"), inputs.text("key") ?? resource.name];
    const content = await contentOf(resource, inputs.text("content"), plane);
    if (!plane.store.hasBucket(bucket)) throw new LocalPlaneError("NotRunning", `no bucket ${bucket} runs here`);
    const type = inputs.text("contentType");
    await plane.store.put(bucket, key, content, {
      headers: { ...(type !== undefined && { "content-type": type }) },
    });
  },
};

async function contentOf({ inputs }: GraphResource, text: string | undefined, plane: LocalPlane): Promise<Buffer> {
  if (text !== undefined) return Buffer.from(text, "utf8");
  const source = reveal(inputs["source"]);
  if (!(source instanceof AssetReference) || source.kind !== "file" || typeof source.source !== "string") {
    throw new LocalPlaneError("UnsupportedObject", `content must be text, or source a file, to be written here`);
  }
  const file = path.resolve(plane.options.program, source.source);
  try {
    return await readFile(file);
  } catch (cause) {
    throw new LocalPlaneError("UnusableInput", `${file} cannot be read`, { cause });
  }
}
