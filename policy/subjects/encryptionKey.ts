import { type GraphValue, isUnknown } from "../../contracts/graph";
import type { Finding, RuleResource } from "../../contracts/rule";

/** Type tokens of keys and of their other names. */
const KEY_TYPES: readonly string[] = [
  "aws:kms/key:Key",
  "aws:kms/alias:Alias",
  "aws:kms/replicaKey:ReplicaKey",
  "aws:kms/externalKey:ExternalKey",
  "aws-native:kms:Key",
  "aws-native:kms:Alias",
];

/**
 * Why something has no key of its own. A key of this stack has no ARN before it is created; it is one all the same.
 * @param dependencies what the property depends on
 * @param referred whether the value is a reference to a parameter, which is given
 */
export function keyFinding(
  path: string,
  key: GraphValue | undefined,
  dependencies: readonly RuleResource[],
  referred = false,
): readonly Finding[] {
  if (referred || (typeof key === "string" && key !== "")) return [];
  if (!isUnknown(key)) return [{ status: "fail", path, message: "absent, so a key that AWS owns encrypts" }];
  if (dependencies.some(({ type }) => KEY_TYPES.includes(type))) return [];
  return [{ status: "unknown", path, message: "not known yet; it must name a KMS key" }];
}
