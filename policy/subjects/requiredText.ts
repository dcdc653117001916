import { type GraphValue, isGraphObject, isUnknown } from "../../contracts/graph";
import type { Finding } from "../../contracts/rule";
import { valueAt } from "./valueAt";

/** Texts of which a property must be one. */
export interface RequiredText {
  /** Names on the way to the property. */
  readonly path: readonly string[];
  readonly allowed: readonly string[];
  /** What it means that the property is absent. */
  readonly absent: string;
}

/** Why a property is none of the texts that are allowed. The given value is not printed: it may be a secret. */
export function requiredText(
  root: GraphValue,
  { path, allowed, absent }: RequiredText,
  prefix = "",
): readonly Finding[] {
  const value = valueAt(root, ...path);
  const at = `${prefix}${path.join(".")}`;
  const must = `it must be ${allowed.join(" or ")}`;
  if (value === undefined) return [{ status: "fail", path: at, message: `${absent}; ${must}` }];
  if (isUnknown(value) || isGraphObject(value)) {
    return [{ status: "unknown", path: at, message: `not known yet; ${must}` }];
  }
  const right = typeof value === "string" && allowed.includes(value);
  return right ? [] : [{ status: "fail", path: at, message: `another value; ${must}` }];
}
