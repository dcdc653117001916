import { type GraphValue, isUnknown } from "../../contracts/graph";
import type { Finding, Rule, RuleResource } from "../../contracts/rule";
import { SERVICE_LIMITS } from "../../contracts/serviceLimits";
import { LAMBDA_FUNCTION_TYPES } from "../subjects/lambdaFunction";
import { valueAt } from "../subjects/valueAt";

const HTTP_API_SECONDS = SERVICE_LIMITS.httpApi.integrationMs / 1000;
const OBJECT_LAMBDA_SECONDS = SERVICE_LIMITS.objectLambda.answerSeconds;

/** Who waits for a function's answer, by what refers to the function, and how long, in seconds. */
const CALLERS: Readonly<Record<string, { readonly name: string; readonly seconds: number }>> = {
  "aws:apigatewayv2/integration:Integration": { name: "an HTTP API", seconds: HTTP_API_SECONDS },
  "aws-native:apigatewayv2:Integration": { name: "an HTTP API", seconds: HTTP_API_SECONDS },
  "aws:s3control/objectLambdaAccessPoint:ObjectLambdaAccessPoint": {
    name: "S3 Object Lambda",
    seconds: OBJECT_LAMBDA_SECONDS,
  },
  "aws-native:s3objectlambda:AccessPoint": { name: "S3 Object Lambda", seconds: OBJECT_LAMBDA_SECONDS },
};

/** A function does not work on when nobody waits any more. */
export const callerTimeout: Rule = {
  id: "caller-timeout",
  pack: "guardrails",
  severity: "low",
  // The same function may have other callers, who wait longer.
  enforcement: "advisory",
  onUnknown: "report",
  title: "Lambda functions end when their caller stops waiting",
  why:
    `An HTTP API answers 503 after ${HTTP_API_SECONDS} seconds, S3 Object Lambda after ${OBJECT_LAMBDA_SECONDS} (API Gateway and S3 documentation). ` +
    "A function that works on is billed for an answer that nobody gets, and the caller's retry starts another.",
  fix: "Set timeout to at most what the caller waits, or give slow work to a queue.",
  docs: "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html",
  config: {},
  types: LAMBDA_FUNCTION_TYPES,
  check: () => [],

  checkInStack(resource, { dependentsOf }) {
    const timeout = valueAt(resource.inputs, "timeout");
    return dependentsOf(resource, ["integrationUri", "configuration", "objectLambdaConfiguration"])
      .flatMap((caller) => finding(caller, timeout))
      .slice(0, 1);
  },
};

function finding(caller: RuleResource, timeout: GraphValue | undefined): readonly Finding[] {
  const { name, seconds } = CALLERS[caller.type] ?? {};
  if (seconds === undefined) return [];
  if (isUnknown(timeout)) {
    return [{ status: "unknown", path: "timeout", message: `not known yet; ${name} waits ${seconds} seconds` }];
  }
  if (typeof timeout !== "number" || timeout <= seconds) return [];
  return [{ status: "fail", path: "timeout", message: `longer than the ${seconds} seconds that ${name} waits` }];
}
