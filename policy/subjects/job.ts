import { type GraphObject, type GraphValue, isGraphObject, isUnknown, UNKNOWN } from "../../contracts/graph";
import type { Finding, RuleResource } from "../../contracts/rule";
import { TagKey, Workload } from "../../contracts/tags";
import { jsonValue } from "./jsonValue";
import { tagValue } from "./tagValue";
import { elementsOf, valueAt } from "./valueAt";

/** What a SageMaker job does. */
export type JobKind = "training" | "tuning" | "processing" | "transform";

/** One job that a resource starts, or makes a pipeline or a state machine start. */
export interface Job {
  readonly kind: JobKind;
  /**
   * The value of a property of the job's Create call; a reference that is resolved when the job starts is unknown.
   * @param path names as `@pulumi/aws` spells them, and would spell those of transform jobs
   */
  read(...path: readonly string[]): GraphValue | undefined;
  /** Whether a property is a reference that is resolved when the job starts. */
  isReference(...path: readonly string[]): boolean;
  /** Path of a property within the resource, for a finding. */
  at(...path: readonly string[]): string;
}

/** A resource's jobs. */
export interface Jobs {
  readonly jobs: readonly Job[];
  /** That there may be others, which cannot be seen. */
  readonly hidden: readonly Finding[];
}

/** Type tokens of what starts SageMaker jobs. */
export const JOB_TYPES = [
  "aws:sagemaker/trainingJob:TrainingJob",
  "aws:sagemaker/hyperParameterTuningJob:HyperParameterTuningJob",
  "aws:sagemaker/pipeline:Pipeline",
  "aws:sfn/stateMachine:StateMachine",
  "aws-native:sagemaker:Pipeline",
  "aws-native:sagemaker:ProcessingJob",
  "aws-native:stepfunctions:StateMachine",
] as const;

/** Several rules ask for the same jobs, and a definition is long to read. */
const readAlready = new WeakMap<GraphObject, Jobs>();

/** Every job that a resource starts. */
export function jobsOf(resource: RuleResource): Jobs {
  const jobs = readAlready.get(resource.inputs) ?? readJobs(resource);
  readAlready.set(resource.inputs, jobs);
  return jobs;
}

function readJobs({ type, inputs }: RuleResource): Jobs {
  switch (type) {
    case "aws:sagemaker/trainingJob:TrainingJob":
      return { jobs: [declaredJob("training", inputs, "")], hidden: [] };
    case "aws-native:sagemaker:ProcessingJob":
      return { jobs: [declaredJob("processing", inputs, "")], hidden: [] };
    case "aws:sagemaker/hyperParameterTuningJob:HyperParameterTuningJob":
      return { jobs: tuningJobs(inputs), hidden: [] };
    case "aws:sagemaker/pipeline:Pipeline":
      return definitionJobs(inputs, ["pipelineDefinition"], "Steps");
    case "aws-native:sagemaker:Pipeline":
      return definitionJobs(inputs, ["pipelineDefinition", "pipelineDefinitionBody"], "Steps");
    case "aws:sfn/stateMachine:StateMachine":
      return machineJobs(inputs, "definition");
    case "aws-native:stepfunctions:StateMachine":
      return machineJobs(inputs, "definitionString");
    default:
      return { jobs: [], hidden: [] };
  }
}

function declaredJob(kind: JobKind, definition: GraphValue, prefix: string): Job {
  return {
    kind,
    read: (...path) => valueAt(definition, ...path),
    isReference: () => false,
    at: (...path) => [prefix, ...path].filter(Boolean).join("."),
  };
}

function tuningJobs(inputs: GraphValue): readonly Job[] {
  const one = valueAt(inputs, "trainingJobDefinition");
  const many = elementsOf(valueAt(inputs, "trainingJobDefinitions"));
  return [
    declaredJob("tuning", inputs, ""),
    ...(one === undefined ? [] : [declaredJob("training", one, "trainingJobDefinition")]),
    ...many.map((definition, index) => declaredJob("training", definition, `trainingJobDefinitions[${index}]`)),
  ];
}

/** The jobs in a definition that is JSON text, or a value where the provider takes one. */
function definitionJobs(inputs: GraphValue, path: readonly string[], list: "Steps" | "States"): Jobs {
  const at = path.join(".");
  const definition = jsonValue(valueAt(inputs, ...path));
  const parts = valueAt(definition, list);
  if (!isGraphObject(definition) || isUnknown(parts)) {
    const message = `${isUnknown(definition) ? "not known yet" : "not here"}, so its jobs cannot be seen`;
    return { jobs: [], hidden: [{ status: "unknown", path: at, message }] };
  }
  return { jobs: list === "Steps" ? stepJobs(parts, at) : stateJobs(parts, at), hidden: [] };
}

