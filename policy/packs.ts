import type { Rule } from "../contracts/rule";
import { acceleratorRules } from "./accelerators/rules";
import { gravitonRules } from "./graviton/rules";
import { guardrailRules } from "./guardrails/rules";

/** Our packs by name, for use in this process. Each is also a folder that the real engine runs by path. */
export const packs: Readonly<Record<string, readonly Rule[]>> = {
  accelerators: acceleratorRules,
  graviton: gravitonRules,
  guardrails: guardrailRules,
};
