import type { Rule } from "../../contracts/rule";
import { acceleratorFindings, acceleratorTypes } from "../subjects/acceleratorFindings";
import { TRAINING_PARAMETERS } from "../subjects/trainingTag";

const INSTEAD = "only training has accelerators; use a CPU type";

/** A state machine starts jobs, tasks and instances that no resource of the stack shows. */
export const acceleratorStateMachine: Rule = {
  id: "accelerator-state-machine",
  pack: "accelerators",
  severity: "high",
  enforcement: "mandatory",
  // Most definitions hold an ARN that a preview does not know yet; the update knows it, and judges again.
  onUnknown: "report",
  title: "State machines start accelerators for training only",
  why:
    "What a state machine starts is not in the stack, so no inventory shows its price before the bill " +
    "does. An hour of ml.g4dn.xlarge costs $0.736, of ml.m5.xlarge $0.23 (processing, us-east-1, AWS " +
    "price list of 2026-09-24).",
  fix:
    "Start training with createTrainingJob or createHyperParameterTuningJob. Give every other SageMaker " +
    "call a CPU type: ml.m5.xlarge for processing and transform, ml.c7g.xlarge for endpoints. Tag EC2, " +
    "Batch, ECS, EKS and EMR work that trains, or the state machine itself.",
  docs: "https://docs.aws.amazon.com/step-functions/latest/dg/connect-sagemaker.html",
  config: TRAINING_PARAMETERS,
  types: acceleratorTypes("stateMachine"),

  check: (resource, { config }) => acceleratorFindings(resource, "stateMachine", INSTEAD, config),
};
