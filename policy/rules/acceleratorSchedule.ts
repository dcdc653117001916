import type { Rule } from "../../contracts/rule";
import { acceleratorFindings, acceleratorTypes } from "../subjects/acceleratorFindings";
import { TRAINING_PARAMETERS } from "../subjects/trainingTag";

const INSTEAD = "only training has accelerators; use a CPU type";

/** A schedule calls an API by name, again and again. */
export const acceleratorSchedule: Rule = {
  id: "accelerator-schedule",
  pack: "accelerators",
  severity: "high",
  enforcement: "mandatory",
  // An input often holds an ARN that a preview does not know yet; the update knows it, and judges again.
  onUnknown: "report",
  title: "Schedules and event rules start accelerators for training only",
  why:
    "What a schedule starts is paid for again at every run, and no resource of the stack shows it. An " +
    "hour of ml.g4dn.xlarge costs $0.736, of ml.m5.xlarge $0.23 (processing, us-east-1, AWS price list of" +
    " 2026-09-24).",
  fix:
    "Schedule training with createTrainingJob. Give other calls a CPU type such as ml.m5.xlarge; tag the " +
    "ECS or Batch work of a target when it trains.",
  docs: "https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html",
  config: TRAINING_PARAMETERS,
  types: acceleratorTypes("schedule"),

  check: (resource, { config }) => acceleratorFindings(resource, "schedule", INSTEAD, config),
};
