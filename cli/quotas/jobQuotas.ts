import type { GraphResource } from "../../contracts/graph";
import { inputAt, numberAt, objectsAt, textAt } from "./graphInput";
import { InstanceUsage, instanceNeed, type QuotaNeed } from "./quotaNeed";

const TRAINING = "aws:sagemaker/trainingJob:TrainingJob";
const NOTEBOOK = "aws:sagemaker/notebookInstance:NotebookInstance";

/** What training jobs and notebooks need that the program declares as resources. */
export function jobQuotas(resources: readonly GraphResource[]): readonly QuotaNeed[] {
  return resources.flatMap(({ urn, type, inputs }) => {
    if (type === NOTEBOOK) return [instanceNeed(urn, InstanceUsage.Notebook, textAt(inputs, "instanceType"), 1)];
    if (type !== TRAINING) return [];
    const spot = inputAt(inputs, "enableManagedSpotTraining") === true;
    const usage = spot ? InstanceUsage.SpotTraining : InstanceUsage.Training;
    const groups = objectsAt(inputs, "resourceConfig", "instanceGroups");
    const machines = groups.length > 0 ? groups : objectsAt(inputs, "resourceConfig");
    return machines.map((group) =>
      instanceNeed(urn, usage, textAt(group, "instanceType"), numberAt(group, "instanceCount")),
    );
  });
}
