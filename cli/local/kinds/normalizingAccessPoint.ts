import { Delivery } from "../../../contracts/delivery";
import { isGraphObject } from "../../../contracts/graph";
import { parseTransformation } from "../../../contracts/transformation";
import { GraphInputs } from "../graphInputs";
import type { ResourceKind } from "../resourceKind";

/** A NormalizingAccessPoint. What it is made of runs by itself; this tells readers where. */
export const kind: ResourceKind = {
  types: ["frugal-ml:index:NormalizingAccessPoint"],

  async start(resource, plane) {
    const outputs = GraphInputs.ofOutputs(resource);
    const transformation = resource.inputs["transformation"];
    const common = {
      name: resource.name,
      bucket: outputs.requiredText("bucketName"),
      hash: outputs.requiredText("transformationHash"),
      transformation: parseTransformation(isGraphObject(transformation) ? transformation : {}),
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
