import { InvalidInputError, type Problem, printGiven } from "./problems";

/** What one field of an object of options may be. */
export interface OptionField {
  /** In words that complete "allowed: …". */
  readonly allowed: string;
  test(value: unknown): boolean;
}

/** The fields of `T`. Each may be left out, which is what its default is for. */
export type OptionFields<T> = { readonly [K in keyof T]: OptionField };

/**
 * An integer, both bounds included.
 * @param unit for example `pixels`
 */
export function integerField(low: number, high: number, unit?: string): OptionField {
  return {
    allowed: `an integer from ${low} to ${high}${unit === undefined ? "" : ` (${unit})`}`,
    test: (value) => typeof value === "number" && Number.isInteger(value) && value >= low && value <= high,
  };
}

/** One of the values of a const object. */
export function oneOfField(values: Readonly<Record<string, string>>): OptionField {
  const allowed: readonly unknown[] = Object.values(values);
  return { allowed: `one of ${allowed.join(", ")}`, test: (value) => allowed.includes(value) };
}

/**
 * Every problem of the given options; an empty list when they can be used. Unknown fields are problems too.
 * @param property path of the options
 * @param kind what the fields are called, in the plural
 */
export function optionProblems<T>(given: unknown, property: string, fields: OptionFields<T>, kind: string): Problem[] {
  const known = new Map<string, OptionField>(Object.entries(fields));
  const names = [...known.keys()].join(", ");
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    return [{ property, given: printGiven(given), allowed: `an object with ${names}` }];
  }
  return Object.entries(given).flatMap(([name, value]: [string, unknown]) => {
    const field = known.get(name);
    if (value === undefined || field?.test(value)) return [];
    const allowed = field?.allowed ?? `one of the ${kind} ${names}`;
    return [{ property: `${property}.${name}`, given: printGiven(value), allowed }];
  });
}

/**
 * Fills in the defaults.
 * @param problems of what is given, found before
 * @param subject what is read, for the message
 * @throws InvalidInputError with every problem at once
 */
export function withDefaults<T extends object>(
  given: unknown,
  defaults: T,
  problems: readonly Problem[],
  subject: string,
): T {
  if (problems.length > 0) throw new InvalidInputError(subject, problems);
  const chosen = Object.entries(given ?? {}).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(chosen) };
}
