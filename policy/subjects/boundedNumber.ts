import { type GraphValue, isUnknown } from "../../contracts/graph";
import type { Finding } from "../../contracts/rule";

/** What a number must be. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
  /** Unit of both, for example `seconds`. */
  readonly unit: string;
  /** Only multiples of it are taken; any number between the bounds when undefined. */
  readonly step?: number;
  /** What it means that the property is absent; no finding when undefined. */
  readonly absent?: string;
}

/** Why a number is not within its bounds, both included. The given value is not printed: it may be a secret. */
export function boundedNumber(path: string, value: GraphValue | undefined, bounds: Bounds): readonly Finding[] {
  const { min, max, unit, step, absent } = bounds;
  const steps = step === undefined ? "" : ` in steps of ${step}`;
  const must = `it must be ${min === max ? min : `from ${min} to ${max}`} ${unit}${steps}`;
  if (value === undefined) return absent === undefined ? [] : [{ status: "fail", path, message: `${absent}; ${must}` }];
  if (isUnknown(value)) return [{ status: "unknown", path, message: `not known yet; ${must}` }];
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  const what = typeof number === "number" ? misfit(number, bounds) : "no number";
  return what === undefined ? [] : [{ status: "fail", path, message: `${what}; ${must}` }];
}

function misfit(number: number, { min, max, step }: Bounds): string | undefined {
  if (Number.isNaN(number)) return "no number";
  if (number < min) return "too low";
  if (number > max) return "too high";
  return step !== undefined && number % step !== 0 ? "between two steps" : undefined;
}