/** Most state machines start no jobs at all: one that cannot be read counts only when its tag says that it trains. */
function machineJobs(inputs: GraphObject, property: string): Jobs {
  const { jobs, hidden } = definitionJobs(inputs, [property], "States");
  return { jobs, hidden: tagValue(inputs, TagKey.Workload) === Workload.Training ? hidden : [] };
}

/** The jobs among a pipeline's steps, and inside its conditions. */
function stepJobs(steps: GraphValue | undefined, prefix: string): readonly Job[] {
  return elementsOf(steps).flatMap((step) => {
    const call = valueAt(step, "Arguments");
    const name = valueAt(step, "Name");
    const at = `${prefix}.${typeof name === "string" ? name : "Steps"}`;
    switch (valueAt(step, "Type")) {
      case "Training":
        return [calledJob("training", call, at)];
      case "Processing":
        return [calledJob("processing", call, at)];
      case "Transform":
        return [calledJob("transform", call, at)];
      case "Tuning":
        return calledTuning(call, at);
      case "Condition":
        return [...stepJobs(valueAt(call, "IfSteps"), prefix), ...stepJobs(valueAt(call, "ElseSteps"), prefix)];
      default:
        return [];
    }
  });
}

/** What a state machine's tasks call (docs.aws.amazon.com/step-functions/latest/dg/connect-sagemaker.html). */
const TASK = /:states:::(?:aws-sdk:)?sagemaker:create(Training|Processing|Transform|HyperParameterTuning)Job/;

const TASK_KINDS: Readonly<Record<string, JobKind>> = {
  Training: "training",
  Processing: "processing",
  Transform: "transform",
};

function stateJobs(states: GraphValue | undefined, prefix: string): readonly Job[] {
  if (!isGraphObject(states)) return [];
  return Object.entries(states).flatMap(([name, state]) => {
    const at = `${prefix}.${name}`;
    const nested = [
      ...elementsOf(valueAt(state, "Branches")),
      valueAt(state, "Iterator"),
      valueAt(state, "ItemProcessor"),
    ];
    const inside = nested.flatMap((machine) => stateJobs(valueAt(machine, "States"), prefix));
    const resource = valueAt(state, "Resource");
    const task = typeof resource === "string" ? TASK.exec(resource)?.[1] : undefined;
    const call = valueAt(state, "Parameters") ?? valueAt(state, "Arguments");
    if (task === undefined) return inside;
    const kind = TASK_KINDS[task];
    return kind === undefined ? calledTuning(call, at) : [calledJob(kind, call, at)];
  });
}

function calledTuning(call: GraphValue | undefined, prefix: string): readonly Job[] {
  const one = valueAt(call, "TrainingJobDefinition");
  const many = elementsOf(valueAt(call, "TrainingJobDefinitions"));
  return [
    calledJob("tuning", call, prefix),
    ...(one === undefined ? [] : [calledJob("training", one, `${prefix}.TrainingJobDefinition`)]),
    ...many.map((each, index) => calledJob("training", each, `${prefix}.TrainingJobDefinitions[${index}]`)),
  ];
}

/** A job as the API spells it, with references in place of values. */
function calledJob(kind: JobKind, call: GraphValue | undefined, prefix: string): Job {
  return {
    kind,
    read: (...path) => readCall(call, path.map(apiName)),
    // A call is read from text, in which nothing but a reference is unknown.
    isReference: (...path) => isUnknown(readCall(call, path.map(apiName))),
    at: (...path) => [prefix, ...path.map(apiName)].join("."),
  };
}

/** The only name of a job's property whose spelling differs by more than its first letter, of those that rules read. */
const API_NAMES: Readonly<Record<string, string>> = { config: "HyperParameterTuningJobConfig" };

function apiName(name: string): string {
  return API_NAMES[name] ?? `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function readCall(value: GraphValue | undefined, path: readonly string[]): GraphValue | undefined {
  if (value === undefined || isUnknown(value) || isReference(value)) return value === undefined ? value : UNKNOWN;
  const [name, ...rest] = path;
  if (name === undefined) return value;
  const below = valueAt(value, name);
  return below === undefined && valueAt(value, `${name}.$`) !== undefined ? UNKNOWN : readCall(below, rest);
}

/** Pipelines refer by `{ "Get": … }` and `{ "Std:Join": … }`, state machines by `"{% … %}"`. */
function isReference(value: GraphValue): boolean {
  if (typeof value === "string") return value.startsWith("{%");
  return isGraphObject(value) && Object.keys(value).some((key) => key === "Get" || key.startsWith("Std:"));
}

/** What a rule says of each of a resource's jobs of some kinds, and of those that cannot be seen. */
export function judgeJobs(
  resource: RuleResource,
  kinds: readonly JobKind[],
  judge: (job: Job) => readonly Finding[],
): readonly Finding[] {
  const { jobs, hidden } = jobsOf(resource);
  return [...hidden, ...jobs.filter(({ kind }) => kinds.includes(kind)).flatMap(judge)];
}
