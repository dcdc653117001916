import { assertComponentChildren } from "./assertComponentChildren";
import { type CLASSIFIER_VARIANTS, FILES } from "./classifierVariants";
import {
  classifierTags,
  environmentOf,
  expectedClassifierBucket,
  expectedClassifierFunction,
  expectedHttpApi,
  expectedStream,
  GIVEN_ENVIRONMENT,
  GIVEN_OBJECTS,
  objectsOf,
  receivePictures,
  uploaded,
} from "./expectedClassifier";
import { expectedDeadLetterAlarm } from "./expectedDeadLetterAlarm";
import { allow } from "./expectedFleet";
import { expectedAlarms } from "./expectedOperation";
import type { Expected } from "./expectedResources";

const TYPE = "frugal-ml:index:ClassifierApi";

const assertChildren = (name: keyof typeof CLASSIFIER_VARIANTS, ...parts: readonly Expected[]) =>
  assertComponentChildren(TYPE, name, ...parts);

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
      expectedDeadLetterAlarm(name, "Pictures of direct could not be classified", [], tags),
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
});
