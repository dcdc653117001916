import type { Rule } from "../../contracts/rule";
import { SERVICE_LIMITS } from "../../contracts/serviceLimits";
import { ENDPOINT_CONFIGURATION_TYPES, MODEL_TYPES } from "../subjects/endpoint";
import { JOB_TYPES, judgeJobs } from "../subjects/job";
import { configurationLimits, modelLimits, transformLimits } from "../subjects/optionLimits";

/** What an option of inference does not take is seen before the update, not in the middle of it. */
export const inferenceOptionLimits: Rule = {
  id: "inference-option-limits",
  pack: "guardrails",
  severity: "medium",
  // SageMaker refuses it anyway, and may take more than its pages said on the day on which they were read.
  enforcement: "advisory",
  onUnknown: "report",
  title: "Endpoints, models and transform jobs keep the documented limits of their option",
  why:
    "SageMaker refuses what is beyond a limit when the update is half done: models and roles are there, the endpoint is " +
    "not. A transform step is refused only when its pipeline runs, which may be the night after. The limits are AWS's as " +
    `read on ${SERVICE_LIMITS.sagemaker.options.readOn}: memory and concurrency of serverless variants, variants of an endpoint, requests at the ` +
    "same time of an asynchronous one, containers of a model, payloads, time and retries of batch transform.",
  fix: "Set the property within the bounds that the finding names, or take an option that goes further: frugal-ml choose ranks them.",
  docs: "https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateEndpointConfig.html",
  config: {},
  types: [...ENDPOINT_CONFIGURATION_TYPES, ...MODEL_TYPES, ...JOB_TYPES],

  check(resource) {
    if (ENDPOINT_CONFIGURATION_TYPES.some((token) => token === resource.type)) return configurationLimits(resource);
    if (MODEL_TYPES.some((token) => token === resource.type)) return modelLimits(resource);
    return judgeJobs(resource, ["transform"], transformLimits);
  },
};
