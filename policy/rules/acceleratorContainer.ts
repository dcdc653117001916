import type { Rule } from "../../contracts/rule";
import { acceleratorFindings, acceleratorTypes } from "../subjects/acceleratorFindings";
import { TRAINING_PARAMETERS } from "../subjects/trainingTag";

const INSTEAD = "remove the requirement, or tag the definition as training when it trains";

/** A job or a task asks for a GPU in a text, and so decides what is started for it. */
export const acceleratorContainer: Rule = {
  id: "accelerator-container",
  pack: "accelerators",
  severity: "high",
  enforcement: "mandatory",
  // Definitions of containers mostly hold an image or an ARN that a preview does not know yet; the update judges again.
  onUnknown: "report",
  title: "Batch jobs and ECS tasks that ask for accelerators are tagged as training",
  why:
    "A job that asks for a GPU makes Batch or ECS start an instance that has one, whatever the job does " +
    "with it, and keeps others away from it.",
  fix:
    "Remove GPU and accelerator requirements from what serves or preprocesses. Tag a definition that " +
    "trains frugal-ml:workload = training.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-gpu.html",
  config: TRAINING_PARAMETERS,
  types: acceleratorTypes("container"),

  check: (resource, { config }) => acceleratorFindings(resource, "container", INSTEAD, config),
};
