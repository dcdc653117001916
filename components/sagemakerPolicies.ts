import type { CloudPlace } from "./cloudPlace";
import type { Statement } from "./normalizePolicies";

/** Lets SageMaker, and nobody else, take the role. */
export const SAGEMAKER_TRUST_POLICY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "sagemaker.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

/** What pulling images of ECR needs. */
export function pullImageStatements(partition: string, ...images: readonly string[]): readonly Statement[] {
  const [repository = "", ...others] = new Set(images.map((image) => repositoryArn(partition, image)));
  return [
    {
      Sid: "PullImage",
      Effect: "Allow",
      Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      Resource: others.length === 0 ? repository : [repository, ...others],
    },
    // A registry's token has no resource to name (service authorization reference).
    { Sid: "SignInToRegistry", Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
  ];
}

/** An image's repository, whose account and Region may be others, as those of AWS's own images are. */
function repositoryArn(partition: string, image: string): string {
  const [, account, region, repository] = /^(\d+)\.dkr\.ecr\.([^.]+)\.[^/]+\/([^@:]+)[@:]/.exec(image) ?? [];
  return `arn:${partition}:ecr:${region}:${account}:repository/${repository}`;
}

/** EC2 lets none of these be narrowed to interfaces that do not exist yet (sagemaker-roles.html, jobs in a VPC). */
export const STAND_IN_VPC: Statement = {
  Sid: "StandInVpc",
  Effect: "Allow",
  Action: [
    "ec2:CreateNetworkInterface",
    "ec2:CreateNetworkInterfacePermission",
    "ec2:DeleteNetworkInterface",
    "ec2:DeleteNetworkInterfacePermission",
    "ec2:DescribeDhcpOptions",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSubnets",
    "ec2:DescribeVpcs",
  ],
  Resource: "*",
};

/** The key for objects, only while S3 asks for it, and for volumes, only while a service of AWS takes a grant. */
export function keyStatements({ region }: CloudPlace, Resource: string): readonly Statement[] {
  return [
    {
      Sid: "EncryptObjects",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource,
      Condition: { StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } },
    },
    { Sid: "DescribeKey", Effect: "Allow", Action: "kms:DescribeKey", Resource },
    {
      Sid: "EncryptVolumes",
      Effect: "Allow",
      Action: "kms:CreateGrant",
      Resource,
      Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}
