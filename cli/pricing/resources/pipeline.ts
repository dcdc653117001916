import * as z from "zod";
import { SageMakerUsage } from "../../../contracts/priceKey";
import { textAt } from "../../quotas/graphInput";
import { type ChargeOrNot, HOURS_PER_MONTH, unknownInput } from "../charge";
import { Range } from "../range";
import { fleetRuns } from "./fleetRuns";
import type { PricedKind } from "./pricedKind";

const json = z.json();
type Json = z.output<typeof json>;

const Definition = z.object({
  Parameters: z.array(z.object({ Name: z.string(), DefaultValue: json.optional() })).default([]),
  Steps: z.array(z.object({ Name: z.string(), Type: z.string(), Arguments: z.record(z.string(), json).default({}) })),
});
type Definition = z.output<typeof Definition>;
type Step = Definition["Steps"][number];

/** A pipeline of SageMaker: the instances and volumes of its steps, for as long as they run, as often as it is started. */
export const pipeline: PricedKind = {
  types: ["aws:sagemaker/pipeline:Pipeline"],
  charges(resource, stack): readonly ChargeOrNot[] {
    const definition = readDefinition(textAt(resource.inputs, "pipelineDefinition"));
    if (definition === undefined) return [unknownInput("steps", "its definition is not known, or is no JSON")];
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
    return definition.Steps.flatMap((step): readonly ChargeOrNot[] => {
      const machines = machinesOf(step, definition);
      if (machines === undefined) return [];
      const { usage, instanceType, instances, volumeGb, spot } = machines;
      const count = instances === undefined ? Range.of(1, 1, 20) : Range.exactly(instances);
      const hours = runs.times(minutes[usage]).over(60).times(count);
      if (instanceType === undefined) return [unknownInput(`step ${step.Name}`, "its instance type is not known")];
      return [
        {
          what: `step ${step.Name}: instances`,
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
                what: `step ${step.Name}: volumes`,
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

interface Machines {
  readonly usage: "Train" | "Processing" | "Tsform";
  readonly instanceType: string | undefined;
  readonly instances: number | undefined;
  readonly volumeGb: number | undefined;
  readonly spot: boolean;
}

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
