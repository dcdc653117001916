import type { Rule } from "../../contracts/rule";
import { acceleratorFindings, acceleratorTypes } from "../subjects/acceleratorFindings";

const INSTEAD = "Glue runs on Standard, G, R or Z workers, for example G.1X";

/** Workers of Glue are CPU; one that is not known may be something else. */
export const acceleratorGlue: Rule = {
  id: "accelerator-glue",
  pack: "accelerators",
  severity: "medium",
  enforcement: "mandatory",
  onUnknown: "fail",
  title: "Glue runs on its documented CPU workers",
  why:
    "Glue moves and joins data, and all worker types that AWS documents for it (Standard, G, R and Z) are" +
    " CPU. A type that is not among them has a price nobody here has read.",
  fix: "Use a documented worker type, G.1X unless memory says otherwise. No tag allows another here.",
  docs: "https://docs.aws.amazon.com/glue/latest/dg/worker-types.html",
  config: {},
  types: acceleratorTypes("glue"),

  check: (resource) => acceleratorFindings(resource, "glue", INSTEAD),
};
