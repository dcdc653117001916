import { isUnknown } from "../../contracts/graph";
import type { Finding, Rule } from "../../contracts/rule";
import { boundedNumber } from "../subjects/boundedNumber";
import { boundProblems } from "../subjects/boundProblems";
import { ENDPOINT_CONFIGURATION_TYPES } from "../subjects/endpoint";
import { valueAt } from "../subjects/valueAt";
import { numberParameter } from "../typedParameter";

/** An endpoint keeps a sample of its requests, not all of them. */
export const dataCapture: Rule = {
  id: "data-capture",
  pack: "guardrails",
  severity: "low",
  // A regulated model must keep all of them.
  enforcement: "advisory",
  onUnknown: "report",
  title: "Endpoints capture a sample of their requests",
  why:
    "Capture writes requests and answers to S3, which keeps them until somebody deletes them: 100 requests a second of 100 KB " +
    "each are 26 TB a month, $596 for each month that they stay ($0.023 for each GB and month, us-east-1, AWS price list of " +
    "2025-10-22). Drift shows in a tenth of it.",
  fix: "Set initialSamplingPercentage to what monitoring needs, and let captured objects expire.",
  docs: "https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture-endpoint.html",
  config: {
    maxPercentage: {
      type: "number",
      description: "Largest share of requests that is captured, in percent.",
      default: 20,
    },
  },
  types: ENDPOINT_CONFIGURATION_TYPES,
  configProblems: (config) => boundProblems(config, { maxPercentage: 0 }),

  check({ inputs }, { config }): readonly Finding[] {
    const capture = valueAt(inputs, "dataCaptureConfig");
    const enabled = valueAt(capture, "enableCapture");
    if (capture === undefined || enabled === false || enabled === undefined) return [];
    const path = "dataCaptureConfig.initialSamplingPercentage";
    const bounds = { min: 0, max: numberParameter(config, "maxPercentage"), unit: "percent" };
    const findings = boundedNumber(path, valueAt(capture, "initialSamplingPercentage"), bounds);
    return isUnknown(enabled) ? findings.map((each) => ({ ...each, status: "unknown" })) : findings;
  },
};
