import { SERVICE_LIMITS } from "../contracts/serviceLimits";
import { type CheckedEndpointArgs, checkEndpointArgs, variantBounds } from "./checkedEndpointArgs";
import { CheckedInputs, integerWithin } from "./checkedInputs";
import { checkBounds, checkBurstable, HOSTING_TYPE } from "./checkedInstancesArgs";
import { type CheckedModelSource, checkModelSource } from "./checkedModelSource";
import { TUNING_OPTIONS } from "./checkedModelTuning";
import { MAX_MODEL_PART } from "./checkedServedArgs";
import { refuseExcluded } from "./excludedArgs";
import { VARIANT, variantPart } from "./hostedVariant";
import { hasLocalStorage } from "./instanceTypes";
import type { ModelSourceArgs } from "./modelSourceArgs";
import {
  type RealTimeEndpointArgs,
  type RealTimeVariantArgs,
  type ShadowVariantArgs,
  VARIANT_DEFAULTS,
} from "./realTimeEndpointArgs";

/** A variant, checked and with defaults. */
export interface CheckedVariant {
  readonly name: string;
  readonly source: CheckedModelSource;
  readonly weight: number;
  readonly instanceType: string;
  readonly minInstances: number;
  readonly maxInstances: number;
}

/** The arguments, checked and with defaults. */
export interface CheckedRealTimeEndpointArgs {
  readonly endpoint: CheckedEndpointArgs;
  readonly variants: readonly CheckedVariant[];
  readonly shadow: CheckedVariant | undefined;
}

/** Name of a shadow variant. It never changes either. */
export const SHADOW = "shadow";

const { variants: MOST_VARIANTS, rollbackAlarms: MOST_ALARMS } = SERVICE_LIMITS.sagemaker.options.realTime;

/** Alarms that undo an update, of each variant. */
const ALARMS_OF_VARIANT = 2;

const EXCLUDED = {
  containers: "several containers are a MultiContainerEndpoint or an InferencePipelineEndpoint",
  memoryMb: "memory instead of instances is a ServerlessEndpoint",
} as const;

const SOURCE: readonly (keyof ModelSourceArgs)[] = [
  "image",
  "framework",
  "frameworkVersion",
  "modelDataUrl",
  "environment",
  ...TUNING_OPTIONS,
];

/**
 * Checks the arguments and fills in the defaults.
 * @throws pulumi.InputPropertiesError with every problem at once
 */
export function checkRealTimeEndpointArgs(name: string, args: RealTimeEndpointArgs): CheckedRealTimeEndpointArgs {
  const checks = new CheckedInputs(`RealTimeEndpoint ${name}`);
  refuseExcluded(args, EXCLUDED, checks);
  const endpoint = checkEndpointArgs(name, args, checks, args.variants);
  const variants = checkVariants(name, args, endpoint, checks);
  const shadow = args.shadow && checkShadow(args.shadow, endpoint, checks);
  if (shadow !== undefined && variants.length > 1) {
    const allowed = "only beside one production variant: SageMaker takes one of each";
    checks.add([{ property: "shadow", given: `beside ${variants.length} variants`, allowed }]);
  }
  if (shadow !== undefined) checkShadowName(name, variants, checks);
  checkStorage(args, shadow === undefined ? variants : [...variants, shadow], checks);
  checks.assert();
  return { endpoint, variants, shadow };
}

function checkVariants(
  name: string,
  args: RealTimeEndpointArgs,
  endpoint: CheckedEndpointArgs,
  checks: CheckedInputs,
): readonly CheckedVariant[] {
  const { instanceType, minInstances, maxInstances } = endpoint;
  if (args.variants === undefined) {
    const source = checkModelSource(args, { at: "", instanceType }, checks);
    return [{ name: VARIANT, source, weight: VARIANT_DEFAULTS.weight, instanceType, minInstances, maxInstances }];
  }
  for (const property of SOURCE) {
    if (args[property] === undefined) continue;
    checks.add([{ property, given: "with variants", allowed: "only without variants: each has its own" }]);
  }
  const names = args.variants.map((variant) => variant.name);
  checks.plain("variants", names, {
    allowed: `1 to ${MOST_VARIANTS} variants of different names${args.alarms === true ? `, with alarms at most ${MOST_ALARMS / ALARMS_OF_VARIANT}: SageMaker takes ${MOST_ALARMS} alarms that undo an update` : ""}`,
    test: () =>
      names.length >= 1 &&
      names.length <= (args.alarms === true ? MOST_ALARMS / ALARMS_OF_VARIANT : MOST_VARIANTS) &&
      new Set(names).size === names.length,
  });
  const checked = args.variants.map((variant, index) => checkVariant(name, variant, index, endpoint, checks));
  if (checked.length > 0 && checked.every(({ weight }) => weight === 0)) {
    checks.add([{ property: "variants", given: "weights of 0 alone", allowed: "at least one weight above 0" }]);
  }
  return checked;
}

