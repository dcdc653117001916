import { FleetFolder } from "../contracts/fleetLayout";
import type { CloudPlace } from "./cloudPlace";
import { fleetInputStatements, s3Address } from "./fleetInputPolicies";
import type { Statement } from "./normalizePolicies";
import { keyStatements, pullImageStatements, STAND_IN_VPC } from "./sagemakerPolicies";

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
    ...(subject.inVpc ? [STAND_IN_VPC] : []),
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
    ...pullImageStatements(partition, image),
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
