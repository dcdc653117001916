import type * as aws from "@pulumi/aws";
import { hasLocalStorage } from "./instanceTypes";

/**
 * Name of an endpoint's only variant. It never changes: SageMaker shifts traffic step by step only between variants of
 * the same name, and scaling is registered by it.
 */
export const VARIANT = "AllTraffic";

/** A model behind an endpoint, and what runs it: instances, or memory that SageMaker finds by itself. */
export interface HostedVariant {
  readonly name: string;
  readonly model: aws.sagemaker.Model;
  /** Share of the traffic, in relation to the other variants' weights. */
  readonly weight: number;
  readonly instances?: VariantInstances;
  readonly serverless?: aws.types.input.sagemaker.EndpointConfigurationProductionVariantServerlessConfig;
}

/** Instances of a variant. */
export interface VariantInstances {
  readonly type: string;
  /** How many there are at first, and after each update. */
  readonly count: number;
}

/** The only variant of an endpoint on instances. */
export function onlyVariant(
  model: aws.sagemaker.Model,
  { instanceType, minInstances }: { readonly instanceType: string; readonly minInstances: number },
): HostedVariant {
  // An endpoint that goes down to none still begins with one.
  const count = Math.max(1, minInstances);
  return { name: VARIANT, model, weight: 1, instances: { type: instanceType, count } };
}

/** Names a variant's resources; those of the only variant are its endpoint's. */
export function variantPart(name: string, variant: string): string {
  return variant === VARIANT ? name : `${name}-${variant}`;
}

/** A variant as the provider takes it, whether its answers count or not. */
type VariantInputs = Pick<
  aws.types.input.sagemaker.EndpointConfigurationProductionVariant,
  | "variantName"
  | "modelName"
  | "instanceType"
  | "initialInstanceCount"
  | "volumeSizeInGb"
  | "serverlessConfig"
  | "initialVariantWeight"
>;

/** A variant's inputs. */
export function variantInputs(
  { name, model, weight, instances, serverless }: HostedVariant,
  volumeSizeGb: number | undefined,
): VariantInputs {
  return {
    variantName: name,
    modelName: model.name,
    ...(instances !== undefined && {
      instanceType: instances.type,
      initialInstanceCount: instances.count,
      ...(!hasLocalStorage(instances.type) && volumeSizeGb !== undefined && { volumeSizeInGb: volumeSizeGb }),
    }),
    ...(serverless !== undefined && { serverlessConfig: serverless }),
    initialVariantWeight: weight,
  };
}

/** Whether a variant has a volume that SageMaker attaches, which a key can encrypt. */
export function takesVolumeKey({ instances }: HostedVariant): boolean {
  return instances !== undefined && !hasLocalStorage(instances.type);
}
