import { FleetFolder } from "../contracts/fleetLayout";
import { fleetInputStatements, s3Address } from "./fleetInputPolicies";
import type { Statement } from "./normalizePolicies";

/** Lets SageMaker, and nobody else, take the role. */
export const SAGEMAKER_TRUST_POLICY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "sagemaker.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

/** Where a stack stands. */
export interface CloudPlace {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** What a policy of the fleet's role is about; everything is known by then. */
export interface FleetRoleSubject extends CloudPlace {
  readonly roleArn: string;
  readonly image: string;
  /** `s3://` address of the fleet's folder. */
  readonly fleetUri: string;
  /** Whether a dataset is split and models are published. */
  readonly split: boolean;
  /** `s3://` addresses that are read besides: the dataset and the channels. */
  readonly inputs: readonly string[];
  readonly inVpc: boolean;
  readonly kmsKeyArn: string | undefined;
}

/**
 * Everything the role of pipeline and jobs may do: run jobs, pull the image, read the inputs, and keep the fleet's
 * own folders. Nothing in the fleet's bucket besides is its to read, pins are not its to write, and only models and
 * working files are its to delete.
 */
export function fleetRolePolicy(subject: FleetRoleSubject): string {
  const Statement: readonly Statement[] = [
    ...runStatements(subject),
    ...folderStatements(subject),
    ...fleetInputStatements(subject, subject.inputs),
    ...(subject.inVpc ? [NETWORK_STATEMENT] : []),
    ...(subject.kmsKeyArn === undefined ? [] : keyStatements(subject, subject.kmsKeyArn)),
  ];
  return JSON.stringify({ Version: "2012-10-17", Statement });
}

function runStatements({ partition, region, account, roleArn, image }: FleetRoleSubject): readonly Statement[] {
  const job = (type: string) => `arn:${partition}:sagemaker:${region}:${account}:${type}/pipelines-*`;
  const log = (type: string) => `arn:${partition}:logs:${region}:${account}:log-group:/aws/sagemaker/${type}:*`;
  return [
    {
      // Every execution names its jobs `pipelines-<execution>-<step>-<suffix>`.
      Sid: "RunJobs",
      Effect: "Allow",
      Action: [
        "sagemaker:CreateProcessingJob",
        "sagemaker:DescribeProcessingJob",
        "sagemaker:StopProcessingJob",
        "sagemaker:CreateTrainingJob",
        "sagemaker:DescribeTrainingJob",
        "sagemaker:StopTrainingJob",
        "sagemaker:AddTags",
      ],
      Resource: [job("processing-job"), job("training-job")],
    },
    {
      Sid: "PassItselfToJobs",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: roleArn,
      Condition: { StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" } },
    },
    {
      Sid: "PullImage",
      Effect: "Allow",
      Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      Resource: repositoryArn(partition, image),
    },
    // A registry's token has no resource to name (service authorization reference), nor have metrics.
    { Sid: "SignInToRegistry", Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
    {
      Sid: "WriteLogs",
      Effect: "Allow",
      Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      Resource: [log("ProcessingJobs"), log("TrainingJobs")],
    },
    {
      Sid: "WriteMetrics",
      Effect: "Allow",
      Action: "cloudwatch:PutMetricData",
      Resource: "*",
      Condition: {
        StringEquals: { "cloudwatch:namespace": ["/aws/sagemaker/ProcessingJobs", "/aws/sagemaker/TrainingJobs"] },
      },
    },
  ];
}

/** An image's repository, whose account and Region may be others, as those of AWS's own images are. */
function repositoryArn(partition: string, image: string): string {
  const [, account, region, repository] = /^(\d+)\.dkr\.ecr\.([^.]+)\.[^/]+\/([^@]+)@/.exec(image) ?? [];
  return `arn:${partition}:ecr:${region}:${account}:repository/${repository}`;
}

function folderStatements({ partition, fleetUri, split }: FleetRoleSubject): readonly Statement[] {
  const { bucket, prefix } = s3Address(fleetUri);
  const bucketArn = `arn:${partition}:s3:::${bucket}`;
  const { Models, Runs, Pointers, State, Pins } = FleetFolder;
  const within = (...folders: readonly string[]) => folders.map((folder) => `${bucketArn}/${prefix}${folder}*`);
  const published = split ? [Pointers, State] : [];
  const read = [Models, Runs, ...published, ...(split ? [Pins] : [])];
  return [
    { Sid: "ReadFleet", Effect: "Allow", Action: "s3:GetObject", Resource: within(...read) },
    {
      Sid: "WriteFleet",
      Effect: "Allow",
      Action: ["s3:PutObject", "s3:AbortMultipartUpload"],
      Resource: within(Models, Runs, ...published),
    },
    { Sid: "DeleteModels", Effect: "Allow", Action: "s3:DeleteObject", Resource: within(Models, Runs) },
    {
      Sid: "ListFleet",
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: bucketArn,
      Condition: { StringLike: { "s3:prefix": read.map((folder) => `${prefix}${folder}*`) } },
    },
    { Sid: "LocateFleet", Effect: "Allow", Action: "s3:GetBucketLocation", Resource: bucketArn },
  ];
}

/** EC2 lets none of these be narrowed to interfaces that do not exist yet (sagemaker-roles.html, jobs in a VPC). */
const NETWORK_STATEMENT: Statement = {
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
function keyStatements({ region }: CloudPlace, Resource: string): readonly Statement[] {
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
