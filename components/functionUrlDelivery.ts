import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/**
 * Delivery `function-url`: an HTTPS address of the function, open to signed requests only. Answers are streamed,
 * since a buffered one stops at 6 MB.
 * @param readers name and role ARN of each reader. A reader needs both permissions: to call the address, and to invoke
 *   the function by it (docs.aws.amazon.com/lambda/latest/dg/urls-auth.html)
 * @returns the address, with a slash at its end
 */
export function functionUrlDelivery(
  name: string,
  lambda: aws.lambda.Function,
  readers: readonly (readonly [string, pulumi.Input<string>])[],
  parent: pulumi.Resource,
): pulumi.Output<string> {
  const url = new aws.lambda.FunctionUrl(
    `${name}-url`,
    { functionName: lambda.name, authorizationType: "AWS_IAM", invokeMode: "RESPONSE_STREAM" },
    { parent },
  );
  for (const [reader, principal] of readers) {
    new aws.lambda.Permission(
      `${name}-url-reader-${reader}`,
      { function: lambda.name, principal, action: "lambda:InvokeFunctionUrl", functionUrlAuthType: "AWS_IAM" },
      { parent },
    );
    new aws.lambda.Permission(
      `${name}-url-invoker-${reader}`,
      { function: lambda.name, principal, action: "lambda:InvokeFunction", invokedViaFunctionUrl: true },
      { parent },
    );
  }
  return url.functionUrl;
}
