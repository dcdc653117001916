import type { Rule } from "../../contracts/rule";
import { acceleratorFindings, acceleratorSightings, acceleratorTypes, judged } from "../subjects/acceleratorFindings";
import { TRAINING_PARAMETERS } from "../subjects/trainingTag";

const INSTEAD = "use a CPU type such as m8g.xlarge, or tag it as training when it trains";

/** Has no tags of its own; the groups that launch by it have. */
const LAUNCH_CONFIGURATION = "aws:ec2/launchConfiguration:LaunchConfiguration";

/** An EC2 instance says nothing of its work, so a tag must. */
export const acceleratorEc2: Rule = {
  id: "accelerator-ec2",
  pack: "accelerators",
  severity: "high",
  enforcement: "mandatory",
  onUnknown: "fail",
  title: "EC2 instances with accelerators are tagged as training",
  why:
    "An instance is billed by the second until somebody ends it, and one with accelerators is the most " +
    "expensive thing to forget. Reservations, dedicated hosts and Capacity Blocks are billed whether " +
    "anything runs in them or not. What serves or preprocesses runs on Graviton.",
  fix:
    "Use a CPU type, best Graviton such as m8g.xlarge. For training use SageMaker training jobs, or tag " +
    "the resource frugal-ml:workload = training.",
  docs: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-types.html",
  config: TRAINING_PARAMETERS,
  types: acceleratorTypes("ec2"),

  check(resource, { config }) {
    if (resource.type === LAUNCH_CONFIGURATION) return [];
    return acceleratorFindings(resource, "ec2", INSTEAD, config);
  },

  checkInStack(resource, { config, dependentsOf }) {
    if (resource.type !== LAUNCH_CONFIGURATION) return [];
    const sightings = acceleratorSightings(resource, "ec2");
    const groups = dependentsOf(resource, ["launchConfiguration"]);
    const verdicts = groups.map(({ inputs }) => judged(sightings, [inputs], INSTEAD, config));
    // Every group must train: the accelerator is started for any of them.
    return verdicts.length === 0
      ? judged(sightings, [], INSTEAD, config)
      : (verdicts.find((findings) => findings.length > 0) ?? []);
  },
};
