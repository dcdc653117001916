import { cpuInstances, isAccelerated } from "../cpuInstances";
import { replaceInstances, unknownFamilies } from "../replaceInstances";
import type { WasteKind } from "../wasteKind";

const COMPONENTS = ["Host", "AsyncInf"];

/** Accelerated instances that answer requests: models of tables and series, and small ones of images, need none. */
export const acceleratedServing: WasteKind = {
  id: "accelerated-serving",
  title: "serving on accelerated instances",
  find: (bill) => [
    ...replaceInstances(bill, {
      components: COMPONENTS,
      applies: isAccelerated,
      by: cpuInstances,
      what: ({ instanceType }) => `${instanceType} answers requests`,
      fix: (other) => `serve on ${other}, after a load test with the model`,
      provided: "the model answers fast enough on CPUs",
    }),
    ...unknownFamilies(bill, COMPONENTS),
  ],
};
