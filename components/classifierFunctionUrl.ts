import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { CheckedClassifierApiArgs } from "./checkedClassifierApiArgs";
import { ApiAuthorization } from "./classifierApiArgs";
import type { AnsweringFunction, ClassifierFront } from "./classifierHttpApi";
import { policyDocument } from "./normalizePolicies";

/**
 * A function URL: no charge but the function's. Callers need leave for the address and for the function by it
 * (docs.aws.amazon.com/lambda/latest/dg/urls-auth.html).
 */
export function classifierFunctionUrl(
  name: string,
  { authorization }: CheckedClassifierApiArgs,
  { lambda, alias }: AnsweringFunction,
  parent: pulumi.Resource,
): ClassifierFront {
  const open = authorization === ApiAuthorization.Open;
  const functionUrlAuthType = open ? "NONE" : "AWS_IAM";
  const subject = { functionName: lambda.name, ...(alias && { qualifier: alias.name }) };
  const url = new aws.lambda.FunctionUrl(
    `${name}-url`,
    { ...subject, authorizationType: functionUrlAuthType, invokeMode: "BUFFERED" },
    { parent },
  );
  if (open) {
    const { functionName, ...qualified } = subject;
    const everyone = { function: functionName, ...qualified, principal: "*" };
    new aws.lambda.Permission(
      `${name}-url-open`,
      { ...everyone, action: "lambda:InvokeFunctionUrl", functionUrlAuthType },
      { parent },
    );
    new aws.lambda.Permission(
      `${name}-url-open-function`,
      { ...everyone, action: "lambda:InvokeFunction", invokedViaFunctionUrl: true },
      { parent },
    );
  }
  const { arn } = alias ?? lambda;
  const callerPolicy = policyDocument([
    {
      Sid: "CallClassifier",
      Effect: "Allow",
      Action: "lambda:InvokeFunctionUrl",
      Resource: arn,
      Condition: { StringEquals: { "lambda:FunctionUrlAuthType": "AWS_IAM" } },
    },
    {
      Sid: "InvokeThroughUrl",
      Effect: "Allow",
      Action: "lambda:InvokeFunction",
      Resource: arn,
      Condition: { Bool: { "lambda:InvokedViaFunctionUrl": "true" } },
    },
  ]);
  return { url: pulumi.output(url.functionUrl), callerPolicy: open ? undefined : callerPolicy, api: undefined };
}
