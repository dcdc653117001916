import { apiAddress } from "../apigateway/apiAddress";
import { HttpApi, type RouteAuthorization } from "../apigateway/httpApi";
import { GraphInputs } from "../graphInputs";
import { LocalPlaneError } from "../localPlaneError";
import type { ResourceKind } from "../resourceKind";

/** A route of an HTTP API. */
export const kind: ResourceKind = {
  types: ["aws:apigatewayv2/route:Route"],

  async start(resource, plane) {
    const inputs = GraphInputs.of(resource);
    const api = plane.find(HttpApi, apiAddress(plane.cloud.endpoint, inputs.requiredText("apiId")));
    const target = (inputs.text("target") ?? "").replace(/^integrations\//, "");
    const integration = api.integrations.get(target);
    if (integration === undefined) {
      throw new LocalPlaneError("NotRunning", `no integration ${target} runs here`);
    }
    const type = inputs.text("authorizationType") ?? "NONE";
    if (inputs.textList("authorizationScopes").length > 0) {
      throw new LocalPlaneError("UnsupportedAuthorizer", "authorizationScopes are not checked here");
    }
    api.routes.push({
      routeKey: inputs.requiredText("routeKey"),
      integration,
      authorization: authorizationOf(api, type, inputs.text("authorizerId")),
    });
  },
};

function authorizationOf(api: HttpApi, type: string, authorizerId: string | undefined): RouteAuthorization {
  if (type === "NONE" || type === "AWS_IAM") return { type };
  const authorizer = api.authorizers.get(authorizerId ?? "");
  if (type === "JWT" && authorizer !== undefined) return { type, authorizer };
  throw new LocalPlaneError("UnsupportedAuthorizer", `authorization ${type} does not run here`);
}
