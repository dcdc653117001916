import { SERVICE_LIMITS } from "../../../contracts/serviceLimits";
import { apiAddress } from "../apigateway/apiAddress";
import { HttpApi } from "../apigateway/httpApi";
import { GraphInputs } from "../graphInputs";
import { LocalFunction } from "../lambda/localFunction";
import { LocalPlaneError } from "../localPlaneError";
import type { ResourceKind } from "../resourceKind";

/** What an HTTP API leads to: a function, in payload format 2.0. */
export const kind: ResourceKind = {
  types: ["aws:apigatewayv2/integration:Integration"],

  async start(resource, plane) {
    const inputs = GraphInputs.of(resource);
    const api = plane.find(HttpApi, apiAddress(plane.cloud.endpoint, inputs.requiredText("apiId")));
    const uri = inputs.requiredText("integrationUri");
    const arn = /functions\/(arn:[^/]+)\/invocations$/.exec(uri)?.[1] ?? uri;
    if (inputs.requiredText("integrationType") !== "AWS_PROXY" || inputs.text("payloadFormatVersion") !== "2.0") {
      const what = "only AWS_PROXY in payload format 2.0 runs here";
      throw new LocalPlaneError("UnsupportedIntegration", what);
    }
    api.integrations.set(resource.id ?? resource.name, {
      lambda: plane.find(LocalFunction, arn),
      timeoutMs: inputs.number("timeoutMilliseconds") ?? SERVICE_LIMITS.httpApi.integrationMs,
    });
  },
};
