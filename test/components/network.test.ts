import assert from "node:assert/strict";
import { policy, tagsOf } from "./expectedResources";
import { recordedVariant } from "./recordedProgram";

describe("NormalizingAccessPoint in a VPC", function () {
  this.timeout(60_000);

  it("stands there, with a way to S3, leave for its interfaces before it is made, and an access point for the VPC alone", async () => {
    const { resources } = await recordedVariant("private");
    const inputs = (name: string) => resources.find((resource) => resource.name === name)?.inputs;
    assert.deepEqual(inputs("private-access-point")?.["vpcConfiguration"], { vpcId: "vpc-1" });
    assert.deepEqual(inputs("private-function")?.["vpcConfig"], {
      subnetIds: ["subnet-1", "subnet-2"],
      securityGroupIds: ["sg-1"],
    });
    assert.deepEqual(inputs("private-s3-endpoint"), {
      vpcId: "vpc-1",
      serviceName: "com.amazonaws.us-east-1.s3",
      vpcEndpointType: "Gateway",
      routeTableIds: ["rtb-1"],
      tags: tagsOf("private"),
    });
    assert.deepEqual(inputs("private-network-policy"), {
      role: "private-role-id",
      policy: policy({
        Sid: "StandInVpc",
        Effect: "Allow",
        Action: [
          "ec2:CreateNetworkInterface",
          "ec2:DescribeNetworkInterfaces",
          "ec2:DescribeSubnets",
          "ec2:DeleteNetworkInterface",
          "ec2:AssignPrivateIpAddresses",
          "ec2:UnassignPrivateIpAddresses",
        ],
        Resource: "*",
      }),
    });
    const names = resources.map(({ name }) => name);
    assert.ok(names.indexOf("private-network-policy") < names.indexOf("private-function"));
  });

  it("uses the endpoint that a VPC has already", async () => {
    const { resources } = await recordedVariant("private-given");
    const types = resources.map(({ type }) => type);
    assert.equal(types.includes("aws:ec2/vpcEndpoint:VpcEndpoint"), false);
    assert.equal(types.filter((type) => type === "aws:iam/rolePolicy:RolePolicy").length, 2);
  });
});
