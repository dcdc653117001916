import * as z from "zod";
import type { GraphResource } from "../../../contracts/graph";
import { SageMakerUsage } from "../../../contracts/priceKey";
import { textAt } from "../../quotas/graphInput";
import { type ChargeOrNot, HOURS_PER_MONTH, unknownInput } from "../charge";
import { Range } from "../range";
import { fleetRuns } from "./fleetRuns";
import type { PricedKind } from "./pricedKind";

const json = z.json();
type Json = z.output<typeof json>;

const Steps = z.array(
  z.object({ Name: z.string(), Type: z.string(), Arguments: z.record(z.string(), json).default({}) }),
);
const Definition = z.object({
  Parameters: z.array(z.object({ Name: z.string(), DefaultValue: json.optional() })).default([]),
  Steps,
});
type Definition = z.output<typeof Definition>;
type Step = Definition["Steps"][number];

/** A step that runs on machines. */
export interface PipelineStep {
  readonly name: string;
  readonly usage: "Train" | "Processing" | "Tsform";
  readonly instanceType: string | undefined;
  readonly instances: number | undefined;
  readonly volumeGb: number | undefined;
  /** True for training on spot capacity. */
  readonly spot: boolean;
  /** True for training that keeps its machines for the next, which spot capacity cannot. */
  readonly warm: boolean;
  /** False for steps of a condition, which may not run. */
  readonly sure: boolean;
}

/** Steps of a pipeline that run on machines, those of conditions too; undefined when its definition is not known. */
export function pipelineSteps({ inputs }: GraphResource): readonly PipelineStep[] | undefined {
  const definition = readDefinition(textAt(inputs, "pipelineDefinition"));
  return definition && stepsOf(definition.Steps, definition, true);
}

function stepsOf(steps: readonly Step[], definition: Definition, sure: boolean): readonly PipelineStep[] {
  return steps.flatMap((step): readonly PipelineStep[] => {
    if (step.Type === "Condition") {
      const inside = ["IfSteps", "ElseSteps"].flatMap((name) => Steps.safeParse(step.Arguments[name] ?? []).data ?? []);
      return stepsOf(inside, definition, false);
    }
    const machines = machinesOf(step, definition);
    return machines ? [{ name: step.Name, sure, ...machines }] : [];
  });
}

/** A pipeline of SageMaker: the instances and volumes of its steps, for as long as they run, as often as it is started. */
export const pipeline: PricedKind = {
  types: ["aws:sagemaker/pipeline:Pipeline"],
  charges(resource, stack): readonly ChargeOrNot[] {
    const steps = pipelineSteps(resource);
    if (steps === undefined) return [unknownInput("steps", "its definition is not known, or is no JSON")];
    const runs = stack.quantity(resource, "runs", fleetRuns(stack.find(resource.parent), stack));
    const minutes = {
      [SageMakerUsage.Training]: stack.quantity(resource, "trainingMinutes", stack.usage.training.trainingMinutes),
      [SageMakerUsage.Processing]: stack.quantity(
        resource,
        "processingMinutes",
        stack.usage.training.processingMinutes,
      ),
      [SageMakerUsage.BatchTransform]: stack.quantity(
        resource,
        "transformMinutes",
        stack.usage.training.transformMinutes,
      ),
    };
    return steps.flatMap(({ name, usage, instanceType, instances, volumeGb, spot, sure }): readonly ChargeOrNot[] => {
      const count = instances === undefined ? Range.of(1, 1, 20) : Range.exactly(instances);
      const always = runs.times(minutes[usage]).over(60).times(count);
      const hours = sure ? always : always.fromZero();
      if (instanceType === undefined) return [unknownInput(`step ${name}`, "its instance type is not known")];
      return [
        {
          what: `step ${name}: instances`,
          service: "AmazonSageMaker",
          usageType: `${usage}:${instanceType}`,
          quantity: hours,
          basis: "per-use",
          ...(spot && { share: stack.usage.training.spotDiscount.rest() }),
        },
        ...(volumeGb === undefined
          ? []
          : [
              {
                what: `step ${name}: volumes`,
                service: "AmazonSageMaker",
                usageType: `${usage}:VolumeUsage.gp2`,
                quantity: hours.times(volumeGb).over(HOURS_PER_MONTH),
                basis: "per-use" as const,
              },
            ]),
      ];
    });
  },
};

function readDefinition(text: string | undefined): Definition | undefined {
  if (text === undefined) return undefined;
  try {
    return Definition.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

type Machines = Omit<PipelineStep, "name" | "sure">;

/** Machines of a step; undefined for steps that have none (conditions, registrations). */
function machinesOf({ Type: type, Arguments: given }: Step, { Parameters }: Definition): Machines | undefined {
  const at = (...path: readonly string[]): Json | undefined => {
    const value = path.reduce<Json | undefined>(member, given);
    const reference = member(value, "Get");
    if (typeof reference !== "string") return value;
    return Parameters.find(({ Name }) => reference === `Parameters.${Name}`)?.DefaultValue;
  };
  const machines = (usage: Machines["usage"], ...path: readonly string[]): Machines => {
    const [instanceType, instances, volume] = ["InstanceType", "InstanceCount", "VolumeSizeInGB"].map((name) =>
      at(...path, name),
    );
    return {
      usage,
      instanceType: typeof instanceType === "string" ? instanceType : undefined,
      instances: typeof instances === "number" ? instances : undefined,
      volumeGb: typeof volume === "number" ? volume : undefined,
      spot: usage === SageMakerUsage.Training && at("EnableManagedSpotTraining") === true,
      warm: at(...path, "KeepAlivePeriodInSeconds") !== undefined,
    };
  };
  if (type === "Training") return machines(SageMakerUsage.Training, "ResourceConfig");
  if (type === "Processing") return machines(SageMakerUsage.Processing, "ProcessingResources", "ClusterConfig");
  if (type === "Transform") return machines(SageMakerUsage.BatchTransform, "TransformResources");
  return undefined;
}

function member(value: Json | undefined, name: string): Json | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value[name] : undefined;
}
