import { deepEqual, equal, match } from "node:assert/strict";
import { FILES } from "./classifierVariants";
import { shaOf } from "./expectedClassifier";
import { allow } from "./expectedFleet";
import { policy } from "./expectedResources";
import { recordedVariant } from "./recordedProgram";

describe("outputs of ClassifierApi", function () {
  this.timeout(120_000);

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
