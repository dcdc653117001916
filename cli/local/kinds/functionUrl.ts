import { GraphInputs } from "../graphInputs";
import { physicalName } from "../identify";
import { FunctionUrlServer } from "../lambda/functionUrlServer";
import { LocalFunction } from "../lambda/localFunction";
import type { ResourceKind } from "../resourceKind";

/** Path below which a function's URL answers. */
function pathOf(functionName: string): string {
  return `/_functions/${encodeURIComponent(functionName)}/`;
}

/** A function URL: HTTP in front of a function, signed for `lambda` unless it is open to all. */
export const kind: ResourceKind = {
  types: ["aws:lambda/functionUrl:FunctionUrl"],

  identify(registration, cloud) {
    const name = physicalName(registration, "functionName");
    return {
      id: name,
      outputs: {
        functionUrl: `${cloud.endpoint}${pathOf(name)}`,
        functionArn: `arn:${cloud.partition}:lambda:${cloud.region}:${cloud.accountId}:function:${name}`,
        urlId: name,
      },
    };
  },

  async start(resource, plane) {
    const inputs = GraphInputs.of(resource);
    const name = inputs.requiredText("functionName");
    const server = new FunctionUrlServer(
      plane.find(LocalFunction, name),
      inputs.requiredText("authorizationType") === "NONE" ? undefined : plane.credentials,
      plane.cloud.region,
    );
    plane.route(pathOf(name), (request, response, rest) => server.answer(request, response, rest));
  },
};