function checkVariant(
  component: string,
  variant: RealTimeVariantArgs,
  index: number,
  endpoint: CheckedEndpointArgs,
  checks: CheckedInputs,
): CheckedVariant {
  const at = `variants[${index}].`;
  const instanceType = checks.plain(`${at}instanceType`, variant.instanceType ?? endpoint.instanceType, HOSTING_TYPE);
  const bounds = checkBounds(at, { ...variantBounds(variant, endpoint), leastInstances: 1 }, checks);
  checkBurstable(`${at}instanceType`, instanceType, bounds, checks);
  return {
    name: checks.plain(`${at}name`, variant.name, {
      allowed: `${VARIANT}, or lower-case letters, digits and hyphens, beginning with a letter, so short that the component's name, a hyphen and this have at most ${MAX_MODEL_PART} characters`,
      test: (value) =>
        value === VARIANT ||
        (/^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(value) && variantPart(component, value).length <= MAX_MODEL_PART),
    }),
    source: checkModelSource(variant, { at, instanceType }, checks),
    weight: checks.plain(`${at}weight`, variant.weight ?? VARIANT_DEFAULTS.weight, {
      allowed: "a number of 0 or more",
      test: (value) => Number.isFinite(value) && value >= 0,
    }),
    instanceType,
    ...bounds,
  };
}

function checkShadow(shadow: ShadowVariantArgs, endpoint: CheckedEndpointArgs, checks: CheckedInputs): CheckedVariant {
  const at = "shadow.";
  const instanceType = checks.plain(`${at}instanceType`, shadow.instanceType ?? endpoint.instanceType, HOSTING_TYPE);
  const percent = checks.plain(
    `${at}samplePercent`,
    shadow.samplePercent ?? VARIANT_DEFAULTS.samplePercent,
    integerWithin(1, 100, "percent"),
  );
  const instances = checks.plain(
    `${at}instances`,
    shadow.instances ?? endpoint.minInstances,
    integerWithin(1, 100, "instances"),
  );
  return {
    name: SHADOW,
    source: checkModelSource(shadow, { at, instanceType }, checks),
    // Of a shadow the weight is its share of what the production variant hears.
    weight: percent / 100,
    instanceType,
    minInstances: instances,
    maxInstances: instances,
  };
}

/** A shadow's model is named after both, and so is that of a variant of its name. */
function checkShadowName(name: string, variants: readonly CheckedVariant[], checks: CheckedInputs): void {
  checks.plain("name", name, {
    allowed: `at most ${MAX_MODEL_PART - variantPart("", SHADOW).length} characters with a shadow, whose model is named after both`,
    test: (value) => variantPart(value, SHADOW).length <= MAX_MODEL_PART,
  });
  checks.plain(
    "variants",
    variants.map((variant) => variant.name),
    {
      allowed: `no variant of the name ${SHADOW} together with a shadow, which has it`,
      test: (names) => !names.includes(SHADOW),
    },
  );
}

/** A key is the whole configuration's, and SageMaker takes none for storage that instances bring. */
function checkStorage(
  { kmsKeyArn }: RealTimeEndpointArgs,
  variants: readonly CheckedVariant[],
  checks: CheckedInputs,
): void {
  const local = variants.filter(({ instanceType }) => hasLocalStorage(instanceType));
  if (kmsKeyArn === undefined || local.length === 0 || local.length === variants.length) return;
  const given = `with ${[...new Set(variants.map(({ instanceType }) => instanceType))].join(", ")}`;
  const allowed = "only where either all instance types bring storage of their own or none does";
  checks.add([{ property: "kmsKeyArn", given, allowed }]);
}
