import type { PipelineParameterDefinition } from "./pipelineDefinition";
import { SageMakerError } from "./sagemakerError";

type Scalar = string | number | boolean;

/**
 * The value of every parameter of an execution: the given one, or else its default.
 * @throws SageMakerError ValidationException with everything that is wrong
 */
export function parameterValues(
  definitions: readonly PipelineParameterDefinition[],
  given: Readonly<Record<string, string>>,
): ReadonlyMap<string, Scalar> {
  const problems = Object.keys(given)
    .filter((name) => !definitions.some(({ Name }) => Name === name))
    .map((name) => `Parameter ${name} is not defined in the pipeline`);
  const values = new Map<string, Scalar>();
  for (const { Name, Type, DefaultValue, EnumValues } of definitions) {
    const text = Object.hasOwn(given, Name) ? given[Name] : undefined;
    const value = text === undefined ? DefaultValue : typed(text, Type);
    if (value === undefined) {
      problems.push(
        text === undefined
          ? `Parameter ${Name} has no value and no default`
          : `Parameter ${Name}: ${text} is no ${Type}`,
      );
    } else if (EnumValues !== undefined && !EnumValues.includes(value)) {
      problems.push(`Parameter ${Name}: ${value} is none of ${EnumValues.join(", ")}`);
    } else values.set(Name, value);
  }
  if (problems.length > 0) throw new SageMakerError("ValidationException", problems.join("; "));
  return values;
}

/** What a text means as a parameter's type; undefined when nothing. */
function typed(text: string, type: PipelineParameterDefinition["Type"]): Scalar | undefined {
  if (type === "String") return text;
  if (type === "Boolean") return /^(true|false)$/i.test(text) ? text.toLowerCase() === "true" : undefined;
  const number = text.trim() === "" ? Number.NaN : Number(text);
  const isMeant = type === "Integer" ? Number.isSafeInteger(number) : Number.isFinite(number);
  return isMeant ? number : undefined;
}
