import type { PipelineDefinition, PipelineStepDefinition } from "./pipelineDefinition";
import { EXECUTION_PROPERTIES, referencesIn } from "./propertyReference";

/** Everything that is wrong between the parts of a definition, one line each. */
export function stepProblems({ parameters, steps }: PipelineDefinition): readonly string[] {
  const parameterNames = parameters.map(({ Name }) => Name);
  const stepNames = steps.map(({ name }) => name);
  const problems = [
    ...repeated(parameterNames).map((name) => `parameter ${name} is defined twice`),
    ...repeated(stepNames).map((name) => `step ${name} is defined twice`),
  ];
  for (const step of steps) {
    for (const { scope, name, text } of referencesIn(step.arguments)) {
      const known = {
        Parameters: parameterNames.includes(name),
        Execution: EXECUTION_PROPERTIES.includes(name),
        // Steps are looked at with the dependencies, of which they are some.
        Steps: true,
        none: false,
      };
      if (!known[scope]) problems.push(`step ${step.name}: ${text} is nothing that can be had here`);
    }
    for (const name of step.after) {
      if (!stepNames.includes(name)) problems.push(`step ${step.name} depends on ${name}, which is no step`);
    }
  }
  const circle = stepsInCircle(steps);
  if (circle.length > 0) problems.push(`steps wait for each other: ${circle.join(", ")}`);
  return problems;
}

function repeated(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}

/** Steps that can never start, because they wait for themselves or for others that do. */
function stepsInCircle(steps: readonly PipelineStepDefinition[]): readonly string[] {
  let left = [...steps];
  for (;;) {
    const waiting = left.filter(({ after }) => left.some(({ name }) => after.has(name)));
    if (waiting.length === left.length) return waiting.map(({ name }) => name);
    left = waiting;
  }
}
