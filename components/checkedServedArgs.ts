import type * as pulumi from "@pulumi/pulumi";
import { SERVICE_LIMITS } from "../contracts/serviceLimits";
import { type SavingsPlanIntent, Workload } from "../contracts/tags";
import { type CheckedInputs, type InputRule, integerWithin, oneOf } from "./checkedInputs";
import { componentTags } from "./costAllocation";
import { ENDPOINT_ALARM_DEFAULTS, ENDPOINT_DEFAULTS, type ServedArgs } from "./endpointArgs";
import { KMS_KEY_ARN } from "./inputRules";
import { physicalName } from "./physicalName";

/** The arguments that every endpoint has, checked and with defaults. */
export interface CheckedServedArgs {
  /** Name of the endpoint in the account, which callers know. */
  readonly endpointName: string;
  readonly bakeSeconds: number;
  readonly alarmThresholds: Readonly<Record<keyof typeof ENDPOINT_ALARM_DEFAULTS, pulumi.Input<number>>>;
  readonly kmsKeyArn: pulumi.Input<string> | undefined;
  readonly logRetentionDays: pulumi.Input<number>;
  readonly tags: Record<string, string>;
}

/** What Pulumi ends a generated name with: a hyphen and seven digits. */
const GENERATED = 8;

/** Longest part before `-model` in a model's name. */
export const MAX_MODEL_PART = SERVICE_LIMITS.sagemaker.endpointNameLength - "-model".length - GENERATED;

/** Longest name of the component: its configuration is named after it. */
const MAX_NAME_LENGTH = SERVICE_LIMITS.sagemaker.endpointNameLength - "-config".length - GENERATED;

/** A share in percent, from above 0 to 100. */
export const PERCENT: InputRule<number> = {
  allowed: "a number above 0 and at most 100 (percent)",
  test: (value) => value > 0 && value <= 100,
};

/** A duration of more than nothing. */
export const MILLISECONDS: InputRule<number> = {
  allowed: "a number above 0 (milliseconds)",
  test: (value) => value > 0,
};

/** Checks the shared arguments and fills in the defaults; problems go to `checks`. */
export function checkServedArgs(
  name: string,
  args: ServedArgs,
  checks: CheckedInputs,
  savingsPlan?: SavingsPlanIntent,
): CheckedServedArgs {
  const { kmsKeyArn, alarmThresholds: given = {} } = args;
  const endpointName = physicalName(name);
  const longest = SERVICE_LIMITS.sagemaker.endpointNameLength;
  checks.plain("name", name, {
    allowed: `lower-case letters, digits and hyphens, beginning with a letter, at most ${MAX_NAME_LENGTH}, and so few that ${endpointName} has at most ${longest} characters`,
    test: (value) =>
      /^[a-z][a-z0-9-]*$/.test(value) && value.length <= MAX_NAME_LENGTH && endpointName.length <= longest,
  });
  for (const property of ["alarmTopics", "alarmThresholds"] as const) {
    if (args[property] === undefined || args.alarms === true) continue;
    checks.add([{ property, given: "without alarms", allowed: "only together with alarms: true" }]);
  }
  const threshold = (property: keyof typeof ENDPOINT_ALARM_DEFAULTS, rule: InputRule<number>) =>
    checks.input(`alarmThresholds.${property}`, given[property] ?? ENDPOINT_ALARM_DEFAULTS[property], rule);
  return {
    endpointName,
    bakeSeconds: checks.plain(
      "bakeSeconds",
      args.bakeSeconds ?? ENDPOINT_DEFAULTS.bakeSeconds,
      integerWithin(0, 3600, "seconds"),
    ),
    alarmThresholds: {
      errorPercent: threshold("errorPercent", PERCENT),
      latencyMs: threshold("latencyMs", MILLISECONDS),
      memoryPercent: threshold("memoryPercent", PERCENT),
    },
    kmsKeyArn: checks.optional("kmsKeyArn", kmsKeyArn, KMS_KEY_ARN),
    logRetentionDays: checks.input(
      "logRetentionDays",
      args.logRetentionDays ?? ENDPOINT_DEFAULTS.logRetentionDays,
      oneOf(SERVICE_LIMITS.logs.retentionDays),
    ),
    tags: componentTags(name, Workload.Inference, args.costAllocation, args.tags, checks, savingsPlan),
  };
}
