import { type GraphValue, isUnknown } from "../../contracts/graph";
import type { Finding } from "../../contracts/rule";

/** What a number must be. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
  /** Unit of both, for example `seconds`. */
  readonly unit: string;
  /** What it means that the property is absent; no finding when undefined. */
  readonly absent?: string;
}

/** Why a number is not within its bounds, both included. The given value is not printed: it may be a secret. */
export function boundedNumber(path: string, value: GraphValue | undefined, bounds: Bounds): readonly Finding[] {
  const { min, max, unit, absent } = bounds;
  const must = `it must be from ${min} to ${max} ${unit}`;
  if (value === undefined) return absent === undefined ? [] : [{ status: "fail", path, message: `${absent}; ${must}` }];
  if (isUnknown(value)) return [{ status: "unknown", path, message: `not known yet; ${must}` }];
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof number === "number" && number >= min && number <= max) return [];
  const what = typeof number !== "number" || Number.isNaN(number) ? "no number" : number < min ? "too low" : "too high";
  return [{ status: "fail", path, message: `${what}; ${must}` }];
}
