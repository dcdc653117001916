import { textAt } from "../../quotas/graphInput";
import { type ChargeOrNot, NotPricedReason } from "../charge";
import type { PricedKind } from "./pricedKind";

const REST = "aws:apigateway/restApi:RestApi";

/** An API of API Gateway, HTTP or REST: its requests. An HTTP API counts one for every 512 KB. */
export const api: PricedKind = {
  types: ["aws:apigatewayv2/api:Api", REST],
  charges(resource, stack): readonly ChargeOrNot[] {
    if (resource.type !== REST && textAt(resource.inputs, "protocolType") === "WEBSOCKET")
      return [{ what: "messages", reason: NotPricedReason.NoPrice, why: "no price of WebSocket APIs is in the book" }];
    return [
      {
        what: "requests",
        service: "AmazonApiGateway",
        usageType: resource.type === REST ? "ApiGatewayRequest" : "ApiGatewayHttpRequest",
        quantity: stack.quantity(resource, "requests", stack.usage.network.apiRequests),
        basis: "per-use",
      },
    ];
  },
};
