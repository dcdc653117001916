import * as pulumi from "@pulumi/pulumi";

/** One statement of an IAM policy, with outputs where ARNs are not known yet. */
interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: pulumi.Input<{ readonly AWS: pulumi.Input<pulumi.Input<string>[]> }>;
  readonly Action: string | string[];
  readonly Resource: pulumi.Input<string> | pulumi.Input<string>[];
  readonly Condition?: Record<string, Record<string, pulumi.Input<string | string[]>>>;
}

function policyDocument(statements: readonly Statement[]): pulumi.Output<string> {
  return pulumi.jsonStringify({ Version: "2012-10-17", Statement: statements });
}

/** Lets Lambda, and nobody else, take the role. */
export const LAMBDA_TRUST_POLICY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

/** What a policy of the function is about. */
export interface FunctionPolicySubject {
  readonly logGroupArn: pulumi.Input<string>;
  readonly accessPointArn: pulumi.Output<string>;
  readonly bucketArn: pulumi.Output<string>;
  /** The Object Lambda access point that it answers for, if any. */
  readonly objectLambdaArn?: pulumi.Input<string>;
  /** Whether it reads originals itself. Object Lambda hands it a presigned URL instead, which needs no permission. */
  readonly readsOriginals: boolean;
}

/** Everything the function may do, and nothing more: write its log and traces, read originals, answer. */
export function functionPolicy(subject: FunctionPolicySubject): pulumi.Output<string> {
  const statements: Statement[] = [
    {
      Sid: "WriteLog",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: pulumi.interpolate`${subject.logGroupArn}:*`,
    },
    // X-Ray has no resources to name (service authorization reference).
    {
      Sid: "WriteTraces",
      Effect: "Allow",
      Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
      Resource: "*",
    },
  ];
  if (subject.readsOriginals) {
    statements.push(
      {
        Sid: "ReadThroughAccessPoint",
        Effect: "Allow",
        Action: "s3:GetObject",
        Resource: pulumi.interpolate`${subject.accessPointArn}/object/*`,
      },
      {
        // S3 asks the bucket as well as the access point; the condition keeps the direct way shut.
        Sid: "ReadBucketBehindAccessPoint",
        Effect: "Allow",
        Action: "s3:GetObject",
        Resource: pulumi.interpolate`${subject.bucketArn}/*`,
        Condition: { StringEquals: { "s3:DataAccessPointArn": subject.accessPointArn } },
      },
    );
  }
  if (subject.objectLambdaArn !== undefined) {
    statements.push({
      Sid: "AnswerObjectLambda",
      Effect: "Allow",
      Action: "s3-object-lambda:WriteGetObjectResponse",
      Resource: subject.objectLambdaArn,
    });
  }
  return policyDocument(statements);
}

/**
 * Who may read through the Object Lambda access point: the named readers, or else whoever the account's own IAM
 * policies allow.
 */
export function objectLambdaPolicy(
  objectLambdaArn: pulumi.Output<string>,
  readers: pulumi.Input<string>[],
): pulumi.Output<string> {
  const account = objectLambdaArn.apply((arn) => {
    const [, partition, , , id] = arn.split(":");
    return `arn:${partition}:iam::${id}:root`;
  });
  return policyDocument([
    {
      Sid: "ReadNormalized",
      Effect: "Allow",
      Principal: { AWS: readers.length > 0 ? readers : [account] },
      Action: "s3-object-lambda:GetObject",
      Resource: objectLambdaArn,
    },
  ]);
}

/** Lets readers reach originals through the access point, but only while Object Lambda acts for them. */
export function accessPointReaderPolicy(
  accessPointArn: pulumi.Output<string>,
  readers: pulumi.Input<string>[],
): pulumi.Output<string> {
  return policyDocument([
    {
      Sid: "ReadThroughObjectLambdaOnly",
      Effect: "Allow",
      Principal: { AWS: readers },
      Action: "s3:GetObject",
      Resource: pulumi.interpolate`${accessPointArn}/object/*`,
      Condition: { "ForAnyValue:StringEquals": { "aws:CalledVia": ["s3-object-lambda.amazonaws.com"] } },
    },
  ]);
}
