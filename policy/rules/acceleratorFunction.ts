import type { Rule } from "../../contracts/rule";
import { acceleratorFindings, acceleratorTypes } from "../subjects/acceleratorFindings";

const INSTEAD = "functions run on CPU, best Graviton such as c8g.xlarge";

/** A capacity provider keeps instances for functions. */
export const acceleratorFunction: Rule = {
  id: "accelerator-function",
  pack: "accelerators",
  severity: "medium",
  enforcement: "mandatory",
  onUnknown: "fail",
  title: "Capacity providers of Lambda keep CPU instances",
  why:
    "Instances of a capacity provider are billed while they wait for requests. Functions that serve or " +
    "preprocess run on a CPU; one GPU instance in the list is enough to be started.",
  fix: "List CPU types only, best Graviton such as m8g.xlarge or c8g.xlarge. No tag allows an accelerator " + "here.",
  docs: "https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances.html",
  config: {},
  types: acceleratorTypes("function"),

  check: (resource) => acceleratorFindings(resource, "function", INSTEAD),
};
