import type * as pulumi from "@pulumi/pulumi";
import type { SavingsPlanIntent } from "../contracts/tags";
import { type CheckedInputs, integerWithin } from "./checkedInputs";
import { type Bounds, type CheckedInstancesArgs, checkInstancesArgs, checkScales } from "./checkedInstancesArgs";
import { ENDPOINT_DEFAULTS, type EndpointArgs } from "./endpointArgs";
import { S3_FOLDER_URI } from "./inputRules";
import { checkSavingsPlan } from "./savingsPlanArgs";

/** What is kept of requests and answers. */
export interface CheckedCapture {
  readonly uri: pulumi.Input<string>;
  readonly percent: number;
}

/** The arguments that every endpoint has whose instances answer at once, checked and with defaults. */
export interface CheckedEndpointArgs extends CheckedInstancesArgs {
  readonly targetInvocations: number;
  readonly capture: CheckedCapture | undefined;
  readonly savingsPlan: SavingsPlanIntent | undefined;
}

/**
 * Checks the shared arguments and fills in the defaults; problems go to `checks`.
 * @param variants of the endpoint, as far as they say how many instances they have
 */
export function checkEndpointArgs(
  name: string,
  args: EndpointArgs,
  checks: CheckedInputs,
  variants?: readonly Partial<Bounds>[],
): CheckedEndpointArgs {
  const defaults = ENDPOINT_DEFAULTS;
  const savingsPlan = checkSavingsPlan(args.savingsPlan, checks);
  const minInstances = args.minInstances ?? defaults.minInstances;
  const maxInstances = args.maxInstances ?? Math.max(defaults.maxInstances, minInstances);
  const bounds = variants?.map((variant) => variantBounds(variant, { minInstances, maxInstances }));
  if (args.targetInvocations !== undefined)
    checkScales("targetInvocations", bounds ?? [{ minInstances, maxInstances }], checks);
  const options = { minInstances, leastInstances: 1, savingsPlan, variants: bounds };
  const instances = checkInstancesArgs(name, args, options, checks);
  return {
    ...instances,
    targetInvocations: checks.plain(
      "targetInvocations",
      args.targetInvocations ?? defaults.targetInvocations,
      integerWithin(1, 1_000_000, "invocations a minute"),
    ),
    capture: checkCapture(args, checks),
    savingsPlan,
  };
}

/** Bounds of a variant; what it does not say is the endpoint's, or its lower bound where that is above. */
export function variantBounds(variant: Partial<Bounds>, endpoint: Bounds): Bounds {
  const minInstances = variant.minInstances ?? endpoint.minInstances;
  return { minInstances, maxInstances: variant.maxInstances ?? Math.max(endpoint.maxInstances, minInstances) };
}

function checkCapture({ captureUri, capturePercent }: EndpointArgs, checks: CheckedInputs): CheckedCapture | undefined {
  if (captureUri === undefined) {
    if (capturePercent !== undefined) {
      const allowed = "only together with captureUri";
      checks.add([{ property: "capturePercent", given: "without captureUri", allowed }]);
    }
    return undefined;
  }
  return {
    uri: checks.input("captureUri", captureUri, S3_FOLDER_URI),
    percent: checks.plain(
      "capturePercent",
      capturePercent ?? ENDPOINT_DEFAULTS.capturePercent,
      integerWithin(1, 100, "percent"),
    ),
  };
}
