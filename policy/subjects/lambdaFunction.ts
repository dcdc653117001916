import { type GraphObject, isUnknown, reveal } from "../../contracts/graph";
import type { Finding } from "../../contracts/rule";

/** Type tokens of Lambda functions. */
export const LAMBDA_FUNCTION_TYPES = [
  "aws:lambda/function:Function",
  "aws-native:lambda:Function",
  "awscc:index/lambdaFunction:LambdaFunction",
] as const;

/** The only value that makes a function run on Graviton: Lambda takes exactly one architecture. */
export const GRAVITON_ONLY = ["arm64"] as const;

const MUST = 'it must be exactly ["arm64"]';

/**
 * Why a Lambda function does not run on Graviton, or undefined when it does. Lambda runs a function that names no
 * architecture on x86_64 (AWS Lambda API reference, CreateFunction, `Architectures`). The given value
 * is not printed, since the engine does not say which inputs are secret.
 */
export function gravitonFinding(inputs: GraphObject): Finding | undefined {
  const path = "architectures";
  const architectures = reveal(inputs[path]);
  if (architectures === undefined || architectures === null) {
    return { status: "fail", path, message: `absent, so the function runs on x86_64; ${MUST}` };
  }
  if (isUnknown(architectures)) return { status: "unknown", path, message: `not known yet; ${MUST}` };
  const elements = Array.isArray(architectures) ? architectures.map(reveal) : [];
  const [only] = elements;
  if (elements.length === 1 && only === GRAVITON_ONLY[0]) return undefined;
  if (elements.length === 1 && isUnknown(only)) {
    return { status: "unknown", path: `${path}[0]`, message: `not known yet; ${MUST}` };
  }
  return { status: "fail", path, message: `another value; ${MUST}` };
}

/** That it is not known whether a function is a container image, whose architecture its own image would decide. */
export function packageFinding(inputs: GraphObject): Finding | undefined {
  const path = "packageType";
  const message = "not known yet; the platform of a container image would have to be verified";
  return isUnknown(reveal(inputs[path])) ? { status: "unknown", path, message } : undefined;
}
