import { createHash } from "node:crypto";
import { InvalidInputError, type Problem, printGiven } from "./problems";

/** Channels of the result: `grey` is one channel, BT.601 luma as OpenCV's BGR2GRAY; `rgb` is three. */
export const Channels = { Grey: "grey", Rgb: "rgb" } as const;
export type Channels = (typeof Channels)[keyof typeof Channels];

/** What is done to an image while it is read. Every field is set; see {@link DEFAULT_TRANSFORMATION}. */
export interface Transformation {
  /** Width of the result in pixels. */
  readonly width: number;
  /** Height of the result in pixels. */
  readonly height: number;
  readonly channels: Channels;
  /** JPEG quality, 1 to 100. */
  readonly quality: number;
}

/** The seed's normalisation: 256×256, area averaging, grey, JPEG at OpenCV's default quality. */
export const DEFAULT_TRANSFORMATION: Transformation = {
  width: 256,
  height: 256,
  channels: Channels.Grey,
  quality: 95,
};

/** Largest side of a result in pixels; keeps one answer far below every delivery's limit. */
export const MAX_SIDE = 4096;

/**
 * Number of the transformation's pixels. It rises when the same options give other bytes than before,
 * so that a hash never names two different pictures.
 */
export const TRANSFORMATION_REVISION = 1;

const FIELDS: { readonly [K in keyof Transformation]: { allowed: string; test(value: unknown): boolean } } = {
  width: { allowed: `an integer from 1 to ${MAX_SIDE} (pixels)`, test: (v) => isIntegerWithin(v, 1, MAX_SIDE) },
  height: { allowed: `an integer from 1 to ${MAX_SIDE} (pixels)`, test: (v) => isIntegerWithin(v, 1, MAX_SIDE) },
  channels: {
    allowed: `one of ${Object.values(Channels).join(", ")}`,
    test: (v) => Object.values<unknown>(Channels).includes(v),
  },
  quality: { allowed: "an integer from 1 to 100", test: (v) => isIntegerWithin(v, 1, 100) },
};

function isIntegerWithin(value: unknown, low: number, high: number): boolean {
  return Number.isInteger(value) && (value as number) >= low && (value as number) <= high;
}

/** Every problem of the given options; an empty list when they can be used. Unknown fields are problems too. */
export function transformationProblems(options: unknown, property = "transformation"): Problem[] {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    return [{ property, given: printGiven(options), allowed: `an object with ${Object.keys(FIELDS).join(", ")}` }];
  }
  const problems: Problem[] = [];
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    const field = Object.hasOwn(FIELDS, name) ? FIELDS[name as keyof Transformation] : undefined;
    if (!field) {
      problems.push({
        property: `${property}.${name}`,
        given: printGiven(value),
        allowed: `one of the options ${Object.keys(FIELDS).join(", ")}`,
      });
    } else if (!field.test(value)) {
      problems.push({ property: `${property}.${name}`, given: printGiven(value), allowed: field.allowed });
    }
  }
  return problems;
}

/**
 * Fills in the defaults and validates.
 * @throws InvalidInputError with every problem at once
 */
export function parseTransformation(options: unknown = {}): Transformation {
  const problems = transformationProblems(options);
  if (problems.length > 0) throw new InvalidInputError("transformation", problems);
  const given = Object.fromEntries(Object.entries(options as object).filter(([, value]) => value !== undefined));
  return { ...DEFAULT_TRANSFORMATION, ...given };
}

/**
 * The one spelling of a transformation: revision, then the options that differ from the default, in alphabetical
 * order. Options that later versions add with a default leave it unchanged, and so its hash.
 */
export function canonicalTransformation(transformation: Transformation): string {
  const differing = (Object.keys(FIELDS) as (keyof Transformation)[])
    .filter((name) => transformation[name] !== DEFAULT_TRANSFORMATION[name])
    .sort()
    .map((name) => [name, transformation[name]] as const);
  return JSON.stringify({ revision: TRANSFORMATION_REVISION, ...Object.fromEntries(differing) });
}

/**
 * Reads what {@link canonicalTransformation} wrote, or options as a person would write them as JSON. The revision is
 * not compared: whoever transforms does it by the code it has, and names that in the hash.
 * @throws InvalidInputError with every problem at once; SyntaxError when it is no JSON
 */
export function parseCanonicalTransformation(text: string): Transformation {
  const options: unknown = JSON.parse(text);
  if (typeof options !== "object" || options === null || !("revision" in options)) return parseTransformation(options);
  const { revision: _, ...rest } = options;
  return parseTransformation(rest);
}

/** Twelve hexadecimal digits that name a transformation in ETags, metadata, derived prefixes and logs. */
export function transformationHash(transformation: Transformation): string {
  return createHash("sha256").update(canonicalTransformation(transformation)).digest("hex").slice(0, 12);
}
