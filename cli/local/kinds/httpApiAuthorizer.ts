import { apiAddress } from "../apigateway/apiAddress";
import { HttpApi } from "../apigateway/httpApi";
import { JwtAuthorizer } from "../apigateway/jwtAuthorizer";
import { GraphInputs } from "../graphInputs";
import { LocalPlaneError } from "../localPlaneError";
import type { ResourceKind } from "../resourceKind";

/** The place of the token, in the words of API Gateway. */
const AUTHORIZATION_HEADER = "$request.header.Authorization";

/** A JWT authorizer of an HTTP API. */
export const kind: ResourceKind = {
  types: ["aws:apigatewayv2/authorizer:Authorizer"],

  async start(resource, plane) {
    const inputs = GraphInputs.of(resource);
    const api = plane.find(HttpApi, apiAddress(plane.cloud.endpoint, inputs.requiredText("apiId")));
    const sources = inputs.textList("identitySources");
    if (inputs.requiredText("authorizerType") !== "JWT" || sources.join() !== AUTHORIZATION_HEADER) {
      const what = `only JWT authorizers of ${AUTHORIZATION_HEADER} run here`;
      throw new LocalPlaneError("UnsupportedAuthorizer", what);
    }
    const jwt = inputs.object("jwtConfiguration");
    const settings = { issuer: jwt.requiredText("issuer"), audiences: jwt.textList("audiences") };
    api.authorizers.set(resource.id ?? resource.name, new JwtAuthorizer(settings));
  },
};
