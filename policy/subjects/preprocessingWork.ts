import type { RuleParameters } from "../../contracts/rule";
import { PREPROCESSING_PARAMETERS } from "./preprocessing";

/**
 * The parameters of {@link PREPROCESSING_PARAMETERS} for work that is no Lambda function. Names decide nothing by
 * default: a build project is often named after what it builds.
 */
export const PREPROCESSING_WORK_PARAMETERS: RuleParameters = {
  ...PREPROCESSING_PARAMETERS,
  namePatterns: {
    type: "array",
    items: { type: "string" },
    description:
      "Regular expressions, in any case, on the resource's and its own name that mean preprocessing. None by default.",
    default: [],
  },
};

/** Which work a rule is about, as a finding says that it cannot be told. */
export const WHETHER_PREPROCESSING = "whether this work preprocesses";
