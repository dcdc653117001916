import { apiAddress } from "../apigateway/apiAddress";
import { HttpApi } from "../apigateway/httpApi";
import { GraphInputs } from "../graphInputs";
import { physicalName } from "../identify";
import { LocalPlaneError } from "../localPlaneError";
import type { ResourceKind } from "../resourceKind";

/** An HTTP API of API Gateway; its routes and stages are resources of their own. */
export const kind: ResourceKind = {
  types: ["aws:apigatewayv2/api:Api"],

  identify(registration, { endpoint, partition, region, accountId }) {
    const name = physicalName(registration, "name");
    return {
      id: name,
      outputs: {
        name,
        apiEndpoint: apiAddress(endpoint, name),
        arn: `arn:${partition}:apigateway:${region}::/apis/${name}`,
        executionArn: `arn:${partition}:execute-api:${region}:${accountId}:${name}`,
      },
    };
  },

  async start(resource, plane) {
    const protocol = GraphInputs.of(resource).requiredText("protocolType");
    if (protocol !== "HTTP") {
      throw new LocalPlaneError("UnsupportedApi", `${protocol} APIs do not run here; HTTP APIs do`);
    }
    const { name, apiEndpoint } = GraphInputs.ofOutputs(resource).pick("name", "apiEndpoint");
    const api = new HttpApi(name, plane);
    plane.register(api, apiEndpoint);
    plane.route(`${new URL(apiEndpoint).pathname}/`, (request, response, rest) => api.answer(request, response, rest));
    // A classifier tells its callers more; see its own kind.
    if (!resource.parent?.includes("frugal-ml:index:ClassifierApi")) {
      plane.describe("apis", { name, url: `${apiEndpoint}/` });
    }
  },
};
