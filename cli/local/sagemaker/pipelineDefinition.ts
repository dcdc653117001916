import * as z from "zod";
import type { JsonObject, JsonValue } from "./jsonValue";
import { referencesIn } from "./propertyReference";
import { SageMakerError } from "./sagemakerError";
import { stepProblems } from "./stepProblems";

const json: z.ZodType<JsonValue> = z.json();
const name = z.string().regex(/^[A-Za-z0-9_-]+$/);
const scalar = z.union([z.string(), z.number(), z.boolean()]);

const Parameter = z.object({
  Name: name.max(256),
  Type: z.enum(["String", "Integer", "Boolean", "Float"]),
  DefaultValue: scalar.optional(),
  EnumValues: z.array(scalar).optional(),
});

const Step = z.object({
  Name: name.max(64),
  Type: z.enum(["Processing", "Training", "Transform"], {
    error: "must be Processing, Training or Transform, which are what runs here",
  }),
  DisplayName: z.string().optional(),
  Description: z.string().optional(),
  Arguments: z.record(z.string(), json),
  DependsOn: z.array(z.string()).default([]),
});

const Definition = z.object({
  Version: z.literal("2020-12-01"),
  Parameters: z.array(Parameter).default([]),
  Steps: z.array(Step).min(1),
});

/** A parameter that an execution is given. */
export type PipelineParameterDefinition = z.output<typeof Parameter>;

/** One step as it is defined, its arguments not resolved yet. */
export interface PipelineStepDefinition {
  readonly name: string;
  readonly type: "Processing" | "Training" | "Transform";
  readonly displayName?: string | undefined;
  readonly description?: string | undefined;
  /** What the job's Create call is given. */
  readonly arguments: JsonObject;
  /** Names of the steps that must succeed before: those it names, and those whose properties it reads. */
  readonly after: ReadonlySet<string>;
}

/** What a pipeline does. */
export interface PipelineDefinition {
  readonly parameters: readonly PipelineParameterDefinition[];
  readonly steps: readonly PipelineStepDefinition[];
}

/**
 * Reads the JSON text of a pipeline definition
 * (aws-sagemaker-mlops.github.io/sagemaker-model-building-pipeline-definition-JSON-schema).
 * @throws SageMakerError ValidationException with everything that is wrong: the shape, names that are there twice or
 *   not at all, references that nothing answers, steps that wait for each other
 */
export function parsePipelineDefinition(text: string): PipelineDefinition {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new SageMakerError("ValidationException", "The pipeline definition is not JSON.", { cause });
  }
  const read = Definition.safeParse(value);
  if (!read.success) {
    throw invalid(read.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`));
  }
  const { Parameters: parameters, Steps } = read.data;
  const steps = Steps.map((step): PipelineStepDefinition => {
    const read = referencesIn(step.Arguments).flatMap(({ scope, name }) => (scope === "Steps" ? [name] : []));
    return {
      name: step.Name,
      type: step.Type,
      displayName: step.DisplayName,
      description: step.Description,
      arguments: step.Arguments,
      after: new Set([...step.DependsOn, ...read]),
    };
  });
  const problems = stepProblems({ parameters, steps });
  if (problems.length > 0) throw invalid(problems);
  return { parameters, steps };
}

function invalid(problems: readonly string[]): SageMakerError {
  return new SageMakerError("ValidationException", `Unable to parse pipeline definition: ${problems.join("; ")}`);
}
