import type { Rule } from "../../contracts/rule";
import { acceleratorFindings, acceleratorTypes } from "../subjects/acceleratorFindings";
import { TRAINING_PARAMETERS } from "../subjects/trainingTag";

const INSTEAD = "use CPU types such as m8g.xlarge, or tag it as training when it trains";

/** A cluster keeps what its work may take. */
export const acceleratorCluster: Rule = {
  id: "accelerator-cluster",
  pack: "accelerators",
  severity: "high",
  enforcement: "mandatory",
  onUnknown: "fail",
  title: "Clusters of Batch, ECS, EKS and HyperPod with accelerators are tagged as training",
  why:
    "Nodes are billed from start to end, not by the work on them: a node group with accelerators waits at" +
    " full price, and a pod that needs none may land on it.",
  fix:
    "Use CPU types, best Graviton such as m8g.xlarge. Keep accelerators in a compute environment, " +
    "capacity provider or node group of their own, tagged frugal-ml:workload = training.",
  docs: "https://docs.aws.amazon.com/batch/latest/userguide/instance-type-compute-table.html",
  config: TRAINING_PARAMETERS,
  types: acceleratorTypes("cluster"),

  check: (resource, { config }) => acceleratorFindings(resource, "cluster", INSTEAD, config),
};
