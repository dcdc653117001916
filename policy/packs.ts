import type { Rule } from "../contracts/rule";
import { gravitonRules } from "./graviton/rules";

/** Our packs by name, for use in this process. Each is also a folder that the real engine runs by path. */
export const packs: Readonly<Record<string, readonly Rule[]>> = { graviton: gravitonRules };
