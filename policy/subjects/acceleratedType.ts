import {
  type AcceleratorKind,
  INSTANCE_FAMILIES,
  type InstanceFamily,
  instanceFamily,
} from "../../contracts/instanceFamilies";
import type { Certainty } from "./certainty";

/** Whether an instance type is accelerated, and by which of our own families: never by a text that was given. */
export interface TypeVerdict {
  readonly accelerated: Certainty;
  readonly families: readonly InstanceFamily[];
}

/** What each kind has, for people. */
export const DEVICES: Readonly<Record<AcceleratorKind, string>> = {
  gpu: "GPUs",
  neuron: "Inferentia or Trainium chips",
  "deep-learning": "deep learning accelerators",
  fpga: "FPGAs",
  media: "video transcoders",
};

/** Words that services take in place of an instance type, and that never choose an accelerated one. */
const CPU_WORDS: readonly string[] = ["optimal", "default_x86_64", "default_arm64", "system"];

/** Sizes to try a pattern against that does not say where the family ends. */
const SIZES = [
  "",
  ".large",
  ".xlarge",
  ".2xlarge",
  ".4xlarge",
  ".8xlarge",
  ".12xlarge",
  ".16xlarge",
  ".24xlarge",
  ".48xlarge",
  ".metal",
];

/** What a pattern may choose. EC2 no longer starts `cg1`, without which `c*` means families of CPUs. */
const ACCELERATED = INSTANCE_FAMILIES.filter(({ name, accelerator }) => accelerator !== undefined && name !== "cg1");
const NO: TypeVerdict = { accelerated: "no", families: [] };
const UNKNOWN_FAMILY: TypeVerdict = { accelerated: "unknown", families: [] };

const verdicts = new Map<string, TypeVerdict>();

/**
 * Judges an instance type (`p3.2xlarge`, `ml.p3.2xlarge`), a family (`p3`) or a pattern of EC2's (`p3*`, `*.xlarge`).
 * A pattern counts as accelerated when it may choose an accelerated family. What the data does not know is unknown.
 */
export function acceleratedType(text: string): TypeVerdict {
  const known = verdicts.get(text);
  if (known) return known;
  const verdict = judged(text.trim().toLowerCase());
  verdicts.set(text, verdict);
  return verdict;
}

function judged(text: string): TypeVerdict {
  if (CPU_WORDS.includes(text)) return NO;
  const name = text.startsWith("ml.") ? text.slice(3) : text;
  if (/[*?]/.test(name)) return matching(name);
  const family = instanceFamily(name.split(".")[0] ?? "");
  if (!family) return UNKNOWN_FAMILY;
  return family.accelerator ? { accelerated: "yes", families: [family] } : NO;
}

function matching(pattern: string): TypeVerdict {
  const source = pattern
    .replace(/[^*?a-z0-9]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  const expression = new RegExp(`^${source}$`);
  const families = ACCELERATED.filter(({ name }) => SIZES.some((size) => expression.test(name + size)));
  return families.length > 0 ? { accelerated: "yes", families } : NO;
}
