import { isUnknown } from "../../contracts/graph";
import type { Finding, Rule } from "../../contracts/rule";
import { configurationOf, ENDPOINT_TYPES, ownMinimum, scalingTargetsOf, variantsOf } from "../subjects/endpoint";
import { environmentParameters, inEnvironment } from "../subjects/environment";
import { valueAt } from "../subjects/valueAt";

/** Endpoints that are used now and then cost nothing in between. */
export const idleDevEndpoint: Rule = {
  id: "idle-dev-endpoint",
  pack: "guardrails",
  severity: "medium",
  enforcement: "advisory",
  onUnknown: "report",
  title: "Endpoints outside production are serverless or scale to zero",
  why:
    "A development endpoint answers for some hours a week and is billed for all 168: one ml.m5.xlarge costs $167.90 a " +
    "month, one ml.g5.xlarge $1,027.84 ($0.23 and $1.408 an hour, us-east-1, AWS price list of 2026-09-22).",
  fix:
    "Use serverlessConfig, asynchronous inference with minCapacity 0, or inference components with " +
    "managedInstanceScaling.minInstanceCount 0; or delete the endpoint when the day ends.",
  docs: "https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints.html",
  config: environmentParameters(["dev", "development", "test", "staging", "sandbox"]),
  types: ENDPOINT_TYPES,
  check: () => [],

  checkInStack(endpoint, context): readonly Finding[] {
    const path = "endpointConfigName";
    const configuration = configurationOf(endpoint, context);
    const standing = inEnvironment(endpoint, context.config, context.providerOf(endpoint));
    if (!configuration || standing === "no") return [];
    const targets = scalingTargetsOf(endpoint, context).map(({ inputs }) => valueAt(inputs, "minCapacity"));
    const costsWhenIdle = variantsOf(configuration)
      .filter(({ onInstances }) => onInstances)
      .map(ownMinimum);
    if (costsWhenIdle.every((minimum) => minimum === 0) || targets.includes(0)) return [];
    const unknown = standing === "unknown" || [...targets, ...costsWhenIdle].some(isUnknown);
    const message = "instances run while nobody asks; it must be serverless or scale to 0 outside production";
    return [
      unknown
        ? { status: "unknown", path, message: `not all is known yet: ${message}` }
        : { status: "fail", path, message },
    ];
  },
};
