import type { Finding, Rule } from "../../contracts/rule";
import { boundedNumber } from "../subjects/boundedNumber";
import { boundProblems } from "../subjects/boundProblems";
import { ENDPOINT_CONFIGURATION_TYPES, ownMinimum, SCALING_TARGET_TYPES, variantsOf } from "../subjects/endpoint";
import { valueAt } from "../subjects/valueAt";
import { numberParameter } from "../typedParameter";

/** The dimension of instances; others are of copies and of provisioned concurrency. */
const INSTANCES = "sagemaker:variant:DesiredInstanceCount";

/** Scaling ends at a number of instances that somebody can pay. */
export const scalingCeiling: Rule = {
  id: "scaling-ceiling",
  pack: "guardrails",
  severity: "high",
  // What a team can pay is its own to say: the bound is a guess until it is configured.
  enforcement: "advisory",
  onUnknown: "report",
  title: "Endpoints scale to a ceiling",
  why:
    "A loop of retries, or a scan of a public address, scales an endpoint to its ceiling and keeps it there: 100 " +
    "ml.m5.xlarge cost $552 a day ($0.23 an hour, us-east-1, AWS price list of 2026-09-22).",
  fix: "Set maxCapacity of the scaling target, or managedInstanceScaling.maxInstanceCount of the variant, to what the busiest hour needs.",
  docs: "https://docs.aws.amazon.com/sagemaker/latest/dg/endpoint-auto-scaling.html",
  config: {
    maxCapacity: { type: "number", description: "Most instances of one variant.", default: 10 },
  },
  types: [...SCALING_TARGET_TYPES, ...ENDPOINT_CONFIGURATION_TYPES],
  configProblems: (config) => boundProblems(config, { maxCapacity: 1 }),

  check(resource, { config }): readonly Finding[] {
    const max = numberParameter(config, "maxCapacity");
    const bounds = { min: 0, max, unit: "instances", absent: "absent, so there is no ceiling" };
    if (SCALING_TARGET_TYPES.some((type) => type === resource.type)) {
      const dimension = valueAt(resource.inputs, "scalableDimension");
      return dimension === INSTANCES
        ? boundedNumber("maxCapacity", valueAt(resource.inputs, "maxCapacity"), bounds)
        : [];
    }
    return variantsOf(resource)
      .filter((variant) => ownMinimum(variant) !== undefined)
      .flatMap(({ path, value }) =>
        boundedNumber(
          `${path}.managedInstanceScaling.maxInstanceCount`,
          valueAt(value, "managedInstanceScaling", "maxInstanceCount"),
          bounds,
        ),
      );
  },
};
