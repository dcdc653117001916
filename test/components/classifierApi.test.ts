import { deepEqual, equal, match } from "node:assert/strict";
import { assertComponentChildren } from "./assertComponentChildren";
import { type CLASSIFIER_VARIANTS, FILES, KEY, LOG_KEY, TOPIC } from "./classifierVariants";
import {
  classifierTags,
  expectedClassifierBucket,
  expectedClassifierFunction,
  expectedHttpApi,
  expectedStream,
  GIVEN_ENVIRONMENT,
  GIVEN_OBJECTS,
  receivePictures,
  shaOf,
  uploaded,
} from "./expectedClassifier";
import { allow } from "./expectedFleet";
import { expectedAlarms } from "./expectedOperation";
import { type Expected, policy } from "./expectedResources";
import { recordedVariant } from "./recordedProgram";

const TYPE = "frugal-ml:index:ClassifierApi";
const PICTURE = "examples/classifier/pictures/3-0.png";

const assertChildren = (name: keyof typeof CLASSIFIER_VARIANTS, ...parts: readonly Expected[]) =>
  assertComponentChildren(TYPE, name, ...parts);

/** Environment of the functions of a component whose files are uploaded. */
function environmentOf(name: string, further: Readonly<Record<string, string>> = {}): Record<string, string> {
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
function objectsOf(name: string, ...files: readonly (readonly [file: string, key: string])[]): readonly string[] {
  return files.map(([file, key]) => `arn:aws:s3:::${name}-bucket-id/models/${shaOf(file)}/${key}`);
}

describe("ClassifierApi", function () {
  this.timeout(120_000);

  it("is a Graviton function behind a signed, throttled HTTP API, with its model under its hash in a private bucket", () => {
    const name = "digits";
    const objects = objectsOf(name, [FILES.modelPath, "model.onnx"], [FILES.labelsPath, "labels.json"]);
    return assertChildren(
      name,
      expectedClassifierBucket(name),
      uploaded(name, "model", FILES.modelPath, "model.onnx"),
      uploaded(name, "labels", FILES.labelsPath, "labels.json"),
      expectedClassifierFunction(name, {
        environment: environmentOf(name),
        statements: [allow("ReadModel", "s3:GetObject", objects)],
      }),
      expectedHttpApi(name),
    );
  });

  it("makes no bucket where everything is given, and reads nothing else", () => {
    const name = "given";
    return assertChildren(
      name,
      expectedClassifierFunction(name, {
        environment: { ...GIVEN_ENVIRONMENT, FRUGAL_ML_DEFAULT_IMAGE: "s3://our-pictures/panda.jpg" },
        statements: [allow("ReadModel", "s3:GetObject", [...GIVEN_OBJECTS, "arn:aws:s3:::our-pictures/panda.jpg"])],
      }),
      expectedHttpApi(name),
    );
  });

  it("checks tokens where it is told to", () => {
    const name = "tokens";
    return assertChildren(
      name,
      expectedClassifierFunction(name),
      expectedHttpApi(name, {
        guard: { authorizationType: "JWT", authorizerId: "tokens-api-authorizer-id" },
        authorizer: {
          "aws:apigatewayv2/authorizer:Authorizer tokens-api-authorizer": {
            apiId: "tokens-api-id",
            authorizerType: "JWT",
            identitySources: ["$request.header.Authorization"],
            jwtConfiguration: { issuer: "https://login.example.com/pool", audiences: ["app"] },
          },
        },
      }),
    );
  });

  it("stands at a function URL, watched, with a queue whose results go to another", () => {
    const name = "direct";
    const tags = classifierTags(name);
    const results = "https://sqs.us-east-1.amazonaws.com/123456789012/direct-results";
    const alarms = (of: string, delivery: string, durationMs: number): Expected =>
      Object.fromEntries(
        Object.entries(expectedAlarms(of, [], { deliveries: [delivery], durationMs })).map(([key, alarm]) => [
          key,
          { ...alarm, tags },
        ]),
      );
    return assertChildren(
      name,
      expectedClassifierFunction(name, { lambda: { timeout: 300 } }),
      {
        "aws:lambda/functionUrl:FunctionUrl direct-url": {
          functionName: "direct-function",
          authorizationType: "AWS_IAM",
          invokeMode: "BUFFERED",
        },
      },
      expectedStream(name, {
        toQueue: true,
        environment: { ...GIVEN_ENVIRONMENT, FRUGAL_ML_RESULTS: results },
        statements: [
          allow("ReadModel", "s3:GetObject", GIVEN_OBJECTS),
          allow("ReadPictures", "s3:GetObject", ["arn:aws:s3:::our-pictures/in/*"]),
          allow("ListPictures", "s3:ListBucket", ["arn:aws:s3:::our-pictures"]),
          receivePictures(name),
          allow("SendResults", "sqs:SendMessage", "arn:aws:sqs:us-east-1:123456789012:direct-results"),
        ],
      }),
      alarms(name, "classify-http", 240_000),
      alarms("direct-stream", "classify-stream", 96_000),
      { "aws:cloudwatch/metricAlarm:MetricAlarm direct-dead-letters-alarm": deadLetterAlarm(name, [], tags) },
    );
  });

  it("is open only where it is told to be, for the address and for the function by it, warm behind an alias", () => {
    const name = "open-direct";
    const everyone = { function: `${name}-function`, qualifier: "live", principal: "*" };
    return assertChildren(name, expectedClassifierFunction(name, { lambda: { publish: true } }), {
      [`aws:lambda/alias:Alias ${name}-alias`]: {
        name: "live",
        functionName: `${name}-function`,
        functionVersion: "7",
      },
      [`aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig ${name}-warm`]: {
        functionName: `${name}-function`,
        qualifier: "live",
        provisionedConcurrentExecutions: 1,
      },
      [`aws:lambda/functionUrl:FunctionUrl ${name}-url`]: {
        functionName: `${name}-function`,
        qualifier: "live",
        authorizationType: "NONE",
        invokeMode: "BUFFERED",
      },
      [`aws:lambda/permission:Permission ${name}-url-open`]: {
        ...everyone,
        action: "lambda:InvokeFunctionUrl",
        functionUrlAuthType: "NONE",
      },
      [`aws:lambda/permission:Permission ${name}-url-open-function`]: {
        ...everyone,
        action: "lambda:InvokeFunction",
        invokedViaFunctionUrl: true,
      },
    });
  });

  it("writes results to a folder that is given, and makes no bucket for them", () => {
    const name = "open";
    return assertChildren(
      name,
      expectedClassifierFunction(name),
      expectedHttpApi(name, { guard: { authorizationType: "NONE" } }),
      expectedStream(name, {
        environment: { ...GIVEN_ENVIRONMENT, FRUGAL_ML_RESULTS: "s3://our-results/labels/" },
        statements: [
          allow("ReadModel", "s3:GetObject", GIVEN_OBJECTS),
          allow("ReadPictures", "s3:GetObject", ["arn:aws:s3:::our-pictures/in/*"]),
          allow("ListPictures", "s3:ListBucket", ["arn:aws:s3:::our-pictures"]),
          receivePictures(name),
          allow("WriteResults", "s3:PutObject", ["arn:aws:s3:::our-results/labels/*"]),
        ],
      }),
    );
  });

  it("makes all that its arguments ask for", async () => {
    const name = "sorted";
    const tags = {
      ...classifierTags(name),
      "frugal-ml:environment": "prod",
      "frugal-ml:cost-center": "ml",
      team: "vision",
    };
    const logs = { retentionInDays: 365, kmsKeyId: LOG_KEY };
    const files = [
      [FILES.modelPath, "model.onnx"],
      [FILES.labelsPath, "labels.json"],
    ] as const;
    const environment = environmentOf(name, {
      FRUGAL_ML_CLASSIFIER_INPUT: '{"width":28,"height":28,"channels":"grey","mean":[0],"scale":[0.00392156862745098]}',
      FRUGAL_ML_CLASSIFY_LIMITS: '{"bytes":1000000}',
      FRUGAL_ML_IMAGELINK: '{"hosts":["pictures.example.com","*.example.org"],"schemes":["https","http"]}',
      FRUGAL_ML_TOP_K: "3",
    });
    const image = `s3://sorted-bucket-id/models/${shaOf(PICTURE)}/image`;
    const lambda = { runtime: "nodejs22.x", memorySize: 3008, ephemeralStorage: { size: 1024 } };
    const useKey = (Sid: string, Action: unknown, services: readonly string[]) => ({
      Sid,
      Effect: "Allow",
      Action,
      Resource: KEY,
      Condition: {
        StringEquals: { "kms:ViaService": services.map((service) => `${service}.us-east-1.amazonaws.com`) },
      },
    });
    const children = (await recordedVariant(name)).resources.slice(1);
    const bucket = children.filter(({ name: child }) => /^sorted-bucket/.test(child)).map(({ name: child }) => child);
    equal(bucket.length, 6);
    const encryption = children.find(({ name: child }) => child === "sorted-bucket-encryption");
    deepEqual(encryption?.inputs["rules"], [
      {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: KEY },
        bucketKeyEnabled: true,
      },
    ]);
    const alarms = children.filter(({ type }) => type.endsWith(":MetricAlarm"));
    deepEqual(
      alarms.map((alarm) => [alarm.name, alarm.inputs["alarmActions"]]),
      [
        "errors",
        "throttles",
        "duration",
        "gateway",
        "stream-errors",
        "stream-throttles",
        "stream-duration",
        "dead-letters",
      ].map((part) => [`sorted-${part}-alarm`, [TOPIC]]),
    );
    const expected: Expected = {
      ...uploaded(name, "model", FILES.modelPath, "model.onnx", tags),
      ...uploaded(name, "labels", FILES.labelsPath, "labels.json", tags),
      ...uploaded(name, "default-image", PICTURE, "image", tags),
      ...expectedClassifierFunction(name, {
        tags,
        logs,
        environment: { ...environment, FRUGAL_ML_DEFAULT_IMAGE: image },
        lambda: { ...lambda, timeout: 10, reservedConcurrentExecutions: 20, publish: true },
        statements: [
          allow("ReadModel", "s3:GetObject", objectsOf(name, ...files, [PICTURE, "image"])),
          useKey("DecryptObjects", "kms:Decrypt", ["s3"]),
        ],
      }),
      "aws:lambda/alias:Alias sorted-alias": {
        name: "live",
        functionName: "sorted-function",
        functionVersion: "7",
      },
      "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig sorted-warm": {
        functionName: "sorted-function",
        qualifier: "live",
        provisionedConcurrentExecutions: 2,
      },
      ...expectedHttpApi(name, { tags, logs, throttle: [5, 10], alias: true }),
      ...expectedStream(name, {
        tags,
        logs,
        timeout: 60,
        maxReceives: 3,
        encryption: { kmsMasterKeyId: KEY },
        environment: { ...environment, FRUGAL_ML_RESULTS: "s3://sorted-bucket-id/results/" },
        lambda: { ...lambda, timeout: 60 },
        mapping: {
          batchSize: 50,
          maximumBatchingWindowInSeconds: 5,
          scalingConfig: { maximumConcurrency: 4 },
        },
        statements: [
          allow("ReadModel", "s3:GetObject", objectsOf(name, ...files)),
          allow("ReadPictures", "s3:GetObject", ["arn:aws:s3:::sorted-bucket-id/pictures/*"]),
          allow("ListPictures", "s3:ListBucket", ["arn:aws:s3:::sorted-bucket-id"]),
          receivePictures(name),
          allow("WriteResults", "s3:PutObject", ["arn:aws:s3:::sorted-bucket-id/results/*"]),
          useKey("UseKeyOfObjectsAndQueues", ["kms:Decrypt", "kms:GenerateDataKey"], ["s3", "sqs"]),
        ],
      }),
    };
    const others = children.filter((child) => !alarms.includes(child) && !bucket.includes(child.name));
    deepEqual(
      others.map((child) => `${child.type} ${child.name}`),
      Object.keys(expected),
    );
    for (const child of others) deepEqual(child.inputs, expected[`${child.type} ${child.name}`], child.name);
    const gateway = alarms.find((alarm) => alarm.name === "sorted-gateway-alarm");
    deepEqual(gateway?.inputs, {
      alarmDescription: "Of the requests to sorted, the HTTP API answers too many with 500 or above.",
      evaluationPeriods: 1,
      treatMissingData: "notBreaching",
      alarmActions: [TOPIC],
      tags,
      metricQueries: [
        {
          id: "rate",
          label: "Failed requests (%)",
          expression: "100 * FILL(failed, 0) / requests",
          returnData: true,
        },
        ...["5xx", "Count"].map((metricName) => ({
          id: metricName === "5xx" ? "failed" : "requests",
          metric: {
            namespace: "AWS/ApiGateway",
            metricName,
            dimensions: { ApiId: "sorted-api-id", Stage: "$default" },
            stat: "Sum",
            period: 300,
          },
        })),
      ],
      threshold: 2,
      comparisonOperator: "GreaterThanThreshold",
    });
    const dead = alarms.find((alarm) => alarm.name === "sorted-dead-letters-alarm");
    deepEqual(dead?.inputs, deadLetterAlarm(name, [TOPIC], tags));
  });

  it("tells callers where it is and what they need, and owners of keys what to allow", async () => {
    const { keyPolicyStatements, callerPolicy, ...outputs } = (await recordedVariant("sorted")).outputs;
    deepEqual(outputs, {
      url: "https://sorted-api.execute-api.us-east-1.amazonaws.com/",
      functionArn: "arn:aws:lambda:us-east-1:123456789012:function:sorted-function",
      functionName: "sorted-function",
      modelUri: `s3://sorted-bucket-id/models/${shaOf(FILES.modelPath)}/model.onnx`,
      bucketName: "sorted-bucket-id",
      queueUrl: "https://sqs.us-east-1.amazonaws.com/123456789012/sorted-queue",
      queueArn: "arn:aws:sqs:us-east-1:123456789012:sorted-queue",
      deadLetterQueueArn: "arn:aws:sqs:us-east-1:123456789012:sorted-dead-letters",
      pictureUris: ["s3://sorted-bucket-id/pictures/"],
      resultsUri: "s3://sorted-bucket-id/results/",
    });
    const api = "arn:aws:execute-api:us-east-1:123456789012:sorted-api-id/$default/*";
    deepEqual(JSON.parse(String(callerPolicy)), policy(allow("CallClassifier", "execute-api:Invoke", api)));
    const statements: unknown = JSON.parse(String(keyPolicyStatements));
    match(JSON.stringify(statements), /role\/sorted-role.*role\/sorted-stream-role/);
    deepEqual(Array.isArray(statements) && statements.map(({ Resource }) => Resource), ["*", "*"]);
  });

  it("tells callers of a function URL that they need both permissions, and of one that is open nothing", async () => {
    const { callerPolicy, resultsQueueUrl, resultsUri } = (await recordedVariant("direct")).outputs;
    const arn = "arn:aws:lambda:us-east-1:123456789012:function:direct-function";
    deepEqual(
      JSON.parse(String(callerPolicy)),
      policy(
        {
          ...allow("CallClassifier", "lambda:InvokeFunctionUrl", arn),
          Condition: { StringEquals: { "lambda:FunctionUrlAuthType": "AWS_IAM" } },
        },
        {
          ...allow("InvokeThroughUrl", "lambda:InvokeFunction", arn),
          Condition: { Bool: { "lambda:InvokedViaFunctionUrl": "true" } },
        },
      ),
    );
    deepEqual(
      [resultsQueueUrl, resultsUri],
      ["https://sqs.us-east-1.amazonaws.com/123456789012/direct-results", undefined],
    );
    for (const name of ["open", "open-direct", "tokens"] as const) {
      equal((await recordedVariant(name)).outputs["callerPolicy"], undefined, name);
    }
  });
});

function deadLetterAlarm(
  name: string,
  alarmActions: readonly string[],
  tags: Record<string, string>,
): Readonly<Record<string, unknown>> {
  return {
    alarmDescription: `Pictures of ${name} could not be classified; their messages are in the dead letters.`,
    namespace: "AWS/SQS",
    metricName: "ApproximateNumberOfMessagesVisible",
    dimensions: { QueueName: `${name}-dead-letters` },
    statistic: "Maximum",
    period: 300,
    evaluationPeriods: 1,
    threshold: 1,
    comparisonOperator: "GreaterThanOrEqualToThreshold",
    treatMissingData: "notBreaching",
    alarmActions,
    tags,
  };
}
