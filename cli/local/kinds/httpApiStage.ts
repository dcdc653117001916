import { apiAddress } from "../apigateway/apiAddress";
import { HttpApi } from "../apigateway/httpApi";
import { TokenBucket } from "../apigateway/tokenBucket";
import { GraphInputs } from "../graphInputs";
import { physicalName } from "../identify";
import type { ResourceKind } from "../resourceKind";

/** A stage of an HTTP API, with its throttling. */
export const kind: ResourceKind = {
  types: ["aws:apigatewayv2/stage:Stage"],

  identify(registration, { endpoint, partition, region, accountId }) {
    const name = physicalName(registration, "name");
    const apiId = String(registration.inputs["apiId"]);
    const stage = name === "$default" ? "" : name;
    return {
      id: name,
      outputs: {
        name,
        invokeUrl: `${apiAddress(endpoint, apiId)}/${stage}`,
        arn: `arn:${partition}:apigateway:${region}::/apis/${apiId}/stages/${name}`,
        executionArn: `arn:${partition}:execute-api:${region}:${accountId}:${apiId}/${name}`,
      },
    };
  },

  async start(resource, plane) {
    const inputs = GraphInputs.of(resource);
    const api = plane.find(HttpApi, apiAddress(plane.cloud.endpoint, inputs.requiredText("apiId")));
    const settings = inputs.object("defaultRouteSettings");
    const [rate, burst] = [settings.number("throttlingRateLimit"), settings.number("throttlingBurstLimit")];
    api.stages.set(
      inputs.requiredText("name"),
      rate === undefined || burst === undefined ? undefined : new TokenBucket(rate, burst),
    );
  },
};
