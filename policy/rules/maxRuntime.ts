import type { Finding, Rule } from "../../contracts/rule";
import { boundedNumber } from "../subjects/boundedNumber";
import { boundProblems } from "../subjects/boundProblems";
import { JOB_TYPES, type Job, judgeJobs } from "../subjects/job";
import { numberParameter } from "../typedParameter";

/** A job that hangs is billed until something stops it. */
export const maxRuntime: Rule = {
  id: "max-runtime",
  pack: "guardrails",
  severity: "high",
  enforcement: "mandatory",
  // A pipeline may take its limit from a parameter, which is known when it starts only.
  onUnknown: "report",
  title: "Training, tuning and processing jobs end at a stated time",
  why:
    "A job that hangs is billed by the second on every instance: one ml.g5.xlarge costs $33.79 a day ($1.408 an hour, " +
    "us-east-1, AWS price list of 2026-09-24). Where no limit is stated, SageMaker allows 24 hours (API reference, " +
    "StoppingCondition), and a tuning job has none of its own.",
  fix:
    "Set stoppingCondition.maxRuntimeInSeconds, and for a tuning job config.resourceLimits.maxRuntimeInSeconds, to a " +
    "little more than the longest run that is worth its price.",
  docs: "https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StoppingCondition.html",
  config: {
    maxSeconds: { type: "number", description: "Longest run of one job, in seconds.", default: 86_400 },
    maxTuningSeconds: {
      type: "number",
      description: "Longest run of one tuning job, all its training jobs together, in seconds.",
      default: 172_800,
    },
  },
  types: JOB_TYPES,
  configProblems: (config) => boundProblems(config, { maxSeconds: 1, maxTuningSeconds: 1 }),

  check(resource, { config }) {
    const bounds = (parameter: string, absent: string) => ({
      min: 1,
      max: numberParameter(config, parameter),
      unit: "seconds",
      absent,
    });
    const judge = (job: Job): readonly Finding[] => {
      const path = [
        ...(job.kind === "tuning" ? ["config", "resourceLimits"] : ["stoppingCondition"]),
        "maxRuntimeInSeconds",
      ];
      return boundedNumber(
        job.at(...path),
        job.read(...path),
        job.kind === "tuning"
          ? bounds("maxTuningSeconds", "absent, so the tuning job ends by the number of its jobs only")
          : bounds("maxSeconds", "absent, so SageMaker lets it run for 24 hours"),
      );
    };
    return judgeJobs(resource, ["training", "tuning", "processing"], judge);
  },
};
