import type * as pulumi from "@pulumi/pulumi";
import { SERVICE_LIMITS } from "../contracts/serviceLimits";
import { type SavingsPlanIntent, Workload } from "../contracts/tags";
import { type CheckedInputs, type InputRule, integerWithin, oneOf } from "./checkedInputs";
import { componentTags } from "./costAllocation";
import { ENDPOINT_ALARM_DEFAULTS, ENDPOINT_DEFAULTS, type EndpointArgs, type EndpointVpcArgs } from "./endpointArgs";
import { KMS_KEY_ARN, S3_FOLDER_URI } from "./inputRules";
import { INSTANCE_TYPE, isAccelerated } from "./instanceTypes";
import { physicalName } from "./physicalName";
import { checkNetwork } from "./sagemakerNetwork";
import { checkSavingsPlan } from "./savingsPlanArgs";

/** The arguments that every endpoint on instances has, checked and with defaults. */
export interface CheckedEndpointArgs {
  /** Name of the endpoint in the account, which callers know. */
  readonly endpointName: string;
  readonly instanceType: string;
  readonly minInstances: number;
  readonly maxInstances: number;
  readonly targetInvocations: number;
  readonly scaleInCooldownSeconds: number;
  readonly scaleOutCooldownSeconds: number;
  readonly volumeSizeGb: number;
  readonly canaryPercent: number;
  readonly bakeSeconds: number;
  readonly alarmThresholds: Readonly<Record<keyof typeof ENDPOINT_ALARM_DEFAULTS, pulumi.Input<number>>>;
  readonly capture: { readonly uri: pulumi.Input<string>; readonly percent: number } | undefined;
  readonly kmsKeyArn: pulumi.Input<string> | undefined;
  readonly vpc: EndpointVpcArgs | undefined;
  readonly networkIsolation: boolean;
  readonly logRetentionDays: pulumi.Input<number>;
  readonly savingsPlan: SavingsPlanIntent | undefined;
  readonly tags: Record<string, string>;
}

