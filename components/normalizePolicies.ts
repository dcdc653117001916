import * as pulumi from "@pulumi/pulumi";
import { derivedPrefix, quarantinePrefix } from "../contracts/derived";

/** One statement of an IAM policy, with outputs where ARNs are not known yet. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: pulumi.Input<
    | { readonly AWS: pulumi.Input<pulumi.Input<string>[]> | pulumi.Input<string> }
    | { readonly Service: pulumi.Input<string> }
    | "*"
  >;
  readonly Action: string | string[];
  readonly Resource: pulumi.Input<string> | pulumi.Input<string>[];
  readonly Condition?: Record<string, Record<string, pulumi.Input<string> | pulumi.Input<string>[]>>;
}

/** A policy of these statements. */
export function policyDocument(statements: readonly Statement[]): pulumi.Output<string> {
  return pulumi.jsonStringify({ Version: "2012-10-17", Statement: statements });
}

/** Lets Lambda, and nobody else, take the role. */
export const LAMBDA_TRUST_POLICY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

/** What a policy of the function is about. */
export interface FunctionPolicySubject {
  /** Its log; undefined for a function that is shared and has its log already. */
  readonly logGroupArn: pulumi.Input<string> | undefined;
  readonly accessPointArn: pulumi.Output<string>;
  readonly bucketArn: pulumi.Output<string>;
  /** The Object Lambda access point that it answers for, if any. */
  readonly objectLambdaArn?: pulumi.Input<string>;
  /** Whether it lists originals itself. Object Lambda hands it a presigned URL instead, which needs no permission. */
  readonly listsOriginals: boolean;
  /** What it derives, and from whose messages; only for the delivery `materialized`. */
  readonly materialized?: MaterializedSubject;
  /** What it may do besides. */
  readonly further?: readonly Statement[];
}

/** What a policy says of a materialized delivery. */
export interface MaterializedSubject {
  readonly derivedBucketArn: pulumi.Input<string>;
  readonly queueArn: pulumi.Input<string>;
  /** Hash of the transformation: nothing else in the bucket is the function's to read or write. */
  readonly hash: string;
}

/**
 * Everything the function may do, and nothing more: write its log and traces, read originals, answer. It reads them
 * itself for Object Lambda too: for HEAD, S3 hands it a URL that is good for a HEAD only, which tells no length.
 */
export function functionPolicy(subject: FunctionPolicySubject): pulumi.Output<string> {
  const statements: Statement[] = [
    ...(subject.logGroupArn === undefined ? [] : ownStatements(subject.logGroupArn)),
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
  ];
  if (subject.listsOriginals) {
    statements.push(
      {
        // Without it S3 answers 403 instead of 404 for a key that does not exist.
        Sid: "ListThroughAccessPoint",
        Effect: "Allow",
        Action: "s3:ListBucket",
        Resource: subject.accessPointArn,
      },
      {
        Sid: "ListBucketBehindAccessPoint",
        Effect: "Allow",
        Action: "s3:ListBucket",
        Resource: subject.bucketArn,
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
  if (subject.materialized !== undefined) statements.push(...materializedStatements(subject.materialized));
  return policyDocument([...statements, ...(subject.further ?? [])]);
}

/** What a function may do wherever it stands: write its log and its traces. */
export function ownStatements(logGroupArn: pulumi.Input<string>): readonly Statement[] {
  return [
    {
      Sid: "WriteLog",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: pulumi.interpolate`${logGroupArn}:*`,
    },
    // X-Ray has no resources to name (service authorization reference).
    {
      Sid: "WriteTraces",
      Effect: "Allow",
      Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
      Resource: "*",
    },
  ];
}

function materializedStatements({ derivedBucketArn, queueArn, hash }: MaterializedSubject): readonly Statement[] {
  const prefixes = [derivedPrefix(hash), quarantinePrefix(hash)];
  return [
    {
      Sid: "Derive",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
      Resource: prefixes.map((prefix) => pulumi.interpolate`${derivedBucketArn}/${prefix}*`),
    },
    {
      // Without it S3 answers 403 instead of 404 for what is not derived yet.
      Sid: "ListDerived",
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: derivedBucketArn,
    },
    {
      Sid: "ReceiveChanges",
      Effect: "Allow",
      Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
      Resource: queueArn,
    },
  ];
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
      // HeadObject needs the first, both listings the second (service authorization reference).
      Action: ["s3-object-lambda:GetObject", "s3-object-lambda:ListBucket"],
      Resource: objectLambdaArn,
    },
  ]);
}

/** Lets readers reach and list originals through the access point, but only while Object Lambda acts for them. */
export function accessPointReaderPolicy(
  accessPointArn: pulumi.Output<string>,
  readers: pulumi.Input<string>[],
): pulumi.Output<string> {
  const onlyThrough = (Sid: string, Action: string, Resource: pulumi.Output<string>): Statement => ({
    Sid,
    Effect: "Allow",
    Principal: { AWS: readers },
    Action,
    Resource,
    Condition: { "ForAnyValue:StringEquals": { "aws:CalledVia": ["s3-object-lambda.amazonaws.com"] } },
  });
  return policyDocument([
    onlyThrough("ReadThroughObjectLambdaOnly", "s3:GetObject", pulumi.interpolate`${accessPointArn}/object/*`),
    onlyThrough("ListThroughObjectLambdaOnly", "s3:ListBucket", accessPointArn),
  ]);
}
