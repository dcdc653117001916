import { InvalidInputError, type Problem, printGiven } from "./problems";

/** What one picture may cost the function that classifies. */
export interface ClassifyLimits {
  /** Bytes of a picture, whether it is posted, linked or stored. */
  readonly bytes: number;
  /** Pixels of one decoded frame; less when the function's memory is less. */
  readonly pixels: number;
  /** Milliseconds in which a linked picture must have arrived, redirects included. */
  readonly linkMs: number;
  /** Redirects that are followed, each checked as the link itself. */
  readonly redirects: number;
}

/** 10 MiB, 50 megapixels, 5 seconds, 3 redirects. Lambda itself takes no more than 6 MiB of a POST, base64 included. */
export const DEFAULT_CLASSIFY_LIMITS: ClassifyLimits = {
  bytes: 10 * 1024 * 1024,
  pixels: 50_000_000,
  linkMs: 5_000,
  redirects: 3,
};

/** Least and most of each. */
const RANGES: { readonly [K in keyof ClassifyLimits]: readonly [low: number, high: number] } = {
  bytes: [1, 64 * 1024 * 1024],
  pixels: [1, 500_000_000],
  linkMs: [100, 60_000],
  redirects: [0, 10],
};

/** Every problem of the given limits; an empty list when they can be used. Unknown fields are problems too. */
export function classifyLimitsProblems(limits: unknown, property = "limits"): Problem[] {
  const names = Object.keys(RANGES).join(", ");
  if (typeof limits !== "object" || limits === null || Array.isArray(limits)) {
    return [{ property, given: printGiven(limits), allowed: `an object with ${names}` }];
  }
  return Object.entries(limits).flatMap(([name, value]: [string, unknown]) => {
    const given = printGiven(value);
    const range = Object.hasOwn(RANGES, name) ? RANGES[name as keyof ClassifyLimits] : undefined;
    if (range === undefined) return [{ property: `${property}.${name}`, given, allowed: `one of the limits ${names}` }];
    const [low, high] = range;
    if (value === undefined || (Number.isInteger(value) && Number(value) >= low && Number(value) <= high)) return [];
    return [{ property: `${property}.${name}`, given, allowed: `an integer from ${low} to ${high}` }];
  });
}

/**
 * Fills in the defaults and validates.
 * @throws InvalidInputError with every problem at once
 */
export function parseClassifyLimits(limits: unknown = {}): ClassifyLimits {
  const problems = classifyLimitsProblems(limits);
  if (problems.length > 0) throw new InvalidInputError("limits", problems);
  const given = Object.fromEntries(Object.entries(limits as object).filter(([, value]) => value !== undefined));
  return { ...DEFAULT_CLASSIFY_LIMITS, ...given };
}
