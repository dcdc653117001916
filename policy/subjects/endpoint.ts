import { type GraphValue, isGraphObject, isUnknown } from "../../contracts/graph";
import type { RuleResource, StackRuleContext } from "../../contracts/rule";
import { elementsOf, valueAt } from "./valueAt";
import { withName } from "./withName";

/** Type tokens of endpoints. */
export const ENDPOINT_TYPES = ["aws:sagemaker/endpoint:Endpoint", "aws-native:sagemaker:Endpoint"] as const;

/** Type tokens of endpoint configurations. */
export const ENDPOINT_CONFIGURATION_TYPES = [
  "aws:sagemaker/endpointConfiguration:EndpointConfiguration",
  "aws-native:sagemaker:EndpointConfig",
] as const;

/** Type tokens of models. */
export const MODEL_TYPES = ["aws:sagemaker/model:Model", "aws-native:sagemaker:Model"] as const;

/** Type tokens of what bounds a scaling capacity. */
export const SCALING_TARGET_TYPES = [
  "aws:appautoscaling/target:Target",
  "aws-native:applicationautoscaling:ScalableTarget",
] as const;

/** One variant of an endpoint configuration. */
export interface Variant {
  readonly value: GraphValue;
  /** Path within the configuration, for example `productionVariants[0]`. */
  readonly path: string;
  /** False for a serverless variant, and for one that is not known. */
  readonly onInstances: boolean;
}

/** The variants of an endpoint configuration that answer; shadows run beside them and scale with them. */
export function variantsOf({ inputs }: RuleResource): readonly Variant[] {
  return elementsOf(valueAt(inputs, "productionVariants")).map((value, index) => ({
    value,
    path: `productionVariants[${index}]`,
    onInstances: isGraphObject(value) && valueAt(value, "serverlessConfig") === undefined,
  }));
}

/** True when the endpoint takes requests through S3, and so can have no instances at all. */
export function isAsync({ inputs }: RuleResource): boolean {
  return valueAt(inputs, "asyncInferenceConfig") !== undefined;
}

/** The configuration of an endpoint, when the stack has it. */
export function configurationOf(
  endpoint: RuleResource,
  { dependenciesOf, ofTypes }: StackRuleContext,
): RuleResource | undefined {
  const isConfiguration = ({ type }: RuleResource) => ENDPOINT_CONFIGURATION_TYPES.some((token) => token === type);
  const [depended] = dependenciesOf(endpoint, ["endpointConfigName"]).filter(isConfiguration);
  const name = valueAt(endpoint.inputs, "endpointConfigName");
  return depended ?? withName(ofTypes(ENDPOINT_CONFIGURATION_TYPES), configurationNameOf, name)[0];
}

function configurationNameOf({ inputs }: RuleResource): GraphValue | undefined {
  return valueAt(inputs, "name") ?? valueAt(inputs, "endpointConfigName");
}

/** The scaling targets of an endpoint: those that depend on it, and those that name it. */
export function scalingTargetsOf(
  endpoint: RuleResource,
  { dependentsOf, ofTypes }: StackRuleContext,
): readonly RuleResource[] {
  const isTarget = ({ type }: RuleResource) => SCALING_TARGET_TYPES.some((token) => token === type);
  const name = valueAt(endpoint.inputs, "name") ?? valueAt(endpoint.inputs, "endpointName");
  const depending = dependentsOf(endpoint, ["resourceId"]).filter(isTarget);
  return [...new Set([...depending, ...withName(ofTypes(SCALING_TARGET_TYPES), scaledEndpointOf, name)])];
}

/** The endpoint's name in `endpoint/<name>/variant/<variant>`. */
function scaledEndpointOf({ inputs }: RuleResource): string | undefined {
  const id = valueAt(inputs, "resourceId");
  return typeof id === "string" ? /^endpoint\/([^/]+)\//.exec(id)?.[1] : undefined;
}

/** The least instances that a variant scales itself to: undefined when it does not scale itself. */
export function ownMinimum(variant: Variant): GraphValue | undefined {
  const status = valueAt(variant.value, "managedInstanceScaling", "status");
  if (isUnknown(status)) return status;
  return status === "ENABLED" ? (valueAt(variant.value, "managedInstanceScaling", "minInstanceCount") ?? 1) : undefined;
}
