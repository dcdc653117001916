import { RETIREMENTS } from "../../../../contracts/retirements";
import { replaceInstances, sameSize } from "../replaceInstances";
import type { InstanceUse } from "../wasteBill";
import type { WasteKind } from "../wasteKind";

/** What takes the place of families that AWS has retired or calls previous, the best first. */
const SUCCESSORS: Readonly<Record<string, readonly string[]>> = {
  a1: ["m7g", "m6g"],
  c1: ["c7i", "c6i", "c5"],
  c3: ["c7i", "c6i", "c5"],
  c4: ["c7i", "c6i", "c5"],
  g2: ["g4dn", "g5"],
  g3: ["g4dn", "g5"],
  g3s: ["g4dn", "g5"],
  m1: ["m7i", "m6i", "m5"],
  m2: ["r7i", "r5"],
  m3: ["m7i", "m6i", "m5"],
  m4: ["m7i", "m6i", "m5"],
  p2: ["g4dn", "g5"],
  p3: ["g6", "g5"],
  p3dn: ["g6", "g5"],
  r3: ["r7i", "r5"],
  r4: ["r7i", "r5"],
};

/** Every use of SageMaker that has instances. */
const ALL = ["Host", "AsyncInf", "Train", "Processing", "Tsform", "Notebk"];

/** Instances of families that AWS has retired or calls previous: they do less for the money, or do not start at all. */
export const retiredFamily: WasteKind = {
  id: "retired-family",
  title: "instances of families that AWS has retired",
  find: (bill) =>
    replaceInstances(bill, {
      components: ALL,
      applies: (use) => isListed(use, RETIREMENTS.retiredFamilies) || isListed(use, RETIREMENTS.previousFamilies),
      by: (use) => sameSize(use, SUCCESSORS[use.family] ?? []),
      what: (use) =>
        isListed(use, RETIREMENTS.retiredFamilies)
          ? `${use.instanceType} cannot be started any more`
          : `${use.instanceType} is of a family that AWS calls previous`,
      fix: (other) => `take ${other}`,
      provided: "the work runs on it",
    }),
};

function isListed({ family }: InstanceUse, families: readonly string[]): boolean {
  return families.includes(family);
}
