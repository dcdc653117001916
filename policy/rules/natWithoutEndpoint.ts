import { isUnknown } from "../../contracts/graph";
import type { Finding, Rule } from "../../contracts/rule";
import { valueAt } from "../subjects/valueAt";

const ENDPOINT_TYPES = ["aws:ec2/vpcEndpoint:VpcEndpoint", "aws-native:ec2:VpcEndpoint"] as const;

/** Services of S3's gateway endpoint in any Region; `s3-global` and interface endpoints are others. */
const S3 = /^(com\.amazonaws|cn\.com\.amazonaws)\.[a-z0-9-]+\.s3$/;

/** Data of S3 does not go through a NAT gateway. */
export const natWithoutEndpoint: Rule = {
  id: "nat-without-s3-endpoint",
  pack: "guardrails",
  severity: "medium",
  enforcement: "advisory",
  onUnknown: "report",
  title: "Networks with a NAT gateway reach S3 through a gateway endpoint",
  why:
    "A NAT gateway bills every GB at $0.045 (us-east-1, AWS price list of 2025-10-28): training that reads a dataset of 1 TB " +
    "each night pays $1,350 a month for a way to S3 that costs nothing through a gateway endpoint.",
  fix: "Add an aws.ec2.VpcEndpoint of type Gateway for com.amazonaws.<region>.s3 with the private route tables.",
  docs: "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html",
  config: {},
  types: ["aws:ec2/natGateway:NatGateway", "aws-native:ec2:NatGateway"],
  check: () => [],

  checkInStack(resource, { ofTypes }): readonly Finding[] {
    const path = "subnetId";
    if (valueAt(resource.inputs, "connectivityType") === "private") return [];
    const endpoints = ofTypes(ENDPOINT_TYPES).filter(
      ({ inputs }) => (valueAt(inputs, "vpcEndpointType") ?? "Gateway") === "Gateway",
    );
    const services = endpoints.map(({ inputs }) => valueAt(inputs, "serviceName"));
    if (services.some((service) => typeof service === "string" && S3.test(service))) return [];
    const must = "the network must have a gateway endpoint for S3";
    if (services.some(isUnknown))
      return [{ status: "unknown", path, message: `an endpoint's service is not known yet; ${must}` }];
    return [{ status: "fail", path, message: `this stack has no gateway endpoint for S3; ${must}` }];
  },
};
