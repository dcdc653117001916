import { FAMILIES, SAGEMAKER_FAMILIES } from "./instanceFamilyData";

/** What accelerates a family; `neuron` is Inferentia and Trainium, `media` transcodes. */
export type AcceleratorKind = "gpu" | "neuron" | "deep-learning" | "fpga" | "media";

/** Processors by what their binaries need: all but `x86` run arm64. */
export type ProcessorKind = "x86" | "graviton" | "grace" | "apple";

/** One of EC2's instance families. SageMaker's have the same names. */
export interface InstanceFamily {
  /** For example `c7g`, `p4d` or `u-6tb1`. */
  readonly name: string;
  /** Absent for families that only have processors. */
  readonly accelerator?: AcceleratorKind;
  readonly processor: ProcessorKind;
}

/** What SageMaker uses instances for. Only hosting takes Graviton. */
export type SageMakerUse = keyof typeof SAGEMAKER_FAMILIES;

const ACCELERATORS: readonly AcceleratorKind[] = ["gpu", "neuron", "deep-learning", "fpga", "media"];
const PROCESSORS: readonly ProcessorKind[] = ["x86", "graviton", "grace", "apple"];

const BY_NAME: ReadonlyMap<string, InstanceFamily> = new Map(
  Object.entries(FAMILIES).flatMap(([group, names]) =>
    names.split(" ").map((name) => {
      const accelerator = ACCELERATORS.find((kind) => group.startsWith(`${kind} `));
      const processor = PROCESSORS.find((kind) => group.endsWith(` ${kind}`)) ?? "x86";
      return [name, { name, ...(accelerator && { accelerator }), processor }] as const;
    }),
  ),
);

/** Every family that the data knows. */
export const INSTANCE_FAMILIES: readonly InstanceFamily[] = [...BY_NAME.values()];

/** A family by its name, or undefined when the data does not know it: it may be anything, also accelerated. */
export function instanceFamily(name: string): InstanceFamily | undefined {
  return BY_NAME.get(name);
}

/** Families that a use of SageMaker takes. */
export function sageMakerFamilies(use: SageMakerUse): readonly InstanceFamily[] {
  return SAGEMAKER_FAMILIES[use].split(" ").flatMap((name) => BY_NAME.get(name) ?? []);
}
