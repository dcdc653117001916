import * as z from "zod/mini";
import { TRANSFORMATION_HASH } from "../../contracts/derived";
import { type CompletenessCheck, FleetStartEnvironment } from "../../contracts/fleetStart";
import { InvalidInputError, printGiven } from "../../contracts/problems";

/** What the function is configured with. */
export interface FleetSettings {
  /** Name of the pipeline. */
  readonly pipeline: string;
  /** Values of its parameters by name. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The derived set that must be complete; undefined when there is none. */
  readonly completeness: CompletenessCheck | undefined;
}

const Parameters = z.record(z.string(), z.string());
const Completeness = z.object({
  source: z.string().check(z.minLength(1)),
  derived: z.string().check(z.minLength(1)),
  hash: z.string().check(z.regex(TRANSFORMATION_HASH)),
  allowQuarantined: z.optional(z.boolean()),
});

/**
 * Reads the configuration of the function from its environment.
 * @throws InvalidInputError with every problem at once
 */
export function fleetSettings(environment: Readonly<Record<string, string | undefined>>): FleetSettings {
  const pipeline = environment[FleetStartEnvironment.Pipeline];
  const parameters = Parameters.safeParse(json(environment[FleetStartEnvironment.Parameters]));
  const given = environment[FleetStartEnvironment.Completeness];
  const completeness = given === undefined ? undefined : Completeness.safeParse(json(given));
  const problems = [
    ...(pipeline ? [] : [problem(environment, FleetStartEnvironment.Pipeline, "the name of a pipeline")]),
    ...(parameters.success ? [] : [problem(environment, FleetStartEnvironment.Parameters, "texts by name, as JSON")]),
    ...(completeness?.success === false
      ? [problem(environment, FleetStartEnvironment.Completeness, "source, derived and hash of a derived set, as JSON")]
      : []),
  ];
  if (!pipeline || !parameters.success || completeness?.success === false) {
    throw new InvalidInputError("environment of the start function", problems);
  }
  return { pipeline, parameters: parameters.data, completeness: completeness?.data };
}

function problem(environment: Readonly<Record<string, string | undefined>>, property: string, allowed: string) {
  return { property, given: printGiven(environment[property]), allowed };
}

function json(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}
