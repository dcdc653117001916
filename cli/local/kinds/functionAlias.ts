import { GraphInputs } from "../graphInputs";
import { physicalName } from "../identify";
import { LocalFunction } from "../lambda/localFunction";
import type { ResourceKind } from "../resourceKind";

/** An alias of a function. One version runs here, so that is what it names. */
export const kind: ResourceKind = {
  types: ["aws:lambda/alias:Alias"],

  identify(registration, { partition, region, accountId }) {
    const name = physicalName(registration, "name");
    const functionName =
      String(registration.inputs["functionName"]).split(":")[6] ?? registration.inputs["functionName"];
    const arn = `arn:${partition}:lambda:${region}:${accountId}:function:${functionName}:${name}`;
    const invokeArn = `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${arn}/invocations`;
    return { id: arn, outputs: { name, arn, invokeArn } };
  },

  async start(resource, plane) {
    const lambda = plane.find(LocalFunction, GraphInputs.of(resource).requiredText("functionName"));
    plane.register(lambda, GraphInputs.ofOutputs(resource).requiredText("arn"));
  },
};
