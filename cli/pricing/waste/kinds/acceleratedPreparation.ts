import { cpuInstances, isAccelerated } from "../cpuInstances";
import { replaceInstances, unknownFamilies } from "../replaceInstances";
import type { WasteKind } from "../wasteKind";

const COMPONENTS = ["Processing", "Tsform"];

/** Accelerated instances that prepare data or transform it in batches. */
export const acceleratedPreparation: WasteKind = {
  id: "accelerated-preparation",
  title: "processing and transforming on accelerated instances",
  find: (bill) => [
    ...replaceInstances(bill, {
      components: COMPONENTS,
      applies: isAccelerated,
      by: cpuInstances,
      what: ({ component, instanceType }) =>
        `a ${component === "Tsform" ? "transform" : "processing"} step runs on ${instanceType}`,
      fix: (other) => `run it on ${other}`,
      provided: "it takes no longer without the accelerator",
    }),
    ...unknownFamilies(bill, COMPONENTS),
  ],
};
