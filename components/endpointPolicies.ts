import type { CloudPlace } from "./cloudPlace";
import { fleetInputStatements, s3Address } from "./fleetInputPolicies";
import type { Statement } from "./normalizePolicies";
import { keyStatements, pullImageStatements, STAND_IN_VPC } from "./sagemakerPolicies";

/** What the policy of an endpoint's role is about; everything is known by then. */
export interface EndpointRoleSubject extends CloudPlace {
  readonly image: string;
  /** `s3://` addresses that models are read from. */
  readonly models: readonly string[];
  readonly endpointName: string;
  /** ARNs of the alarms that undo an update. */
  readonly rollbackAlarms: readonly string[];
  readonly captureUri: string | undefined;
  readonly inVpc: boolean;
  readonly kmsKeyArn: string | undefined;
}

/**
 * Everything the role of an endpoint's containers may do: pull the image, read the models, write its own log and
 * metrics, look at the alarms that undo an update, and keep what is captured. It can neither write a model nor read a pointer.
 */
export function endpointRolePolicy(subject: EndpointRoleSubject): string {
  const { partition, region, account, endpointName, rollbackAlarms, captureUri, kmsKeyArn } = subject;
  const log = `arn:${partition}:logs:${region}:${account}:log-group:/aws/sagemaker/Endpoints/${endpointName}:*`;
  const Statement: readonly Statement[] = [
    ...pullImageStatements(partition, subject.image),
    {
      Sid: "WriteLogs",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      Resource: log,
    },
    {
      Sid: "WriteMetrics",
      Effect: "Allow",
      Action: "cloudwatch:PutMetricData",
      Resource: "*",
      Condition: { StringEquals: { "cloudwatch:namespace": ["AWS/SageMaker", "/aws/sagemaker/Endpoints"] } },
    },
    ...(rollbackAlarms.length === 0 ? [] : [watchStatement(rollbackAlarms)]),
    ...fleetInputStatements(subject, subject.models),
    ...(captureUri === undefined ? [] : [captureStatement(partition, captureUri)]),
    ...(subject.inVpc ? [STAND_IN_VPC] : []),
    ...(kmsKeyArn === undefined ? [] : keyStatements(subject, kmsKeyArn)),
  ];
  return JSON.stringify({ Version: "2012-10-17", Statement });
}

/** docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails-configuration.html: SageMaker asks with this role. */
function watchStatement(Resource: readonly string[]): Statement {
  return { Sid: "WatchUpdates", Effect: "Allow", Action: "cloudwatch:DescribeAlarms", Resource: [...Resource] };
}

function captureStatement(partition: string, captureUri: string): Statement {
  const { bucket, prefix } = s3Address(captureUri);
  return {
    Sid: "WriteCaptured",
    Effect: "Allow",
    Action: ["s3:PutObject", "s3:AbortMultipartUpload"],
    Resource: `arn:${partition}:s3:::${bucket}/${prefix}*`,
  };
}
