import type { Rule } from "../../contracts/rule";
import { acceleratorFindings, acceleratorTypes } from "../subjects/acceleratorFindings";

const INSTEAD = "endpoints serve on Graviton such as ml.c7g.xlarge, or on x86 such as ml.m7i.xlarge";

/** Endpoints run day and night, so an accelerator that serves is paid for even while nobody asks. */
export const acceleratorEndpoint: Rule = {
  id: "accelerator-endpoint",
  pack: "accelerators",
  severity: "high",
  enforcement: "mandatory",
  onUnknown: "fail",
  title: "Endpoints serve on CPU, best Graviton",
  why:
    "An endpoint is billed by the hour whether it is asked or not: ml.g5.xlarge costs $1.408 an hour, " +
    "ml.g4dn.xlarge $0.736, ml.c7g.xlarge $0.174 (hosting, us-east-1, AWS price list of 2026-09-22). That" +
    " is $1,028, $537 and $127 for 730 hours, each instance. SageMaker hosting is the one use that has " +
    "Graviton.",
  fix:
    "Set the variant's instance type to a Graviton one such as ml.c7g.xlarge, or to x86 such as " +
    "ml.m7i.xlarge where the container needs it, and remove acceleratorType. No tag allows an accelerator" +
    " here.",
  docs: "https://docs.aws.amazon.com/sagemaker/latest/dg/realtime-endpoints.html",
  config: {},
  types: acceleratorTypes("endpoint"),

  check: (resource) => acceleratorFindings(resource, "endpoint", INSTEAD),
};
