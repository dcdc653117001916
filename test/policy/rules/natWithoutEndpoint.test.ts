import { UNKNOWN } from "../../../contracts/graph";
import { natWithoutEndpoint } from "../../../policy/rules/natWithoutEndpoint";
import { declared } from "../declared";
import { testRule } from "../ruleCases";

const nat = declared("aws:ec2/natGateway:NatGateway", "nat", { subnetId: UNKNOWN });
const endpoint = (serviceName: string | typeof UNKNOWN, vpcEndpointType: string | null = "Gateway") =>
  declared("aws:ec2/vpcEndpoint:VpcEndpoint", "endpoint", { vpcId: UNKNOWN, serviceName, vpcEndpointType });

testRule(natWithoutEndpoint, [
  ["a gateway endpoint passes", [nat, endpoint("com.amazonaws.us-east-1.s3")], []],
  ["the default type passes", [nat, endpoint("com.amazonaws.eu-west-1.s3", null)], []],
  ["none fails", nat, ["fail subnetId"]],
  [
    "an interface endpoint, which is billed too, fails",
    [nat, endpoint("com.amazonaws.us-east-1.s3", "Interface")],
    ["fail subnetId"],
  ],
  ["another service's fails", [nat, endpoint("com.amazonaws.us-east-1.dynamodb")], ["fail subnetId"]],
  ["an unknown service cannot be told", [nat, endpoint(UNKNOWN)], ["unknown subnetId"]],
  ["a private gateway passes", declared("aws:ec2/natGateway:NatGateway", "nat", { connectivityType: "private" }), []],
]);
