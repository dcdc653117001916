import type * as pulumi from "@pulumi/pulumi";
import { FleetEnvironment } from "../contracts/fleetContainer";
import { SERVICE_LIMITS } from "../contracts/serviceLimits";
import { ServingEnvironment } from "../contracts/servingContainer";
import { type CheckedEndpointArgs, checkEndpointArgs } from "./checkedEndpointArgs";
import { CheckedInputs, type InputRule, integerWithin } from "./checkedInputs";
import { MILLISECONDS, PERCENT } from "./checkedServedArgs";
import { PINNED_IMAGE, S3_FOLDER_URI } from "./inputRules";
import {
  CACHE_ALARM_DEFAULTS,
  MULTI_MODEL_ENDPOINT_DEFAULTS,
  type MultiModelEndpointArgs,
} from "./multiModelEndpointArgs";

/** The arguments, checked and with defaults. */
export interface CheckedMultiModelEndpointArgs {
  readonly endpoint: CheckedEndpointArgs;
  readonly image: pulumi.Input<string>;
  readonly modelDataUrl: pulumi.Input<string>;
  readonly cacheModels: boolean;
  readonly cacheAlarmThresholds: Readonly<Record<keyof typeof CACHE_ALARM_DEFAULTS, pulumi.Input<number>>>;
  readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
}

/** Variables that SageMaker or another argument sets. */
const TAKEN: readonly string[] = [...Object.values(ServingEnvironment), ...Object.values(FleetEnvironment)].filter(
  (name) => name !== ServingEnvironment.Isolation,
);

/**
 * Checks the arguments and fills in the defaults.
 * @throws pulumi.InputPropertiesError with every problem at once
 */
export function checkMultiModelEndpointArgs(name: string, args: MultiModelEndpointArgs): CheckedMultiModelEndpointArgs {
  const checks = new CheckedInputs(`MultiModelEndpoint ${name}`);
  const { environment = {}, modelMemoryMb, modelModule, cacheAlarmThresholds: given = {} } = args;
  checkEnvironment(environment, checks);
  const threshold = (property: keyof typeof CACHE_ALARM_DEFAULTS, rule: InputRule<number>) =>
    checks.input(`cacheAlarmThresholds.${property}`, given[property] ?? CACHE_ALARM_DEFAULTS[property], rule);
  if (args.cacheAlarmThresholds !== undefined && args.alarms !== true) {
    checks.add([
      { property: "cacheAlarmThresholds", given: "without alarms", allowed: "only together with alarms: true" },
    ]);
  }
  for (const property of ["hitPercent", "thrashPercent"] as const) {
    if (args.cacheModels !== false || given[property] === undefined) continue;
    const allowed = "only where models are cached: not with cacheModels: false";
    checks.add([{ property: `cacheAlarmThresholds.${property}`, given: "without a cache", allowed }]);
  }
  if (modelMemoryMb !== undefined) {
    checks.plain("modelMemoryMb", modelMemoryMb, integerWithin(64, 1_048_576, "MB"));
  }
  if (modelModule !== undefined) {
    const { environmentCharacters } = SERVICE_LIMITS.sagemaker;
    checks.plain("modelModule", modelModule, {
      allowed: `1 to ${environmentCharacters} characters`,
      test: (value) => value.length > 0 && value.length <= environmentCharacters,
    });
  }
  const checked = {
    endpoint: checkEndpointArgs(name, args, checks),
    image: checks.input("image", args.image, PINNED_IMAGE),
    modelDataUrl: checks.input("modelDataUrl", args.modelDataUrl, S3_FOLDER_URI),
    cacheModels: args.cacheModels ?? MULTI_MODEL_ENDPOINT_DEFAULTS.cacheModels,
    cacheAlarmThresholds: {
      hitPercent: threshold("hitPercent", PERCENT),
      loadingWaitMs: threshold("loadingWaitMs", MILLISECONDS),
      thrashPercent: threshold("thrashPercent", PERCENT),
    },
    environment: {
      ...environment,
      ...(modelMemoryMb !== undefined && { [ServingEnvironment.ModelMemoryMb]: String(modelMemoryMb) }),
      ...(modelModule !== undefined && { [FleetEnvironment.ModelModule]: modelModule }),
    },
  };
  checks.assert();
  return checked;
}

/** docs.aws.amazon.com/sagemaker/latest/APIReference/API_ContainerDefinition.html, Environment. */
function checkEnvironment(environment: Readonly<Record<string, unknown>>, checks: CheckedInputs): void {
  const names = Object.keys(environment);
  checks.plain("environment", names, {
    allowed: `at most 16 variables, with names of at most 1024 letters, digits and _, none of ${TAKEN.join(", ")}`,
    test: () =>
      names.length <= 16 &&
      names.every((name) => /^[a-zA-Z_][a-zA-Z0-9_]{0,1023}$/.test(name) && !TAKEN.includes(name)),
  });
}
