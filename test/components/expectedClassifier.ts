import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { FILES, LABELS_SHA, MODEL_SHA } from "./classifierVariants";
import { allow } from "./expectedFleet";
import { type Expected, expectedBucket, policy } from "./expectedResources";

const ROOT = path.resolve(__dirname, "../..");

/** Tags of a classifier's resources when nothing is said about costs. */
export function classifierTags(name: string): Record<string, string> {
  return { "frugal-ml:component": name, "frugal-ml:workload": "inference" };
}

/** SHA-256 of a file of this repository. */
export function shaOf(file: string): string {
  return createHash("sha256")
    .update(readFileSync(path.join(ROOT, file)))
    .digest("hex");
}

/** A file that is uploaded under its SHA-256. */
export function uploaded(name: string, part: string, file: string, key: string, tags = classifierTags(name)): Expected {
  return {
    [`aws:s3/bucketObjectv2:BucketObjectv2 ${name}-${part}`]: {
      bucket: `${name}-bucket-id`,
      key: `models/${shaOf(file)}/${key}`,
      source: { file },
      checksumAlgorithm: "SHA256",
      tags,
    },
  };
}

/** What the functions of the variants with a given model are told of it. */
export const GIVEN_ENVIRONMENT = {
  FRUGAL_ML_MODEL: "s3://our-models/animals/3/model.onnx",
  FRUGAL_ML_MODEL_SHA256: MODEL_SHA,
  FRUGAL_ML_LABELS: "s3://our-models/animals/3/labels.json",
  FRUGAL_ML_LABELS_SHA256: LABELS_SHA,
  FRUGAL_ML_TOP_K: "5",
} as const;

/** What the given model's objects are called in policies. */
export const GIVEN_OBJECTS = [
  "arn:aws:s3:::our-models/animals/3/model.onnx",
  "arn:aws:s3:::our-models/animals/3/labels.json",
] as const;

/** How a function differs from the default. */
export interface ExpectedClassifierFunction {
  readonly tags?: Record<string, string>;
  readonly logs?: Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly lambda?: Readonly<Record<string, unknown>>;
  /** Statements besides those for its log and traces. */
  readonly statements?: readonly object[];
}

/** A function with its log and its role; `name` is the component's, and `-stream` for the stream's. */
export function expectedClassifierFunction(name: string, expected: ExpectedClassifierFunction = {}): Expected {
  const stream = name.endsWith("-stream");
  const { tags = classifierTags(name), environment = GIVEN_ENVIRONMENT } = expected;
  return {
    [`aws:cloudwatch/logGroup:LogGroup ${name}-logs`]: { retentionInDays: 30, tags, ...expected.logs },
    [`aws:iam/role:Role ${name}-role`]: {
      assumeRolePolicy: policy({
        Effect: "Allow",
        Principal: { Service: "lambda.amazonaws.com" },
        Action: "sts:AssumeRole",
      }),
      tags,
    },
    [`aws:lambda/function:Function ${name}-function`]: {
      description: stream ? "Classifies the pictures that a queue names." : "Classifies pictures.",
      architectures: ["arm64"],
      runtime: "nodejs24.x",
      handler: stream ? "index.stream" : "index.http",
      code: { archive: "dist/functions/classify.zip" },
      role: `arn:aws:iam::123456789012:role/${name}-role`,
      memorySize: 1769,
      timeout: stream ? 120 : 29,
      ephemeralStorage: { size: 512 },
      environment: { variables: environment },
      loggingConfig: { logFormat: "JSON", logGroup: `${name}-logs` },
      tracingConfig: { mode: "Active" },
      tags,
      ...expected.lambda,
    },
    [`aws:iam/rolePolicy:RolePolicy ${name}-role-policy`]: {
      role: `${name}-role-id`,
      policy: policy(
        {
          Sid: "WriteLog",
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: `arn:aws:logs:us-east-1:123456789012:log-group:${name}-logs:*`,
        },
        allow("WriteTraces", ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], "*"),
        ...(expected.statements ?? [allow("ReadModel", "s3:GetObject", GIVEN_OBJECTS)]),
      ),
    },
  };
}

