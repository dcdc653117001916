import { readFileSync } from "node:fs";
import path from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { Delivery } from "../../../contracts/delivery";
import { type GraphResource, isGraphObject } from "../../../contracts/graph";
import type { LocalAccessPoint } from "../../../contracts/localManifest";
import { isModuleManifest, ModuleArchive, parseModuleOptions } from "../../../contracts/moduleTransformation";
import { parseTransformation } from "../../../contracts/transformation";
import { GraphInputs } from "../graphInputs";
import { LocalPlaneError } from "../localPlaneError";
import type { ResourceKind } from "../resourceKind";

/** A NormalizingAccessPoint. What it is made of runs by itself; this tells readers where. */
export const kind: ResourceKind = {
  types: ["frugal-ml:index:NormalizingAccessPoint"],

  async start(resource, plane) {
    const outputs = GraphInputs.ofOutputs(resource);
    const common = {
      name: resource.name,
      bucket: outputs.requiredText("bucketName"),
      hash: outputs.requiredText("transformationHash"),
      ...whatIsDone(resource, plane.options.program),
    };
    const url = outputs.text("url");
    if (url !== undefined) {
      const [arn, alias] = [outputs.requiredText("accessPointArn"), outputs.requiredText("accessPointAlias")];
      plane.describe("accessPoints", { ...common, delivery: Delivery.FunctionUrl, arn, alias, url });
    }
    const alias = outputs.text("objectLambdaAlias");
    if (alias !== undefined) {
      const arn = outputs.requiredText("objectLambdaArn");
      plane.describe("accessPoints", { ...common, delivery: Delivery.ObjectLambda, arn, alias });
    }
    const derived = outputs.text("derivedBucketName");
    if (derived !== undefined) {
      const arn = `arn:${plane.cloud.partition}:s3:::${derived}`;
      const [prefix, queueUrl] = [outputs.requiredText("derivedPrefix"), outputs.requiredText("queueUrl")];
      const delivery = Delivery.Materialized;
      plane.describe("accessPoints", { ...common, delivery, arn, alias: derived, prefix, queueUrl });
    }
  },
};

/** The module whose archive `code` names, or else the transformation of images. */
function whatIsDone(
  { inputs, name }: GraphResource,
  program: string,
): Pick<LocalAccessPoint, "transformation" | "module"> {
  const { code, moduleOptions, transformation } = inputs;
  if (typeof code !== "string") {
    return { transformation: parseTransformation(isGraphObject(transformation) ? transformation : {}) };
  }
  const entries = unzipSync(readFileSync(path.resolve(program, code)), {
    filter: (entry) => entry.name === ModuleArchive.Manifest,
  });
  const manifest: unknown = JSON.parse(strFromU8(entries[ModuleArchive.Manifest] ?? new Uint8Array()));
  if (!isModuleManifest(manifest))
    throw new LocalPlaneError("UnusableInput", `${name}: ${code} is no module's archive`);
  return { module: parseModuleOptions(manifest.module, typeof moduleOptions === "string" ? moduleOptions : undefined) };
}
