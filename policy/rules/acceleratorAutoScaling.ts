import type { Rule } from "../../contracts/rule";
import { acceleratorFindings, acceleratorTypes } from "../subjects/acceleratorFindings";
import { TRAINING_PARAMETERS } from "../subjects/trainingTag";

const INSTEAD = "use CPU types such as m8g.xlarge, or tag the group as training when it trains";

/** A group starts whatever its overrides name, as often as its maximum allows. */
export const acceleratorAutoScaling: Rule = {
  id: "accelerator-auto-scaling",
  pack: "accelerators",
  severity: "high",
  enforcement: "mandatory",
  onUnknown: "fail",
  title: "Auto Scaling groups with accelerators are tagged as training",
  why:
    "A group multiplies its instances: one accelerated type among the overrides is bought up to the " +
    "maximum size whenever it is the one that can be had.",
  fix:
    "Name CPU types in the overrides, best Graviton such as m8g.xlarge, and leave accelerator " +
    "requirements out. Tag a group that trains frugal-ml:workload = training.",
  docs: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-mixed-instances-groups.html",
  config: TRAINING_PARAMETERS,
  types: acceleratorTypes("autoScaling"),

  check: (resource, { config }) => acceleratorFindings(resource, "autoScaling", INSTEAD, config),
};
