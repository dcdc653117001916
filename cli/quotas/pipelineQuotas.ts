import * as z from "zod";
import type { GraphResource } from "../../contracts/graph";
import { textAt } from "./graphInput";
import { InstanceUsage, instanceNeed, type QuotaNeed } from "./quotaNeed";

const PIPELINE = "aws:sagemaker/pipeline:Pipeline";

const json = z.json();
type Json = z.output<typeof json>;

const Definition = z.object({
  Parameters: z.array(z.object({ Name: z.string(), DefaultValue: json.optional() })).default([]),
  Steps: z.array(
    z.object({
      Name: z.string(),
      Type: z.string(),
      Arguments: z.record(z.string(), json).default({}),
      DependsOn: z.array(z.string()).default([]),
    }),
  ),
});
type Definition = z.output<typeof Definition>;
type Step = Definition["Steps"][number];

/**
 * What pipelines need while they run. Steps that wait for each other use the same machines one after the other; those
 * that may run at once add up. A definition that is not known, or not JSON, says nothing.
 */
export function pipelineQuotas(resources: readonly GraphResource[]): readonly QuotaNeed[] {
  return resources
    .filter(({ type }) => type === PIPELINE)
    .flatMap(({ urn, inputs }) => {
      const definition = readDefinition(textAt(inputs, "pipelineDefinition"));
      if (definition === undefined) return [];
      const before = precedence(definition.Steps);
      const needs = definition.Steps.flatMap((step) => {
        return stepNeeds(urn, step, definition).map((need) => ({ step: step.Name, need }));
      });
      const quotas = [...new Set(needs.map(({ need }) => need.quota))];
      return quotas.map((quota) => {
        const same = needs.filter(({ need }) => need.quota === quota);
        return together(same, (a, b) => a === b || !(before.get(a)?.has(b) || before.get(b)?.has(a)));
      });
    });
}

function readDefinition(text: string | undefined): Definition | undefined {
  if (text === undefined) return undefined;
  try {
    return Definition.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

interface StepNeed {
  readonly step: string;
  readonly need: QuotaNeed;
}

/** The most that steps need at once: all of them, unless no two of them can overlap. */
function together(needs: readonly StepNeed[], overlap: (a: string, b: string) => boolean): QuotaNeed {
  const [first, ...others] = needs.map(({ need }) => need);
  if (first === undefined) throw new Error("no need to put together");
  const anyOverlap = needs.some(({ step }, index) => needs.slice(index + 1).some((other) => overlap(step, other.step)));
  const amounts = needs.map(({ need }) => need.needed);
  const needed = anyOverlap ? amounts.reduce((sum, amount) => sum + amount, 0) : Math.max(...amounts);
  return { ...first, needed, atLeast: [first, ...others].some(({ atLeast }) => atLeast) };
}

/** For each step, those that must have ended before it: named, or read from. */
function precedence(steps: readonly Step[]): ReadonlyMap<string, ReadonlySet<string>> {
  const direct = new Map(
    steps.map(({ Name, DependsOn, Arguments }) => [Name, new Set([...DependsOn, ...readFrom(Arguments)])]),
  );
  const all = (name: string, reached: Set<string>): Set<string> => {
    for (const earlier of direct.get(name) ?? []) {
      if (reached.has(earlier)) continue;
      reached.add(earlier);
      all(earlier, reached);
    }
    return reached;
  };
  return new Map(steps.map(({ Name }) => [Name, all(Name, new Set())]));
}

/** Names of steps in references such as `{"Get": "Steps.Train.ModelArtifacts.S3ModelArtifacts"}`. */
function readFrom(value: Json): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(readFrom);
  return Object.entries(value).flatMap(([key, inner]) => {
    const step = key === "Get" && typeof inner === "string" ? /^Steps\.([^.[]+)/.exec(inner)?.[1] : undefined;
    return step === undefined ? readFrom(inner) : [step];
  });
}

/** Where each type of step says its machines (SageMaker API: CreateTrainingJob, CreateProcessingJob, …). */
function stepNeeds(
  urn: string,
  { Type: type, Arguments: given }: Step,
  { Parameters }: Definition,
): readonly QuotaNeed[] {
  const at = (...path: readonly string[]): Json | undefined => {
    const value = path.reduce<Json | undefined>((object, name) => member(object, name), given);
    const reference = member(value, "Get");
    if (typeof reference !== "string") return value;
    return Parameters.find(({ Name }) => reference === `Parameters.${Name}`)?.DefaultValue;
  };
  const need = (usage: InstanceUsage, ...path: readonly string[]): QuotaNeed =>
    instanceNeed(urn, usage, text(at(...path, "InstanceType")), count(at(...path, "InstanceCount")));
  const training = (prefix: readonly string[]): readonly QuotaNeed[] => {
    const spot = at(...prefix, "EnableManagedSpotTraining") === true;
    const usage = spot ? InstanceUsage.SpotTraining : InstanceUsage.Training;
    const groups = at(...prefix, "ResourceConfig", "InstanceGroups");
    if (!Array.isArray(groups)) return [need(usage, ...prefix, "ResourceConfig")];
    return groups.map((group) =>
      instanceNeed(urn, usage, text(member(group, "InstanceType")), count(member(group, "InstanceCount"))),
    );
  };
  if (type === "Training") return training([]);
  if (type === "Processing") return [need(InstanceUsage.Processing, "ProcessingResources", "ClusterConfig")];
  if (type === "Transform") return [need(InstanceUsage.Transform, "TransformResources")];
  if (type !== "Tuning") return [];
  const parallel = count(at("HyperParameterTuningJobConfig", "ResourceLimits", "MaxParallelTrainingJobs"));
  return training(["TrainingJobDefinition"]).map((one) => ({
    ...one,
    needed: one.needed * (parallel ?? 1),
    atLeast: one.atLeast || parallel === undefined,
  }));
}

function member(value: Json | undefined, name: string): Json | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value[name] : undefined;
}

function text(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function count(value: Json | undefined): number | undefined {
  return typeof value === "number" ? value : undefined;
}
