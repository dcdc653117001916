import type { Framework } from "../contracts/frameworkImages";
import {
  type FrameworkTuning,
  MODEL_TUNING,
  TUNING_BOUNDS,
  TuningOption,
  type TuningRule,
  type TuningVariable,
} from "../contracts/modelTuning";
import { type CheckedInputs, integerWithin } from "./checkedInputs";
import type { ModelTuningArgs } from "./modelTuningArgs";

/** Names of the arguments. */
export const TUNING_OPTIONS: readonly TuningOption[] = Object.values(TuningOption);

const TUNING: Readonly<Record<Framework, FrameworkTuning>> = MODEL_TUNING;

/** Whose image is tuned, and where. */
export interface TunedImage {
  /** Path before the properties: empty, or ending with a dot. */
  readonly at: string;
  /** Undefined with an image of one's own, or with none that is known. */
  readonly framework: Framework | undefined;
  readonly multiModel: boolean;
}

/**
 * Environment variables of the arguments that are given; problems go to `checks`.
 * @param environment variables that are given themselves, which none of these may be
 */
export function checkModelTuning(
  args: ModelTuningArgs,
  { at, framework, multiModel }: TunedImage,
  environment: Readonly<Record<string, unknown>>,
  checks: CheckedInputs,
): Readonly<Record<string, string>> {
  const given = TUNING_OPTIONS.filter((option) => args[option] !== undefined);
  const variables = given.flatMap((option) => {
    const property = `${at}${option}`;
    if (framework === undefined) {
      const allowed = "only with framework: your own image has variables of its own, which environment sets";
      checks.add([{ property, given: "without framework", allowed }]);
      return [];
    }
    const rule = ruleOf(framework, option, multiModel);
    if ("refused" in rule) {
      const image = multiModel ? `${framework}, multi-model` : framework;
      checks.add([{ property, given: `with ${image}`, allowed: `nothing: ${rule.refused}` }]);
      return [];
    }
    const value = checkValue(args, option, property, checks);
    return rule.map((variable) => ({ property, name: variable.name, value: textOf(variable, value) }));
  });
  for (const { property, name } of variables.filter((variable) => Object.hasOwn(environment, variable.name))) {
    const allowed = `either this or ${name} in ${at}environment`;
    checks.add([{ property, given: `with ${name} in environment`, allowed }]);
  }
  if (args.batchDelayMilliseconds !== undefined && args.batchSize === undefined) {
    const property = `${at}batchDelayMilliseconds`;
    checks.add([{ property, given: "without batchSize", allowed: "only together with batchSize" }]);
  }
  return Object.fromEntries(variables.map(({ name, value }) => [name, value]));
}

function ruleOf(framework: Framework, option: TuningOption, multiModel: boolean): TuningRule {
  const tuning = TUNING[framework];
  return (multiModel ? tuning.multiModel?.[option] : undefined) ?? tuning.options[option];
}

function checkValue(args: ModelTuningArgs, option: TuningOption, property: string, checks: CheckedInputs) {
  if (option === TuningOption.Grpc) {
    return checks.plain(property, args.grpc ?? false, {
      allowed: "true or false",
      test: (value) => typeof value === "boolean",
    });
  }
  const { min, max } = TUNING_BOUNDS[option];
  return checks.plain(property, args[option] ?? min, integerWithin(min, max));
}

function textOf({ times = 1, constant }: TuningVariable, value: number | boolean): string {
  return constant ?? String(typeof value === "number" ? value * times : value);
}
