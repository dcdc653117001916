import type { Rule } from "../../contracts/rule";
import { gravitonPreprocessing } from "../rules/gravitonPreprocessing";

/** CPU work that belongs on Graviton. */
export const gravitonRules: readonly Rule[] = [gravitonPreprocessing];
