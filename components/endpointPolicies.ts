import type { CloudPlace } from "./cloudPlace";
import { fleetInputStatements, s3Address } from "./fleetInputPolicies";
import type { Statement } from "./normalizePolicies";
import { keyStatements, pullImageStatements, STAND_IN_VPC } from "./sagemakerPolicies";

/** What the policy of an endpoint's role is about; everything is known by then. */
export interface EndpointRoleSubject extends CloudPlace {
  readonly images: readonly string[];
  /** `s3://` addresses that are read: models, and what is asked where it is an object. */
  readonly reads: readonly string[];
  /** `s3://` addresses of folders that answers are written to; may be none. */
  readonly writes: readonly string[];
  /** ARNs of the SNS topics that hear of answers; may be none. */
  readonly topics: readonly string[];
  readonly endpointName: string;
  /** ARNs of the alarms that undo an update. */
  readonly rollbackAlarms: readonly string[];
  readonly captureUri: string | undefined;
  readonly inVpc: boolean;
  readonly kmsKeyArn: string | undefined;
}

/**
 * Everything the role of an endpoint's containers may do: pull the image, read the models, write its own log and
 * metrics, look at the alarms that undo an update, keep what is captured, and leave answers where they are fetched. It can neither
 * write a model nor read a pointer.
 */
export function endpointRolePolicy(subject: EndpointRoleSubject): string {
  const { partition, region, account, endpointName, rollbackAlarms, captureUri, kmsKeyArn } = subject;
  const log = `arn:${partition}:logs:${region}:${account}:log-group:/aws/sagemaker/Endpoints/${endpointName}:*`;
  const Statement: readonly Statement[] = [
    ...pullImageStatements(partition, ...subject.images),
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
    ...fleetInputStatements(subject, subject.reads),
    ...(subject.writes.length === 0 ? [] : [writeStatement("WriteAnswers", partition, subject.writes)]),
    ...(subject.topics.length === 0 ? [] : [tellStatement(subject.topics)]),
    ...(captureUri === undefined ? [] : [writeStatement("WriteCaptured", partition, [captureUri])]),
    ...(subject.inVpc ? [STAND_IN_VPC] : []),
    ...(kmsKeyArn === undefined ? [] : keyStatements(subject, kmsKeyArn)),
  ];
  return JSON.stringify({ Version: "2012-10-17", Statement });
}

/** docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails-configuration.html: SageMaker asks with this role. */
function watchStatement(Resource: readonly string[]): Statement {
  return { Sid: "WatchUpdates", Effect: "Allow", Action: "cloudwatch:DescribeAlarms", Resource: [...Resource] };
}

/** docs.aws.amazon.com/sagemaker/latest/dg/async-inference-create-endpoint-prerequisites.html */
function tellStatement(Resource: readonly string[]): Statement {
  return { Sid: "TellOfAnswers", Effect: "Allow", Action: "sns:Publish", Resource: [...Resource] };
}

/** Leave to write below folders; of one folder the resource is no list. */
export function writeStatement(Sid: string, partition: string, uris: readonly string[]): Statement {
  const [folder = "", ...others] = uris.map((uri) => {
    const { bucket, prefix } = s3Address(uri);
    return `arn:${partition}:s3:::${bucket}/${prefix}*`;
  });
  return {
    Sid,
    Effect: "Allow",
    Action: ["s3:PutObject", "s3:AbortMultipartUpload"],
    Resource: others.length === 0 ? folder : [folder, ...others],
  };
}
