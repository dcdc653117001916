import { isUnknown } from "../../contracts/graph";
import type { Finding, Rule } from "../../contracts/rule";
import { valueAt } from "../subjects/valueAt";

const LIFECYCLE_TYPES = [
  "aws:sagemaker/notebookInstanceLifecycleConfiguration:NotebookInstanceLifecycleConfiguration",
  "aws-native:sagemaker:NotebookInstanceLifecycleConfig",
];

/** A notebook instance has a script that can stop it. */
export const idleNotebook: Rule = {
  id: "idle-notebook",
  pack: "guardrails",
  severity: "medium",
  enforcement: "advisory",
  onUnknown: "report",
  title: "Notebook instances stop when they are idle",
  why:
    "A notebook instance is billed until it is stopped, and has no idle time of its own: an ml.g5.xlarge that is left on " +
    "over a weekend costs $88.83, over a month $1,029.30 ($1.41 an hour, us-east-1, AWS price list of 2026-09-24).",
  fix:
    "Set lifecycleConfigName to a lifecycle configuration that stops the instance when it is idle (aws-samples has " +
    "auto-stop-idle), or use Studio, which shuts idle applications down itself.",
  docs: "https://docs.aws.amazon.com/sagemaker/latest/dg/notebook-lifecycle-config.html",
  config: {},
  types: ["aws:sagemaker/notebookInstance:NotebookInstance", "aws-native:sagemaker:NotebookInstance"],
  check: () => [],

  checkInStack(resource, { dependenciesOf }): readonly Finding[] {
    const path = "lifecycleConfigName";
    const name = valueAt(resource.inputs, path);
    if (typeof name === "string" && name !== "") return [];
    if (dependenciesOf(resource, [path]).some(({ type }) => LIFECYCLE_TYPES.includes(type))) return [];
    const must = "it must name a lifecycle configuration that stops the instance when it is idle";
    if (isUnknown(name)) return [{ status: "unknown", path, message: `not known yet; ${must}` }];
    return [{ status: "fail", path, message: `absent, so nothing stops the instance; ${must}` }];
  },
};
