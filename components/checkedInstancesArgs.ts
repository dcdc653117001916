import type { SavingsPlanIntent } from "../contracts/tags";
import { type CheckedInputs, type InputRule, integerWithin } from "./checkedInputs";
import { type CheckedServedArgs, checkServedArgs } from "./checkedServedArgs";
import { ENDPOINT_DEFAULTS, type EndpointVpcArgs, type InstancesArgs } from "./endpointArgs";
import { INSTANCE_TYPE, isAccelerated } from "./instanceTypes";
import { checkNetwork } from "./sagemakerNetwork";

/** The arguments that every endpoint on instances has, checked and with defaults. */
export interface CheckedInstancesArgs extends CheckedServedArgs {
  readonly instanceType: string;
  readonly minInstances: number;
  readonly maxInstances: number;
  readonly scaleInCooldownSeconds: number;
  readonly scaleOutCooldownSeconds: number;
  readonly volumeSizeGb: number;
  readonly canaryPercent: number;
  readonly vpc: EndpointVpcArgs | undefined;
  readonly networkIsolation: boolean;
}

/** What an option decides of its instances. */
export interface InstancesOptions {
  /** Fewest instances that are asked for. */
  readonly minInstances: number;
  /** How few they may be. */
  readonly leastInstances: number;
  readonly savingsPlan?: SavingsPlanIntent | undefined;
  /** Bounds of each variant, where there may be several. Defaults to the endpoint's own. */
  readonly variants?: readonly Bounds[] | undefined;
}

/** Instances of one endpoint: more than any account starts with. */
const MOST_INSTANCES = 100;

/** An instance type that hosts. */
export const HOSTING_TYPE: InputRule<string> = {
  allowed: "an instance type ml.<family>.<size> that is not accelerated, best Graviton: accelerators are for training",
  test: (value) => INSTANCE_TYPE.test(value) && !isAccelerated(value),
};

/** Checks the shared arguments and fills in the defaults; problems go to `checks`. */
export function checkInstancesArgs(
  name: string,
  args: InstancesArgs,
  options: InstancesOptions,
  checks: CheckedInputs,
): CheckedInstancesArgs {
  const defaults = ENDPOINT_DEFAULTS;
  const integer = (property: IntegerProperty, low: number, high: number, unit: string) =>
    checks.plain(property, args[property] ?? defaults[property], integerWithin(low, high, unit));
  const served = checkServedArgs(name, args, checks, options.savingsPlan);
  const bounds = checkBounds("", { ...options, maxInstances: args.maxInstances }, checks);
  const instanceType = checks.plain("instanceType", args.instanceType ?? defaults.instanceType, HOSTING_TYPE);
  checkScaling(args, options.variants ?? [bounds], checks);
  // Of several variants each checks its own type.
  if (options.variants === undefined) checkBurstable("instanceType", instanceType, bounds, checks);
  if (args.vpc !== undefined) checkNetwork(args.vpc, checks);
  return {
    ...served,
    instanceType,
    ...bounds,
    scaleInCooldownSeconds: integer("scaleInCooldownSeconds", 0, 86_400, "seconds"),
    scaleOutCooldownSeconds: integer("scaleOutCooldownSeconds", 0, 86_400, "seconds"),
    volumeSizeGb: integer("volumeSizeGb", 1, 512, "GB"),
    canaryPercent: integer("canaryPercent", 1, 50, "percent"),
    vpc: args.vpc,
    networkIsolation: args.networkIsolation ?? defaults.networkIsolation,
  };
}

type IntegerProperty = "scaleInCooldownSeconds" | "scaleOutCooldownSeconds" | "volumeSizeGb" | "canaryPercent";

/** Bounds between which instances are added and removed. */
export interface Bounds {
  readonly minInstances: number;
  readonly maxInstances: number;
}

/** Checks bounds; without an upper one it is the default, or the lower one where that is above. */
export function checkBounds(
  at: string,
  { minInstances, leastInstances, maxInstances }: InstancesOptions & { readonly maxInstances: number | undefined },
  checks: CheckedInputs,
): Bounds {
  const least = Math.max(leastInstances, 1);
  return {
    minInstances: checks.plain(
      `${at}minInstances`,
      minInstances,
      integerWithin(leastInstances, MOST_INSTANCES, "instances"),
    ),
    maxInstances: checks.plain(
      `${at}maxInstances`,
      maxInstances ?? Math.max(ENDPOINT_DEFAULTS.maxInstances, minInstances),
      integerWithin(
        Math.min(Math.max(minInstances, least), MOST_INSTANCES),
        MOST_INSTANCES,
        "instances, at least minInstances",
      ),
    ),
  };
}

/** docs.aws.amazon.com/sagemaker/latest/dg/endpoint-auto-scaling-prerequisites.html: burstable types do not scale. */
export function checkBurstable(property: string, instanceType: string, bounds: Bounds, checks: CheckedInputs): void {
  if (bounds.maxInstances <= bounds.minInstances || !/^ml\.t\d/.test(instanceType)) return;
  const allowed = "a type that is not burstable, or maxInstances equal to minInstances";
  checks.add([{ property, given: instanceType, allowed }]);
}

/** Arguments that mean something only where there are instances to add, or to share traffic among. */
function checkScaling(args: InstancesArgs, variants: readonly Bounds[], checks: CheckedInputs): void {
  for (const cooldown of ["scaleInCooldownSeconds", "scaleOutCooldownSeconds"] as const) {
    if (args[cooldown] !== undefined) checkScales(cooldown, variants, checks);
  }
  if (args.canaryPercent !== undefined && !variants.every(({ minInstances }) => minInstances > 1)) {
    const allowed = "only with minInstances of 2 or more: SageMaker takes at most half of the instances";
    checks.add([{ property: "canaryPercent", given: "with one instance", allowed }]);
  }
}

/** A property that was given and has no meaning where all bounds are equal. */
export function checkScales(property: string, variants: readonly Bounds[], checks: CheckedInputs): void {
  if (variants.some(({ minInstances, maxInstances }) => maxInstances > minInstances)) return;
  const allowed = "only where instances are added and removed";
  checks.add([{ property, given: "with maxInstances equal to minInstances", allowed }]);
}
