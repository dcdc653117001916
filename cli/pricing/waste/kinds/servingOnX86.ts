import { instanceFamily } from "../../../../contracts/instanceFamilies";
import { replaceInstances, sameSize } from "../replaceInstances";
import type { InstanceUse } from "../wasteBill";
import type { WasteKind } from "../wasteKind";

/** Graviton's families by the letter of what they are for; only hosting has them. */
const GRAVITON: Readonly<Record<string, readonly string[]>> = {
  c: ["c7g", "c6g", "c8g"],
  m: ["m7g", "m6g", "m8g"],
  r: ["r7g", "r6g"],
};

/** Instances with x86 processors that answer requests, where Graviton has as many vCPUs and as much memory. */
export const servingOnX86: WasteKind = {
  id: "serving-on-x86",
  title: "serving on x86",
  find: (bill) =>
    replaceInstances(bill, {
      components: ["Host"],
      applies: (use) => isX86(use) && counterparts(use).length > 0,
      by: counterparts,
      what: ({ instanceType }) => `${instanceType} answers requests`,
      fix: (other) => `serve on ${other} with the container's arm64 image`,
      provided: "the container has an arm64 image",
    }),
};

function isX86({ family }: InstanceUse): boolean {
  const known = instanceFamily(family);
  return known?.processor === "x86" && known.accelerator === undefined;
}

function counterparts(use: InstanceUse): readonly string[] {
  return sameSize(use, GRAVITON[/^[a-z]+/.exec(use.family)?.[0] ?? ""] ?? []);
}
