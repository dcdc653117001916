import { textAt } from "../../quotas/graphInput";
import { type ChargeOrNot, HOURS_PER_MONTH } from "../charge";
import { Range } from "../range";
import type { PricedKind } from "./pricedKind";

/**
 * An endpoint of a VPC. A gateway endpoint, which is what an endpoint is that names no type, costs nothing
 * (docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html); an interface endpoint is paid in every zone.
 */
export const vpcEndpoint: PricedKind = {
  types: ["aws:ec2/vpcEndpoint:VpcEndpoint"],
  charges(resource, stack): readonly ChargeOrNot[] {
    const given = resource.inputs["vpcEndpointType"];
    const type = given === undefined ? "Gateway" : textAt(resource.inputs, "vpcEndpointType");
    if (type === "Gateway") return [];
    const subnets = resource.inputs["subnetIds"];
    const zones = Array.isArray(subnets) ? Range.exactly(subnets.length) : Range.of(1, 2, 6);
    return [
      {
        what: "hours in each zone",
        service: "AmazonVPC",
        usageType: "VpcEndpoint-Hours",
        quantity: (type === undefined ? zones.fromZero() : zones).times(HOURS_PER_MONTH),
        basis: "fixed",
      },
      {
        what: "data",
        service: "AmazonVPC",
        usageType: "VpcEndpoint-Bytes",
        quantity: stack.quantity(resource, "gb", stack.usage.network.endpointGb),
        basis: "per-use",
      },
    ];
  },
};
