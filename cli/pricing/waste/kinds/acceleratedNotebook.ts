import { cpuInstances, isAccelerated } from "../cpuInstances";
import { replaceInstances, unknownFamilies } from "../replaceInstances";
import type { WasteKind } from "../wasteKind";

const COMPONENTS = ["Notebk"];

/** Accelerated notebook instances: most of the hours somebody reads and writes, and the accelerator waits. */
export const acceleratedNotebook: WasteKind = {
  id: "accelerated-notebook",
  title: "notebooks on accelerated instances",
  find: (bill) => [
    ...replaceInstances(bill, {
      components: COMPONENTS,
      applies: isAccelerated,
      by: (use) => [...cpuInstances(use), "ml.t3.medium"],
      what: ({ instanceType }) => `the notebook runs on ${instanceType}`,
      fix: (other) => `write on ${other}, and train in training jobs, which are paid while they run`,
      provided: "training can run as jobs",
    }),
    ...unknownFamilies(bill, COMPONENTS),
  ],
};
