import { isUnknown } from "../../contracts/graph";
import type { Finding, Rule } from "../../contracts/rule";
import { JOB_TYPES, type Job, judgeJobs } from "../subjects/job";

/** Training that can be interrupted runs on spot capacity, and training on spot capacity can be interrupted. */
export const trainingOnSpot: Rule = {
  id: "training-on-spot",
  pack: "guardrails",
  severity: "medium",
  // Not every container can go on after an interruption, and no input says whether it can: shown, not refused.
  enforcement: "advisory",
  onUnknown: "report",
  title: "Training jobs use spot capacity and checkpoints",
  why:
    "Managed spot training costs up to 90 % less than on-demand capacity (Amazon SageMaker developer guide, " +
    "model-managed-spot-training.html). Without checkpoints an interrupted job begins anew, and what " +
    "it had done is lost.",
  fix:
    "Set enableManagedSpotTraining, checkpointConfig.s3Uri and stoppingCondition.maxWaitTimeInSeconds (at least " +
    "maxRuntimeInSeconds), and make the container go on from its newest checkpoint.",
  docs: "https://docs.aws.amazon.com/sagemaker/latest/dg/model-managed-spot-training.html",
  config: {},
  types: JOB_TYPES,
  check: (resource) => judgeJobs(resource, ["training"], judge),
};

function judge(job: Job): readonly Finding[] {
  // Neither a training plan's capacity, nor a warm pool, nor a serverless job can be combined with spot capacity.
  const otherwise = [["resourceConfig", "trainingPlanArn"], ["serverlessJobConfig"]].some(
    (path) => job.read(...path) !== undefined,
  );
  const keepAlive = job.read("resourceConfig", "keepAlivePeriodInSeconds");
  if (otherwise || (typeof keepAlive === "number" && keepAlive > 0)) return [];
  const path = job.at("enableManagedSpotTraining");
  const spot = job.read("enableManagedSpotTraining");
  if (isUnknown(spot)) return [{ status: "unknown", path, message: "not known yet; it must be true" }];
  if (spot !== true) return [{ status: "fail", path, message: "not true, so on-demand capacity is paid" }];
  return [...checkpointFinding(job), ...waitFinding(job)];
}

function checkpointFinding(job: Job): readonly Finding[] {
  if (job.read("checkpointConfig") !== undefined) return [];
  return [{ status: "fail", path: job.at("checkpointConfig"), message: "absent, so an interruption loses all work" }];
}

/** CreateTrainingJob refuses a wait that is shorter than the work (API reference, StoppingCondition). */
function waitFinding(job: Job): readonly Finding[] {
  const wait = job.read("stoppingCondition", "maxWaitTimeInSeconds");
  const run = job.read("stoppingCondition", "maxRuntimeInSeconds");
  if (typeof wait !== "number" || typeof run !== "number" || wait >= run) return [];
  const path = job.at("stoppingCondition", "maxWaitTimeInSeconds");
  return [{ status: "fail", path, message: "shorter than maxRuntimeInSeconds, which SageMaker refuses" }];
}
