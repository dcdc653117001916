import type { Rule } from "../../contracts/rule";
import { acceleratorFindings, acceleratorTypes } from "../subjects/acceleratorFindings";
import { TRAINING_PARAMETERS } from "../subjects/trainingTag";

const INSTEAD = "only training has accelerators; use a CPU type";

/** A template is a stack within the stack, whose resources no other rule sees. */
export const acceleratorTemplate: Rule = {
  id: "accelerator-template",
  pack: "accelerators",
  severity: "high",
  enforcement: "mandatory",
  // A template at an address is not read at all, and most of them have nothing to do with accelerators.
  onUnknown: "report",
  title: "CloudFormation templates and Cloud Control ask for accelerators for training only",
  why:
    "A template is a text to Pulumi: its endpoints, notebooks and instances cost as much as any, " +
    "ml.g5.xlarge $1.408 an hour of hosting against $0.174 for ml.c7g.xlarge (us-east-1, AWS price list " +
    "of 2026-09-22), and no other rule sees them.",
  fix:
    "Use a CPU type, as the rules about resources say, or tag the EC2, Batch, ECS, EKS or EMR resource " +
    "that trains. Pass the template as templateBody, so that it can be judged.",
  docs: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html",
  config: TRAINING_PARAMETERS,
  types: acceleratorTypes("template"),

  check: (resource, { config }) => acceleratorFindings(resource, "template", INSTEAD, config),
};
