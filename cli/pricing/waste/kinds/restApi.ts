import { inputAt } from "../../../quotas/graphInput";
import type { WasteBill } from "../wasteBill";
import type { WasteFinding, WasteKind } from "../wasteKind";

/** What only REST APIs have: where a stack uses it, its APIs stay what they are. */
const REST_ONLY = ["aws:apigateway/usagePlan:UsagePlan", "aws:apigateway/apiKey:ApiKey"];

/** REST APIs that need nothing that an HTTP API does not have, whose requests cost less than a third. */
export const restApi: WasteKind = {
  id: "rest-api",
  title: "a REST API where an HTTP API would do",
  find(bill: WasteBill): readonly WasteFinding[] {
    if (bill.ofTypes(...REST_ONLY).length > 0) return [];
    return bill.ofTypes("aws:apigateway/restApi:RestApi").flatMap(([api, named]): readonly WasteFinding[] => {
      const types = inputAt(api.inputs, "endpointConfiguration", "types");
      const isPrivate = JSON.stringify(types ?? "").includes("PRIVATE");
      const claims = bill.lines(api, "ApiGatewayRequest").flatMap((line) => {
        const share = bill.cheaperBy(line, "ApiGatewayHttpRequest");
        return share ? [{ line, share, lever: "price" as const }] : [];
      });
      if (isPrivate || claims.length === 0) return [];
      return [
        {
          resources: [named],
          what: "its requests are paid as those of a REST API",
          fix: "an HTTP API (aws.apigatewayv2.Api)",
          provided: "it needs no caching, request validation, mapping templates or web firewall",
          claims,
        },
      ];
    });
  },
};
