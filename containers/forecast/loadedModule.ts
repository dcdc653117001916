import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import { FleetEnvironment } from "../../contracts/fleetContainer";
import { InvalidInputError, printGiven } from "../../contracts/problems";
import { fitForecast } from "./fitForecast";
import type { FitFunction, Predictor } from "./fitFunction";
import { MODEL_SCHEMA } from "./modelArchive";
import { loadForecast } from "./servedForecast";

/** Raise it when the forecast gives other models for the same data: every customer is then fitted anew. */
const FORECAST_NAME = "frugal-ml/forecast@3";

/** Fewest points of a forecast. */
const FORECAST_MINIMUM = 4;

/** What fits the customers, and by which options. */
export interface LoadedModule {
  /** Names the code and its revision. */
  readonly name: string;
  readonly fit: FitFunction;
  /** Reads a model back without fitting; absent when the module cannot be served. */
  readonly load?: ((model: unknown) => Predictor) | undefined;
  readonly minimumPoints: number;
  readonly options: Readonly<Record<string, unknown>>;
}

const Options = z.record(z.string(), z.unknown());

const Exports = z.object({
  fit: z.custom<FitFunction>((value) => typeof value === "function"),
  load: z.custom<(model: unknown) => Predictor>((value) => typeof value === "function").optional(),
  minimumPoints: z.int().min(1).optional(),
});

/**
 * The forecast, or the module that the environment names instead.
 * @throws InvalidInputError when the options are no JSON object, or the module cannot be loaded or does not export `fit`
 */
export function loadModule(environment: NodeJS.ProcessEnv): LoadedModule {
  const options = readOptions(environment[FleetEnvironment.ModelOptions]);
  const file = environment[FleetEnvironment.ModelModule];
  if (file === undefined || file === "") {
    return { name: FORECAST_NAME, fit: fitForecast, load: loadForecast, minimumPoints: FORECAST_MINIMUM, options };
  }
  const exported = Exports.safeParse(requireModule(file));
  if (!exported.success) {
    throw new InvalidInputError("model module", [
      {
        property: FleetEnvironment.ModelModule,
        given: printGiven(file),
        allowed: "a module that exports the function fit",
      },
    ]);
  }
  const digest = createHash("sha256").update(readFileSync(file)).digest("hex").slice(0, 12);
  const { fit, load, minimumPoints = 2 } = exported.data;
  return { name: `${path.basename(file)}@${digest}`, fit, load, minimumPoints, options };
}

/** What a module exports. @throws InvalidInputError that names it, when it cannot be loaded */
function requireModule(file: string): unknown {
  try {
    return require(path.resolve(file));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
    throw new InvalidInputError("model module", [
      {
        property: FleetEnvironment.ModelModule,
        given: printGiven(file),
        allowed: `a module that can be loaded; this one cannot: ${reason}`,
      },
    ]);
  }
}

/** What a customer's model is made from: the form of archives, the code, its options, and the data. */
export function inputHash(
  { name, options }: Pick<LoadedModule, "name" | "options">,
  series: Uint8Array | string,
): string {
  const hash = createHash("sha256").update(`${MODEL_SCHEMA}\n${name}\n${JSON.stringify(options)}\n`);
  return (typeof series === "string" ? hash.update(series, "latin1") : hash.update(series)).digest("hex");
}

function readOptions(text: string | undefined): Readonly<Record<string, unknown>> {
  let given: unknown;
  try {
    given = JSON.parse(text === undefined || text === "" ? "{}" : text);
  } catch {
    given = text;
  }
  const options = Options.safeParse(given);
  if (options.success && !Array.isArray(given)) return options.data;
  throw new InvalidInputError("model options", [
    { property: FleetEnvironment.ModelOptions, given: printGiven(text), allowed: "a JSON object" },
  ]);
}
