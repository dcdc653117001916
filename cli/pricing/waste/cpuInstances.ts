import { instanceFamily } from "../../../contracts/instanceFamilies";
import { sameSize } from "./replaceInstances";
import type { InstanceUse } from "./wasteBill";

/** General families in the order in which they are taken: as many vCPUs and as much memory as g4dn, g5 and g6 of a size. */
const GENERAL = ["m7i", "m6i", "m5", "c7i", "c6i", "c5"];

/** Families of Graviton, which only hosting has. */
const GRAVITON = ["m7g", "m6g", "c7g", "c6g"];

/** True for a family with an accelerator; families that are not known are not. */
export function isAccelerated({ family }: InstanceUse): boolean {
  return instanceFamily(family)?.accelerator !== undefined;
}

/** Instances without an accelerator for one with it, of the same size. */
export function cpuInstances(use: InstanceUse): readonly string[] {
  return sameSize(use, use.component === "Host" ? [...GRAVITON, ...GENERAL] : GENERAL);
}