/** How an HTTP API differs from the default. */
export interface ExpectedHttpApi {
  readonly tags?: Record<string, string>;
  readonly logs?: Readonly<Record<string, unknown>>;
  readonly guard?: Readonly<Record<string, unknown>>;
  readonly authorizer?: Expected;
  readonly throttle?: readonly [rate: number, burst: number];
  /** Whether an alias answers. */
  readonly alias?: boolean;
}

/** The HTTP API and all that belongs to it. */
export function expectedHttpApi(name: string, expected: ExpectedHttpApi = {}): Expected {
  const { tags = classifierTags(name), guard = { authorizationType: "AWS_IAM" }, throttle = [50, 100] } = expected;
  const apiId = `${name}-api-id`;
  const route = (method: string): Expected => ({
    [`aws:apigatewayv2/route:Route ${name}-api-${method.toLowerCase()}`]: {
      apiId,
      routeKey: `${method} /`,
      target: `integrations/${name}-api-integration-id`,
      ...guard,
    },
  });
  return {
    [`aws:apigatewayv2/api:Api ${name}-api`]: {
      protocolType: "HTTP",
      description: `Classifies pictures: ${name}.`,
      tags,
    },
    [`aws:lambda/permission:Permission ${name}-api-permission`]: {
      function: `${name}-function`,
      ...(expected.alias && { qualifier: "live" }),
      action: "lambda:InvokeFunction",
      principal: "apigateway.amazonaws.com",
      sourceArn: `arn:aws:execute-api:us-east-1:123456789012:${apiId}/*/*`,
    },
    [`aws:apigatewayv2/integration:Integration ${name}-api-integration`]: {
      apiId,
      integrationType: "AWS_PROXY",
      integrationUri: `invoke ${name}-${expected.alias ? "alias" : "function"}`,
      payloadFormatVersion: "2.0",
      timeoutMilliseconds: 30_000,
    },
    ...expected.authorizer,
    ...route("GET"),
    ...route("POST"),
    [`aws:cloudwatch/logGroup:LogGroup ${name}-access-logs`]: { retentionInDays: 30, tags, ...expected.logs },
    [`aws:apigatewayv2/stage:Stage ${name}-api-stage`]: {
      apiId,
      name: "$default",
      autoDeploy: true,
      defaultRouteSettings: { throttlingRateLimit: throttle[0], throttlingBurstLimit: throttle[1] },
      accessLogSettings: {
        destinationArn: `arn:aws:logs:us-east-1:123456789012:log-group:${name}-access-logs`,
        format:
          '{"requestId":"$context.requestId","requestTime":"$context.requestTime","routeKey":"$context.routeKey",' +
          '"status":"$context.status","responseLength":"$context.responseLength",' +
          '"responseLatency":"$context.responseLatency","integrationLatency":"$context.integrationLatency",' +
          '"integrationError":"$context.integrationErrorMessage","authorizerError":"$context.authorizer.error",' +
          '"caller":"$context.identity.userArn","sourceIp":"$context.identity.sourceIp"}',
      },
      tags,
    },
  };
}

/** How a stream differs from the default. */
export interface ExpectedStream extends ExpectedClassifierFunction {
  readonly timeout?: number;
  readonly maxReceives?: number;
  readonly encryption?: Readonly<Record<string, unknown>>;
  /** Whether results go to a queue. */
  readonly toQueue?: boolean;
  readonly mapping?: Readonly<Record<string, unknown>>;
}

