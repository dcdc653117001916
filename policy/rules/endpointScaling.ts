import { isUnknown } from "../../contracts/graph";
import type { Finding, Rule, RuleResource, StackRuleContext } from "../../contracts/rule";
import { boundProblems } from "../subjects/boundProblems";
import {
  configurationOf,
  ENDPOINT_TYPES,
  isAsync,
  ownMinimum,
  scalingTargetsOf,
  variantsOf,
} from "../subjects/endpoint";
import { valueAt } from "../subjects/valueAt";
import { numberParameter } from "../typedParameter";

const PATH = "endpointConfigName";

/** An endpoint of several instances has as many as its requests need; an asynchronous one has none when idle. */
export const endpointScaling: Rule = {
  id: "endpoint-scaling",
  pack: "guardrails",
  severity: "high",
  // A steady load needs no scaling, and no input says how steady it is.
  enforcement: "advisory",
  onUnknown: "report",
  title: "Endpoints scale with their requests, asynchronous ones to zero",
  why:
    "An endpoint is billed by the hour for every instance, requests or not: four ml.m5.xlarge cost $671.60 a month " +
    "($0.23 an hour, us-east-1, AWS price list of 2026-09-22), of which a load that is high for eight hours a day needs " +
    "half. An asynchronous endpoint may have no instances at all while its queue is empty.",
  fix:
    "Register the variant with Application Auto Scaling (aws.appautoscaling.Target with a target tracking policy); for an " +
    "asynchronous endpoint with minCapacity 0.",
  docs: "https://docs.aws.amazon.com/sagemaker/latest/dg/endpoint-auto-scaling.html",
  config: {
    maxFixedInstances: {
      type: "number",
      description: "Most instances of one variant that need no scaling.",
      default: 1,
    },
  },
  types: ENDPOINT_TYPES,
  configProblems: (config) => boundProblems(config, { maxFixedInstances: 0 }),
  check: () => [],

  checkInStack(endpoint, context) {
    const configuration = configurationOf(endpoint, context);
    if (!configuration) {
      return [{ status: "unknown", path: PATH, message: "the configuration is not part of this stack" }];
    }
    return isAsync(configuration) ? asyncFindings(endpoint, context) : fixedFindings(endpoint, configuration, context);
  },
};

function asyncFindings(endpoint: RuleResource, context: StackRuleContext): readonly Finding[] {
  const minimums = scalingTargetsOf(endpoint, context).map(({ inputs }) => valueAt(inputs, "minCapacity"));
  if (minimums.includes(0)) return [];
  const must = "an asynchronous endpoint must scale to 0";
  if (minimums.some(isUnknown)) return [{ status: "unknown", path: PATH, message: `not known yet; ${must}` }];
  const message = minimums.length === 0 ? `no scaling target; ${must}` : `scales to instances that are idle; ${must}`;
  return [{ status: "fail", path: PATH, message }];
}

function fixedFindings(
  endpoint: RuleResource,
  configuration: RuleResource,
  context: StackRuleContext,
): readonly Finding[] {
  const most = numberParameter(context.config, "maxFixedInstances");
  if (scalingTargetsOf(endpoint, context).length > 0) return [];
  const must = `more than ${most} must scale`;
  const counts = variantsOf(configuration)
    .filter((variant) => variant.onInstances && ownMinimum(variant) === undefined)
    .map(({ value }) => valueAt(value, "initialInstanceCount") ?? 1);
  if (counts.some((count) => typeof count === "number" && count > most)) {
    return [{ status: "fail", path: PATH, message: `instances of a fixed number and no scaling target; ${must}` }];
  }
  if (counts.some(isUnknown))
    return [{ status: "unknown", path: PATH, message: `the number of instances is not known yet; ${must}` }];
  return [];
}
