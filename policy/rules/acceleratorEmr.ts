import type { Rule } from "../../contracts/rule";
import { acceleratorFindings, acceleratorSightings, acceleratorTypes, judged } from "../subjects/acceleratorFindings";
import { TRAINING_PARAMETERS } from "../subjects/trainingTag";

const INSTEAD = "use CPU types such as m7g.xlarge, or tag the cluster as training when it trains";

/** Have no tags of their own; their cluster has. */
const PARTS = ["aws:emr/instanceGroup:InstanceGroup", "aws:emr/instanceFleet:InstanceFleet"];

/** EMR prepares data, which is work of a CPU. */
export const acceleratorEmr: Rule = {
  id: "accelerator-emr",
  pack: "accelerators",
  severity: "high",
  enforcement: "mandatory",
  onUnknown: "fail",
  title: "EMR clusters with accelerators are tagged as training",
  why:
    "EMR adds its own price an hour to that of every instance, and a cluster is billed until it is " +
    "terminated. Preparing data with Spark uses no accelerator unless a plugin was set up for it.",
  fix:
    "Use CPU types, best Graviton such as m7g.xlarge. Tag a cluster that trains frugal-ml:workload = " +
    "training; its groups and fleets follow its tag.",
  docs: "https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-supported-instance-types.html",
  config: TRAINING_PARAMETERS,
  types: acceleratorTypes("emr"),

  check(resource, { config }) {
    return PARTS.includes(resource.type) ? [] : acceleratorFindings(resource, "emr", INSTEAD, config);
  },

  checkInStack(resource, { config, dependenciesOf }) {
    if (!PARTS.includes(resource.type)) return [];
    const clusters = dependenciesOf(resource, ["clusterId"]).filter(({ type }) => type === "aws:emr/cluster:Cluster");
    return judged(
      acceleratorSightings(resource, "emr"),
      clusters.map(({ inputs }) => inputs),
      INSTEAD,
      config,
    );
  },
};
