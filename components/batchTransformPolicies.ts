import type { CloudPlace } from "./cloudPlace";
import { writeStatement } from "./endpointPolicies";
import { fleetInputStatements } from "./fleetInputPolicies";
import type { Statement } from "./normalizePolicies";
import { keyStatements, pullImageStatements, STAND_IN_VPC } from "./sagemakerPolicies";

/** What the policy of a transform's role is about; everything is known by then. */
export interface TransformRoleSubject extends CloudPlace {
  readonly image: string;
  /** `s3://` addresses that are read: the model's archive, and what is transformed. */
  readonly reads: readonly string[];
  readonly outputUri: string;
  readonly inVpc: boolean;
  readonly kmsKeyArn: string | undefined;
}

/** Everything the role of pipeline, model and jobs may do: run jobs, pull the image, read model and objects, and write answers. */
export function transformRolePolicy(subject: TransformRoleSubject): string {
  const { partition, region, account, outputUri, kmsKeyArn } = subject;
  const Statement: readonly Statement[] = [
    {
      // Every execution names its jobs `pipelines-<execution>-<step>-<suffix>`.
      Sid: "RunJobs",
      Effect: "Allow",
      Action: [
        "sagemaker:CreateTransformJob",
        "sagemaker:DescribeTransformJob",
        "sagemaker:StopTransformJob",
        "sagemaker:AddTags",
      ],
      Resource: `arn:${partition}:sagemaker:${region}:${account}:transform-job/pipelines-*`,
    },
    ...pullImageStatements(partition, subject.image),
    {
      Sid: "WriteLogs",
      Effect: "Allow",
      Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      Resource: `arn:${partition}:logs:${region}:${account}:log-group:/aws/sagemaker/TransformJobs:*`,
    },
    {
      Sid: "WriteMetrics",
      Effect: "Allow",
      Action: "cloudwatch:PutMetricData",
      Resource: "*",
      Condition: { StringEquals: { "cloudwatch:namespace": "/aws/sagemaker/TransformJobs" } },
    },
    ...fleetInputStatements(subject, subject.reads),
    writeStatement("WriteAnswers", partition, [outputUri]),
    ...(subject.inVpc ? [STAND_IN_VPC] : []),
    ...(kmsKeyArn === undefined ? [] : keyStatements(subject, kmsKeyArn)),
  ];
  return JSON.stringify({ Version: "2012-10-17", Statement });
}