/** The queue, its dead letters, and the function that works on it. */
export function expectedStream(name: string, expected: ExpectedStream): Expected {
  const { tags = classifierTags(name), timeout = 120, maxReceives = 5 } = expected;
  const { encryption = { sqsManagedSseEnabled: true } } = expected;
  const arn = (queue: string) => `arn:aws:sqs:us-east-1:123456789012:${name}-${queue}`;
  const kept = { messageRetentionSeconds: 1_209_600, ...encryption, tags };
  return {
    [`aws:sqs/queue:Queue ${name}-dead-letters`]: kept,
    [`aws:sqs/queue:Queue ${name}-queue`]: {
      ...kept,
      visibilityTimeoutSeconds: 6 * timeout,
      redrivePolicy: { deadLetterTargetArn: arn("dead-letters"), maxReceiveCount: maxReceives },
    },
    ...tlsOnly(name, "queue"),
    ...(expected.toQueue && { [`aws:sqs/queue:Queue ${name}-results`]: kept, ...tlsOnly(name, "results") }),
    ...expectedClassifierFunction(`${name}-stream`, { ...expected, tags }),
    [`aws:lambda/eventSourceMapping:EventSourceMapping ${name}-queue-trigger`]: {
      eventSourceArn: arn("queue"),
      functionName: `${name}-stream-function`,
      batchSize: 10,
      maximumBatchingWindowInSeconds: 0,
      functionResponseTypes: ["ReportBatchItemFailures"],
      scalingConfig: { maximumConcurrency: 10 },
      tags,
      ...expected.mapping,
    },
  };
}

/** Policy of a queue that is reached through TLS alone. */
function tlsOnly(name: string, queue: string): Expected {
  return {
    [`aws:sqs/queuePolicy:QueuePolicy ${name}-${queue}-policy`]: {
      queueUrl: `https://sqs.us-east-1.amazonaws.com/123456789012/${name}-${queue}`,
      policy: policy({
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "sqs:*",
        Resource: `arn:aws:sqs:us-east-1:123456789012:${name}-${queue}`,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      }),
    },
  };
}

/** The component's bucket: what was replaced or deleted expires after a month. */
export function expectedClassifierBucket(name: string): Expected {
  const bucket = expectedBucket(name, false, classifierTags(name), []);
  const lifecycle = `aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration ${name}-bucket-lifecycle`;
  const rules: unknown = bucket[lifecycle]?.["rules"];
  const superseded = {
    id: "superseded-versions",
    status: "Enabled",
    filter: { prefix: "" },
    expiration: { expiredObjectDeleteMarker: true },
    noncurrentVersionExpiration: { noncurrentDays: 30 },
  };
  return {
    ...bucket,
    [lifecycle]: { ...bucket[lifecycle], rules: [...(Array.isArray(rules) ? rules : []), superseded] },
  };
}

/** Leave to receive from a classifier's queue. */
export function receivePictures(name: string): object {
  const receive = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];
  return allow("ReceivePictures", receive, `arn:aws:sqs:us-east-1:123456789012:${name}-queue`);
}

/** Environment of the functions of a component whose files are uploaded. */
export function environmentOf(name: string, further: Readonly<Record<string, string>> = {}): Record<string, string> {
  const [model, labels] = [shaOf(FILES.modelPath), shaOf(FILES.labelsPath)];
  return {
    FRUGAL_ML_MODEL: `s3://${name}-bucket-id/models/${model}/model.onnx`,
    FRUGAL_ML_MODEL_SHA256: model,
    FRUGAL_ML_LABELS: `s3://${name}-bucket-id/models/${labels}/labels.json`,
    FRUGAL_ML_LABELS_SHA256: labels,
    FRUGAL_ML_TOP_K: "5",
    ...further,
  };
}

/** Objects that are uploaded, as policies name them. */
export function objectsOf(
  name: string,
  ...files: readonly (readonly [file: string, key: string])[]
): readonly string[] {
  return files.map(([file, key]) => `arn:aws:s3:::${name}-bucket-id/models/${shaOf(file)}/${key}`);
}
