import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Delivery } from "../contracts/delivery";
import type { CheckedInputs } from "./checkedInputs";

/** A network that a function stands in, and that alone may use the access point over the originals. */
export interface VpcArgs {
  /** Id of the VPC. */
  vpcId: pulumi.Input<string>;
  /** Ids of private subnets of it, best in two zones; each needs a route to S3. */
  subnetIds: pulumi.Input<string>[];
  /** Ids of security groups of the function: they must let HTTPS out to S3's prefix list, and nothing in. */
  securityGroupIds: pulumi.Input<string>[];
  /**
   * Ids of the subnets' route tables, which get a gateway endpoint for S3 (free of charge).
   * Defaults to none: then the VPC has that endpoint already, for a route table has one at most.
   */
  routeTableIds?: pulumi.Input<string>[];
}

/**
 * What a function in a VPC needs before it can be made there: a way to S3, and leave for Lambda to make network interfaces
 * with the function's role, as the managed policy AWSLambdaVPCAccessExecutionRole has it. EC2 lets neither be narrowed
 * to interfaces that do not exist yet.
 */
export function functionNetwork(
  name: string,
  vpc: VpcArgs,
  { role, region, tags }: { role: aws.iam.Role; region: pulumi.Input<string>; tags: Record<string, string> },
  parent: pulumi.Resource,
): pulumi.Resource[] {
  const needed: pulumi.Resource[] = [
    new aws.iam.RolePolicy(`${name}-network-policy`, { role: role.id, policy: NETWORK_POLICY }, { parent }),
  ];
  if (vpc.routeTableIds !== undefined) {
    needed.push(
      new aws.ec2.VpcEndpoint(
        `${name}-s3-endpoint`,
        {
          vpcId: vpc.vpcId,
          serviceName: pulumi.interpolate`com.amazonaws.${region}.s3`,
          vpcEndpointType: "Gateway",
          routeTableIds: vpc.routeTableIds,
          tags,
        },
        { parent },
      ),
    );
  }
  return needed;
}

const NETWORK_POLICY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
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
    },
  ],
});

/** Checks a network, and that what is delivered can be delivered from it. */
export function checkVpc(vpc: VpcArgs, deliveries: readonly string[], checks: CheckedInputs): void {
  checks.plain("deliveries", deliveries, {
    allowed: `${Delivery.Materialized} alone with vpc: function URLs answer on the public internet only, and a function answers Object Lambda at an address that S3's gateway endpoint does not reach`,
    test: (values) => values.length === 1 && values[0] === Delivery.Materialized,
  });
  for (const property of ["subnetIds", "securityGroupIds"] as const) {
    checks.plain(`vpc.${property}`, vpc[property], { allowed: "one id or more", test: (ids) => ids.length > 0 });
  }
  const { routeTableIds } = vpc;
  if (routeTableIds === undefined) return;
  checks.plain("vpc.routeTableIds", routeTableIds, {
    allowed: "one id or more, or nothing",
    test: (ids) => ids.length > 0,
  });
}
