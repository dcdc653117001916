import { RETIREMENTS } from "../../contracts/retirements";
import type { Finding, Rule } from "../../contracts/rule";
import { INSTANCE_TYPE_USERS, instanceTypesOf } from "../subjects/instanceTypes";

/** Instances are of families that can still be started. */
export const retiredInstance: Rule = {
  id: "retired-instance",
  pack: "guardrails",
  severity: "high",
  enforcement: "mandatory",
  // What is not known yet is hardly ever retired.
  onUnknown: "report",
  title: "Instances are of families that AWS still offers",
  why:
    `A retired family (${RETIREMENTS.retiredFamilies.join(", ")}; list of ${RETIREMENTS.readOn}) has no capacity: the update, ` +
    "or the first training after it, fails. ml.p2.xlarge has had no price in SageMaker's list since 2026-09-22 at the latest.",
  fix: "Use a family of today: g5, g6 or p5 in place of p2 and g2, m7i or c7i in place of the others.",
  docs: "https://aws.amazon.com/ec2/previous-generation/",
  config: {},
  types: INSTANCE_TYPE_USERS,

  check: (resource): readonly Finding[] =>
    instanceTypesOf(resource).flatMap(({ path, type }): Finding[] => {
      if (!type) return [{ status: "unknown", path, message: "not known yet; AWS must still offer its family" }];
      if (!RETIREMENTS.retiredFamilies.some((retired) => retired === type.family)) return [];
      return [{ status: "fail", path, message: "an instance type of a family that AWS has retired" }];
    }),
};
