import { AccessPoint } from "../accessPoint";
import { GraphInputs } from "../graphInputs";
import { physicalName } from "../identify";
import { LocalFunction } from "../lambda/localFunction";
import { LocalPlaneError } from "../localPlaneError";
import { ObjectLambdaResponses } from "../objectLambda/objectLambdaResponses";
import { type ObjectLambdaFunction, ObjectLambdaTarget } from "../objectLambda/objectLambdaTarget";
import type { ResourceKind } from "../resourceKind";
import { bucketTarget } from "../s3/bucketTarget";

/** An Object Lambda access point: S3 reads that a function answers. */
export const kind: ResourceKind = {
  types: ["aws:s3control/objectLambdaAccessPoint:ObjectLambdaAccessPoint"],

  identify(registration, cloud) {
    const name = physicalName(registration, "name");
    return {
      id: `${cloud.accountId}:${name}`,
      outputs: {
        name,
        arn: `arn:${cloud.partition}:s3-object-lambda:${cloud.region}:${cloud.accountId}:accesspoint/${name}`,
        alias: `${name}--ol-s3`,
        accountId: cloud.accountId,
      },
    };
  },

  async start(resource, plane) {
    const configuration = GraphInputs.of(resource).object("configuration");
    const accessPoint = plane.find(AccessPoint, configuration.requiredText("supportingAccessPoint"));
    const actions = new Map<string, ObjectLambdaFunction>();
    for (const transformation of configuration.objects("transformationConfigurations")) {
      const lambda = transformation.object("contentTransformation").object("awsLambda");
      const action = {
        lambda: plane.find(LocalFunction, lambda.requiredText("functionArn")),
        payload: lambda.text("functionPayload") ?? "",
      };
      for (const name of transformation.textList("actions")) actions.set(name, action);
    }
    if (actions.size === 0) throw new LocalPlaneError("UnusableInput", `${resource.name} has no transformation`);
    const { name, arn, alias } = GraphInputs.ofOutputs(resource).pick("name", "arn", "alias");
    const target = new ObjectLambdaTarget({
      arn,
      accessPoint,
      actions,
      allowedFeatures: new Set(configuration.textList("allowedFeatures")),
      originals: bucketTarget(plane.store, accessPoint.bucket),
      responses: ObjectLambdaResponses.of(plane),
      cloud: plane.cloud,
      credentials: plane.credentials,
    });
    for (const alternative of [alias, arn, `${name}-${plane.cloud.accountId}`]) plane.target(alternative, target);
  },
};
