/** Inputs of each resource that is expected, by `type name`, in order of registration. */
export type Expected = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Tags of a component's resources when nothing is said about costs. */
export function tagsOf(name: string): Record<string, string> {
  return { "frugal-ml:component": name, "frugal-ml:workload": "preprocessing" };
}

const NO_PUBLIC_ACCESS = {
  blockPublicAcls: true,
  blockPublicPolicy: true,
  ignorePublicAcls: true,
  restrictPublicBuckets: true,
};

/** What makes earlier versions of originals go. */
const SUPERSEDED_ORIGINALS = {
  id: "superseded-originals",
  status: "Enabled",
  filter: { prefix: "" },
  noncurrentVersionExpiration: { noncurrentDays: 90 },
  expiration: { expiredObjectDeleteMarker: true },
};

/** A created bucket and all that keeps it private: unless other lifecycle rules are given, one of originals. */
export function expectedBucket(
  name: string,
  forceDestroy = false,
  tags = tagsOf(name),
  rules: readonly object[] = [SUPERSEDED_ORIGINALS],
): Expected {
  const bucket = `${name}-bucket-id`;
  const arn = `arn:aws:s3:::${bucket}`;
  return {
    [`aws:s3/bucket:Bucket ${name}-bucket`]: { forceDestroy, tags },
    [`aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock ${name}-bucket-public-access`]: {
      bucket,
      ...NO_PUBLIC_ACCESS,
    },
    [`aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration ${name}-bucket-encryption`]:
      {
        bucket,
        rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" }, bucketKeyEnabled: true }],
      },
    [`aws:s3/bucketVersioning:BucketVersioning ${name}-bucket-versioning`]: {
      bucket,
      versioningConfiguration: { status: "Enabled" },
    },
    [`aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration ${name}-bucket-lifecycle`]: {
      bucket,
      rules: [
        {
          id: "abandoned-uploads",
          status: "Enabled",
          filter: { prefix: "" },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        },
        ...rules,
      ],
    },
    [`aws:s3/bucketPolicy:BucketPolicy ${name}-bucket-policy`]: {
      bucket,
      policy: policy({
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [arn, `${arn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      }),
    },
  };
}

/** How the function and what it stands on differ from the default. */
export interface ExpectedFunction {
  readonly readsOriginals?: boolean;
  /** Resources of the delivery `materialized`, which the function needs to know. */
  readonly materialized?: Expected;
  /** What a network needs before the function is made there. */
  readonly network?: Expected;
  readonly transformation?: string;
  readonly accessPoint?: Readonly<Record<string, unknown>>;
  readonly lambda?: Readonly<Record<string, unknown>>;
  readonly retentionInDays?: number;
  /** ARN of the key that encrypts the log. Defaults to none. */
  readonly logKey?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/** Access point, log, role and function. */
export function expectedFunction(name: string, expected: ExpectedFunction = {}): Expected {
  const { readsOriginals = true, tags = tagsOf(name) } = expected;
  return {
    [`aws:s3/accessPoint:AccessPoint ${name}-access-point`]: {
      bucket: `${name}-bucket-id`,
      publicAccessBlockConfiguration: NO_PUBLIC_ACCESS,
      tags,
      ...expected.accessPoint,
    },
    ...expected.materialized,
    [`aws:cloudwatch/logGroup:LogGroup ${name}-logs`]: {
      retentionInDays: expected.retentionInDays ?? 30,
      ...(expected.logKey !== undefined && { kmsKeyId: expected.logKey }),
      tags,
    },
    [`aws:iam/role:Role ${name}-role`]: {
      assumeRolePolicy: policy({
        Effect: "Allow",
        Principal: { Service: "lambda.amazonaws.com" },
        Action: "sts:AssumeRole",
      }),
      tags,
    },
    ...expected.network,
    [`aws:lambda/function:Function ${name}-function`]: {
      description: "Normalises images while they are read.",
      architectures: ["arm64"],
      runtime: "nodejs24.x",
      handler: "index.handler",
      code: { archive: "dist/functions/normalize.zip" },
      role: `arn:aws:iam::123456789012:role/${name}-role`,
      memorySize: 512,
      timeout: 30,
      environment: {
        variables: {
          MALLOC_ARENA_MAX: "1",
          FRUGAL_ML_TRANSFORMATION: expected.transformation ?? '{"revision":1}',
          ...(readsOriginals && { FRUGAL_ML_SOURCE: `${name}-access-point-s3alias` }),
          ...(expected.materialized && { FRUGAL_ML_DERIVED: `${name}-derived-id` }),
        },
      },
      loggingConfig: { logFormat: "JSON", logGroup: `${name}-logs` },
      tracingConfig: { mode: "Active" },
      tags,
      ...expected.lambda,
    },
  };
}

/** The function URL, without readers. */
export function expectedUrl(name: string): Expected {
  return {
    [`aws:lambda/functionUrl:FunctionUrl ${name}-url`]: {
      functionName: `${name}-function`,
      authorizationType: "AWS_IAM",
      invokeMode: "RESPONSE_STREAM",
    },
  };
}

/** The Object Lambda access point and who may read through it. */
export function expectedObjectLambda(
  name: string,
  principals: readonly string[] = ["arn:aws:iam::123456789012:root"],
  functionPayload = '{"revision":1}',
): Expected {
  return {
    [`aws:s3control/objectLambdaAccessPoint:ObjectLambdaAccessPoint ${name}-object-lambda`]: {
      configuration: {
        supportingAccessPoint: accessPointArn(name),
        cloudWatchMetricsEnabled: true,
        allowedFeatures: ["GetObject-Range", "GetObject-PartNumber", "HeadObject-Range", "HeadObject-PartNumber"],
        transformationConfigurations: [
          {
            actions: ["GetObject", "HeadObject", "ListObjects", "ListObjectsV2"],
            contentTransformation: { awsLambda: { functionArn: functionArn(name), functionPayload } },
          },
        ],
      },
    },
    [`aws:s3control/objectLambdaAccessPointPolicy:ObjectLambdaAccessPointPolicy ${name}-object-lambda-policy`]: {
      name: `${name}-object-lambda`,
      policy: policy({
        Sid: "ReadNormalized",
        Effect: "Allow",
        Principal: { AWS: principals },
        Action: ["s3-object-lambda:GetObject", "s3-object-lambda:ListBucket"],
        Resource: objectLambdaArn(name),
      }),
    },
  };
}

/** Which deliveries ask the function for what. */
export interface ExpectedPermissions {
  readonly answersObjectLambda?: boolean;
  readonly lists?: boolean;
  /** Name of the bucket. Defaults to the created one. */
  readonly bucket?: string;
  /** Statements after all others. */
  readonly further?: readonly object[];
}

/** Everything the function may do. */
export function expectedRolePolicy(name: string, expected: ExpectedPermissions): Expected {
  const { answersObjectLambda = false, lists = false, further = [], bucket = `${name}-bucket-id` } = expected;
  const Condition = { StringEquals: { "s3:DataAccessPointArn": accessPointArn(name) } };
  const reading = [
    {
      Sid: "ReadThroughAccessPoint",
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: `${accessPointArn(name)}/object/*`,
    },
    {
      Sid: "ReadBucketBehindAccessPoint",
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: `arn:aws:s3:::${bucket}/*`,
      Condition,
    },
  ];
  const listing = [
    { Sid: "ListThroughAccessPoint", Effect: "Allow", Action: "s3:ListBucket", Resource: accessPointArn(name) },
    {
      Sid: "ListBucketBehindAccessPoint",
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: `arn:aws:s3:::${bucket}`,
      Condition,
    },
  ];
  const answering = {
    Sid: "AnswerObjectLambda",
    Effect: "Allow",
    Action: "s3-object-lambda:WriteGetObjectResponse",
    Resource: objectLambdaArn(name),
  };
  return {
    [`aws:iam/rolePolicy:RolePolicy ${name}-role-policy`]: {
      role: `${name}-role-id`,
      policy: policy(
        {
          Sid: "WriteLog",
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: `arn:aws:logs:us-east-1:123456789012:log-group:${name}-logs:*`,
        },
        {
          Sid: "WriteTraces",
          Effect: "Allow",
          Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
          Resource: "*",
        },
        ...reading,
        ...(lists ? listing : []),
        ...(answersObjectLambda ? [answering] : []),
        ...further,
      ),
    },
  };
}

/** ARN that the mocks give the access point over the originals. */
export function accessPointArn(name: string): string {
  return `arn:aws:s3:us-east-1:123456789012:accesspoint/${name}-access-point`;
}

/** ARN that the mocks give the function. */
export function functionArn(name: string): string {
  return `arn:aws:lambda:us-east-1:123456789012:function:${name}-function`;
}

/** ARN that the mocks give the Object Lambda access point. */
export function objectLambdaArn(name: string): string {
  return `arn:aws:s3-object-lambda:us-east-1:123456789012:accesspoint/${name}-object-lambda`;
}

/** An IAM policy document. */
export function policy(...statements: readonly object[]): object {
  return { Version: "2012-10-17", Statement: statements };
}
