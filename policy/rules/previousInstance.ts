import { RETIREMENTS } from "../../contracts/retirements";
import type { Rule } from "../../contracts/rule";
import { INSTANCE_TYPE_USERS, instanceTypesOf } from "../subjects/instanceTypes";

/** Instances are of current families, which do more for the same money. */
export const previousInstance: Rule = {
  id: "previous-instance",
  pack: "guardrails",
  severity: "low",
  enforcement: "advisory",
  onUnknown: "report",
  title: "Instances are of current families",
  why:
    `AWS keeps older families (${RETIREMENTS.previousFamilies.join(", ")}; list of ${RETIREMENTS.readOn}) for those who ` +
    "cannot move. Their price is never lowered and their capacity not renewed, so that the same work costs more and " +
    "starts less often.",
  fix: "Move to the family's successor, for example m4 to m7i, c4 to c7i, p3 to g5 or p4d, and measure the cost of one run.",
  docs: "https://aws.amazon.com/ec2/previous-generation/",
  config: {},
  types: INSTANCE_TYPE_USERS,
  check: (resource) =>
    instanceTypesOf(resource)
      .filter(({ type }) => RETIREMENTS.previousFamilies.some((previous) => previous === type?.family))
      .map(({ path }) => ({ status: "fail", path, message: "an instance type of a previous generation" })),
};
