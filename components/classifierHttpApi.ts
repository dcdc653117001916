import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { SERVICE_LIMITS } from "../contracts/serviceLimits";
import type { CheckedClassifierApiArgs } from "./checkedClassifierApiArgs";
import { ApiAuthorization, type ClassifierApiArgs } from "./classifierApiArgs";
import { policyDocument } from "./normalizePolicies";

/** What answers: a function, or an alias of it. */
export interface AnsweringFunction {
  readonly lambda: aws.lambda.Function;
  readonly alias: aws.lambda.Alias | undefined;
}

/** The front of a classifier. */
export interface ClassifierFront {
  /** Address, with a slash at its end. */
  readonly url: pulumi.Output<string>;
  /** What a caller's IAM policy must allow; undefined where no IAM is asked. */
  readonly callerPolicy: pulumi.Output<string> | undefined;
  /** The HTTP API, to be watched; undefined for a function URL. */
  readonly api: aws.apigatewayv2.Api | undefined;
}

/** What is logged of each request: enough to see who was answered what, and how long it took; never a body. */
const ACCESS_LOG = JSON.stringify({
  requestId: "$context.requestId",
  requestTime: "$context.requestTime",
  routeKey: "$context.routeKey",
  status: "$context.status",
  responseLength: "$context.responseLength",
  responseLatency: "$context.responseLatency",
  integrationLatency: "$context.integrationLatency",
  integrationError: "$context.integrationErrorMessage",
  authorizerError: "$context.authorizer.error",
  caller: "$context.identity.userArn",
  sourceIp: "$context.identity.sourceIp",
});

/** An HTTP API of API Gateway with the routes `GET /` and `POST /`, throttled, with access logs. */
export function classifierHttpApi(
  name: string,
  args: ClassifierApiArgs,
  checked: CheckedClassifierApiArgs,
  { lambda, alias }: AnsweringFunction,
  parent: pulumi.Resource,
): ClassifierFront {
  const { tags, logRetentionDays: retentionInDays, logKmsKeyArn: kmsKeyId } = checked;
  const child = { parent };
  const api = new aws.apigatewayv2.Api(
    `${name}-api`,
    { protocolType: "HTTP", description: `Classifies pictures: ${name}.`, tags },
    child,
  );
  const permission = new aws.lambda.Permission(
    `${name}-api-permission`,
    {
      function: lambda.name,
      ...(alias && { qualifier: alias.name }),
      action: "lambda:InvokeFunction",
      principal: "apigateway.amazonaws.com",
      sourceArn: pulumi.interpolate`${api.executionArn}/*/*`,
    },
    child,
  );
  const integration = new aws.apigatewayv2.Integration(
    `${name}-api-integration`,
    {
      apiId: api.id,
      integrationType: "AWS_PROXY",
      integrationUri: (alias ?? lambda).invokeArn,
      payloadFormatVersion: "2.0",
      timeoutMilliseconds: SERVICE_LIMITS.httpApi.integrationMs,
    },
    { parent, dependsOn: [permission] },
  );
  const guard = authorization(name, args, checked, api, parent);
  const routes = ["GET", "POST"].map(
    (method) =>
      new aws.apigatewayv2.Route(
        `${name}-api-${method.toLowerCase()}`,
        {
          apiId: api.id,
          routeKey: `${method} /`,
          target: pulumi.interpolate`integrations/${integration.id}`,
          ...guard,
        },
        child,
      ),
  );
  const logs = new aws.cloudwatch.LogGroup(`${name}-access-logs`, { retentionInDays, kmsKeyId, tags }, child);
  new aws.apigatewayv2.Stage(
    `${name}-api-stage`,
    {
      apiId: api.id,
      name: "$default",
      autoDeploy: true,
      defaultRouteSettings: {
        throttlingRateLimit: checked.throttleRate,
        throttlingBurstLimit: checked.throttleBurst,
      },
      accessLogSettings: { destinationArn: logs.arn, format: ACCESS_LOG },
      tags,
    },
    // Deployed with its routes, never before them.
    { parent, dependsOn: routes },
  );
  const callerPolicy =
    checked.authorization === ApiAuthorization.Iam
      ? policyDocument([
          {
            Sid: "CallClassifier",
            Effect: "Allow",
            Action: "execute-api:Invoke",
            Resource: pulumi.interpolate`${api.executionArn}/$default/*`,
          },
        ])
      : undefined;
  return { url: pulumi.interpolate`${api.apiEndpoint}/`, callerPolicy, api };
}

/** How routes are guarded. */
function authorization(
  name: string,
  args: ClassifierApiArgs,
  checked: CheckedClassifierApiArgs,
  api: aws.apigatewayv2.Api,
  parent: pulumi.Resource,
): Pick<aws.apigatewayv2.RouteArgs, "authorizationType" | "authorizerId"> {
  if (checked.authorization === ApiAuthorization.Open) return { authorizationType: "NONE" };
  if (checked.authorization === ApiAuthorization.Iam) return { authorizationType: "AWS_IAM" };
  const authorizer = new aws.apigatewayv2.Authorizer(
    `${name}-api-authorizer`,
    {
      apiId: api.id,
      authorizerType: "JWT",
      identitySources: ["$request.header.Authorization"],
      jwtConfiguration: { issuer: checked.jwtIssuer, audiences: args.jwtAudiences ?? [] },
    },
    { parent },
  );
  return { authorizationType: "JWT", authorizerId: authorizer.id };
}