const HOSTING_TYPE: InputRule<string> = {
  allowed: "an instance type ml.<family>.<size> that is not accelerated, best Graviton: accelerators are for training",
  test: (value) => INSTANCE_TYPE.test(value) && !isAccelerated(value),
};

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
export function checkEndpointArgs(name: string, args: EndpointArgs, checks: CheckedInputs): CheckedEndpointArgs {
  const defaults = ENDPOINT_DEFAULTS;
  const integer = (property: IntegerProperty, low: number, high: number, unit: string) =>
    checks.plain(property, args[property] ?? defaults[property], integerWithin(low, high, unit));
  const endpointName = physicalName(name);
  checks.plain("name", name, {
    allowed: `lower-case letters, digits and hyphens, beginning with a letter, so short that ${endpointName} has at most ${SERVICE_LIMITS.sagemaker.endpointNameLength} characters`,
    test: (value) =>
      /^[a-z][a-z0-9-]*$/.test(value) && endpointName.length <= SERVICE_LIMITS.sagemaker.endpointNameLength,
  });
  const minInstances = integer("minInstances", 1, MOST_INSTANCES, "instances");
  const instanceType = checks.plain("instanceType", args.instanceType ?? defaults.instanceType, HOSTING_TYPE);
  const maxInstances = checks.plain(
    "maxInstances",
    args.maxInstances ?? Math.max(defaults.maxInstances, minInstances),
    integerWithin(
      Math.min(Math.max(minInstances, 1), MOST_INSTANCES),
      MOST_INSTANCES,
      "instances, at least minInstances",
    ),
  );
  checkTogether(args, { instanceType, scales: maxInstances > minInstances }, checks);
  const savingsPlan = checkSavingsPlan(args.savingsPlan, checks);
  const { capturePercent, captureUri, kmsKeyArn, alarmThresholds: given = {} } = args;
  const threshold = (property: keyof typeof ENDPOINT_ALARM_DEFAULTS, rule: InputRule<number>) =>
    checks.input(`alarmThresholds.${property}`, given[property] ?? ENDPOINT_ALARM_DEFAULTS[property], rule);
  return {
    endpointName,
    instanceType,
    minInstances,
    maxInstances,
    targetInvocations: integer("targetInvocations", 1, 1_000_000, "invocations a minute"),
    scaleInCooldownSeconds: integer("scaleInCooldownSeconds", 0, 86_400, "seconds"),
    scaleOutCooldownSeconds: integer("scaleOutCooldownSeconds", 0, 86_400, "seconds"),
    volumeSizeGb: integer("volumeSizeGb", 1, 512, "GB"),
    canaryPercent: integer("canaryPercent", 1, 50, "percent"),
    bakeSeconds: integer("bakeSeconds", 0, 3600, "seconds"),
    alarmThresholds: {
      errorPercent: threshold("errorPercent", PERCENT),
      latencyMs: threshold("latencyMs", MILLISECONDS),
      memoryPercent: threshold("memoryPercent", PERCENT),
    },
    capture:
      captureUri === undefined
        ? undefined
        : {
            uri: checks.input("captureUri", captureUri, S3_FOLDER_URI),
            percent: checks.plain(
              "capturePercent",
              capturePercent ?? defaults.capturePercent,
              integerWithin(1, 100, "percent"),
            ),
          },
    kmsKeyArn: kmsKeyArn && checks.input("kmsKeyArn", kmsKeyArn, KMS_KEY_ARN),
    vpc: args.vpc,
    networkIsolation: args.networkIsolation ?? defaults.networkIsolation,
    logRetentionDays: checks.input(
      "logRetentionDays",
      args.logRetentionDays ?? defaults.logRetentionDays,
      oneOf(SERVICE_LIMITS.logs.retentionDays),
    ),
    savingsPlan,
    tags: componentTags(name, Workload.Inference, args.costAllocation, args.tags, checks, savingsPlan),
  };
}

/** Instances of one endpoint: more than any account starts with. */
const MOST_INSTANCES = 100;

type IntegerProperty =
  | "minInstances"
  | "targetInvocations"
  | "scaleInCooldownSeconds"
  | "scaleOutCooldownSeconds"
  | "volumeSizeGb"
  | "canaryPercent"
  | "bakeSeconds";

/** Arguments that mean something only beside another. */
function checkTogether(
  args: EndpointArgs,
  { instanceType, scales }: { readonly instanceType: string; readonly scales: boolean },
  checks: CheckedInputs,
): void {
  const only = (property: keyof EndpointArgs, holds: boolean, given: string, allowed: string) => {
    if (args[property] !== undefined && !holds) checks.add([{ property, given, allowed }]);
  };
  for (const property of ["targetInvocations", "scaleInCooldownSeconds", "scaleOutCooldownSeconds"] as const) {
    only(property, scales, "with maxInstances equal to minInstances", "only where instances are added and removed");
  }
  only(
    "canaryPercent",
    (args.minInstances ?? ENDPOINT_DEFAULTS.minInstances) > 1,
    "with one instance",
    "only with minInstances of 2 or more: SageMaker takes at most half of the instances",
  );
  only("capturePercent", args.captureUri !== undefined, "without captureUri", "only together with captureUri");
  only("alarmTopics", args.alarms === true, "without alarms", "only together with alarms: true");
  only("alarmThresholds", args.alarms === true, "without alarms", "only together with alarms: true");
  // docs.aws.amazon.com/sagemaker/latest/dg/endpoint-auto-scaling-prerequisites.html: burstable types do not scale.
  if (scales && /^ml\.t\d/.test(instanceType)) {
    checks.add([
      {
        property: "instanceType",
        given: instanceType,
        allowed: "a type that is not burstable, or maxInstances equal to minInstances",
      },
    ]);
  }
  if (args.vpc !== undefined) checkNetwork(args.vpc, checks);
}
