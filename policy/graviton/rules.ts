import type { Rule } from "../../contracts/rule";
import { gravitonBuild } from "../rules/gravitonBuild";
import { gravitonContainer } from "../rules/gravitonContainer";
import { gravitonEmrServerless } from "../rules/gravitonEmrServerless";
import { gravitonInferenceClient } from "../rules/gravitonInferenceClient";
import { gravitonLayers } from "../rules/gravitonLayers";
import { gravitonPreprocessing } from "../rules/gravitonPreprocessing";

/** CPU work that belongs on Graviton. */
export const gravitonRules: readonly Rule[] = [
  gravitonPreprocessing,
  gravitonInferenceClient,
  gravitonLayers,
  gravitonBuild,
  gravitonContainer,
  gravitonEmrServerless,
];
