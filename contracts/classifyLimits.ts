import { integerField, type OptionFields, optionProblems, withDefaults } from "./optionFields";
import type { Problem } from "./problems";

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

const FIELDS: OptionFields<ClassifyLimits> = {
  bytes: integerField(1, 64 * 1024 * 1024),
  pixels: integerField(1, 500_000_000),
  linkMs: integerField(100, 60_000),
  redirects: integerField(0, 10),
};

/** Every problem of the given limits; an empty list when they can be used. Unknown fields are problems too. */
export function classifyLimitsProblems(limits: unknown, property = "limits"): Problem[] {
  return optionProblems(limits, property, FIELDS, "limits");
}

/**
 * Fills in the defaults and validates.
 * @throws InvalidInputError with every problem at once
 */
export function parseClassifyLimits(limits: unknown = {}): ClassifyLimits {
  return withDefaults(limits, DEFAULT_CLASSIFY_LIMITS, classifyLimitsProblems(limits), "limits");
}
