import type * as pulumi from "@pulumi/pulumi";
import type { SavingsPlanIntent } from "../contracts/tags";
import { type CheckedInputs, integerWithin } from "./checkedInputs";
import { type CheckedInstancesArgs, checkInstancesArgs, checkScales } from "./checkedInstancesArgs";
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

/** Checks the shared arguments and fills in the defaults; problems go to `checks`. */
export function checkEndpointArgs(name: string, args: EndpointArgs, checks: CheckedInputs): CheckedEndpointArgs {
  const defaults = ENDPOINT_DEFAULTS;
  const savingsPlan = checkSavingsPlan(args.savingsPlan, checks);
  const minInstances = args.minInstances ?? defaults.minInstances;
  const maxInstances = args.maxInstances ?? Math.max(defaults.maxInstances, minInstances);
  if (args.targetInvocations !== undefined) checkScales("targetInvocations", { minInstances, maxInstances }, checks);
  const instances = checkInstancesArgs(name, args, { minInstances, leastInstances: 1, savingsPlan }, checks);
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
