import type * as pulumi from "@pulumi/pulumi";
import { SERIES_CHANNEL } from "../contracts/fleetContainer";
import { SERVICE_LIMITS } from "../contracts/serviceLimits";
import { Workload } from "../contracts/tags";
import { CheckedInputs, type InputRule, integerWithin, oneOf } from "./checkedInputs";
import { componentTags } from "./costAllocation";
import type { FleetPipelineSubject } from "./fleetParameters";
import { KMS_KEY_ARN, PINNED_IMAGE, S3_FOLDER_URI, SCHEDULE_EXPRESSION } from "./inputRules";
import { INSTANCE_TYPE, isGraviton } from "./instanceTypes";
import { checkNetwork } from "./sagemakerNetwork";
import { checkSavingsPlan } from "./savingsPlanArgs";
import { TRAINING_FLEET_DEFAULTS, type TrainingFleetArgs } from "./trainingFleetArgs";

/** Longest name of a fleet: roles are named after it, with a part and a suffix. */
export const MAX_FLEET_NAME_LENGTH = 32;

/** The arguments, checked and with defaults. */
export interface CheckedTrainingFleetArgs {
  readonly image: pulumi.Input<string>;
  /** Folder of the fleet in its bucket: empty, or ending with a slash. */
  readonly folder: string;
  readonly dataUri: pulumi.Input<string> | undefined;
  readonly channels: Readonly<Record<string, pulumi.Input<string>>>;
  readonly kmsKeyArn: pulumi.Input<string> | undefined;
  readonly schedule: pulumi.Input<string> | undefined;
  readonly scheduleTimezone: pulumi.Input<string>;
  readonly runRetentionDays: number;
  readonly logRetentionDays: pulumi.Input<number>;
  readonly tags: Record<string, string>;
  /** What the pipeline is made from. */
  readonly pipeline: FleetPipelineSubject;
}

/**
 * Checks the arguments and fills in the defaults.
 * @throws pulumi.InputPropertiesError with every problem at once
 */
export function checkTrainingFleetArgs(name: string, args: TrainingFleetArgs): CheckedTrainingFleetArgs {
  const defaults = TRAINING_FLEET_DEFAULTS;
  const { sagemaker, logs } = SERVICE_LIMITS;
  const checks = new CheckedInputs(`TrainingFleet ${name}`);
  const integer = (
    property: "instanceCount" | "volumeSizeGb" | "maxRuntimeSeconds" | "retainVersions" | "runRetentionDays",
    low: number,
    high: number,
    unit: string,
  ) => checks.plain(property, args[property] ?? defaults[property], integerWithin(low, high, unit));
  checks.plain("name", name, {
    allowed: `1 to ${MAX_FLEET_NAME_LENGTH} lower-case letters, digits and hyphens, beginning with a letter`,
    test: (value) => /^[a-z][a-z0-9-]*$/.test(value) && value.length <= MAX_FLEET_NAME_LENGTH,
  });
  checkTogether(args, checks);
  const maxRuntimeSeconds = integer("maxRuntimeSeconds", 60, sagemaker.trainingSeconds, "seconds");
  const tags = componentTags(
    name,
    Workload.Training,
    args.costAllocation,
    args.tags,
    checks,
    checkSavingsPlan(args.savingsPlan, checks),
  );
  const checked = {
    image: checks.input("image", args.image, PINNED_IMAGE),
    folder: checks.plain("folder", args.folder ?? "", {
      allowed: "at most 128 characters: names of letters, digits, - and _, each ending with /",
      test: (value) => /^([A-Za-z0-9_-]+\/)*$/.test(value) && value.length <= 128,
    }),
    dataUri: checks.optional("dataUri", args.dataUri, S3_FOLDER_URI),
    channels: checkChannels(args, checks),
    kmsKeyArn: checks.optional("kmsKeyArn", args.kmsKeyArn, KMS_KEY_ARN),
    schedule: checks.optional("schedule", args.schedule, SCHEDULE_EXPRESSION),
    scheduleTimezone: args.scheduleTimezone ?? defaults.scheduleTimezone,
    runRetentionDays: integer("runRetentionDays", 1, 365, "days"),
    logRetentionDays: checks.input(
      "logRetentionDays",
      args.logRetentionDays ?? defaults.logRetentionDays,
      oneOf(logs.retentionDays),
    ),
    tags,
    pipeline: {
      fleet: name,
      split: args.split ?? defaults.split,
      channels: Object.keys(args.channels ?? {}),
      shardChannels: args.shardChannels ?? defaults.shardChannels,
      instanceType: checks.plain("instanceType", args.instanceType ?? defaults.instanceType, TRAINING_TYPE),
      instanceCount: integer("instanceCount", 1, 100, "instances"),
      processingInstanceType: checks.plain(
        "processingInstanceType",
        args.processingInstanceType ?? defaults.processingInstanceType,
        TRAINING_TYPE,
      ),
      volumeSizeGb: integer("volumeSizeGb", sagemaker.volumeGb.min, sagemaker.volumeGb.max, "GB"),
      spot: args.spot ?? defaults.spot,
      maxRuntimeSeconds,
      maxWaitSeconds: checks.plain(
        "maxWaitSeconds",
        args.maxWaitSeconds ?? 2 * maxRuntimeSeconds,
        integerWithin(maxRuntimeSeconds, 2 * sagemaker.trainingSeconds, "seconds, at least maxRuntimeSeconds"),
      ),
      hasKey: args.kmsKeyArn !== undefined,
      vpc: args.vpc && { subnets: args.vpc.subnetIds.length, securityGroups: args.vpc.securityGroupIds.length },
      networkIsolation: args.networkIsolation ?? defaults.networkIsolation,
      retainVersions: integer("retainVersions", 1, 1000, "versions"),
      modelOptions: checks.plain("modelOptions", args.modelOptions ?? defaults.modelOptions, MODEL_OPTIONS),
      modelModule: args.modelModule && checks.plain("modelModule", args.modelModule, ENVIRONMENT_TEXT),
      hyperparameters: checkHyperparameters(args.hyperparameters ?? {}, checks),
      tags,
    },
  };
  checks.assert();
  return checked;
}

const TRAINING_TYPE: InputRule<string> = {
  allowed:
    "an instance type ml.<family>.<size> that is not Graviton: SageMaker trains and processes on x86 and accelerators only",
  test: (value) => INSTANCE_TYPE.test(value) && !isGraviton(value),
};

const ENVIRONMENT_TEXT: InputRule<string> = {
  allowed: `1 to ${SERVICE_LIMITS.sagemaker.environmentCharacters} characters`,
  test: (value) => value.length > 0 && value.length <= SERVICE_LIMITS.sagemaker.environmentCharacters,
};

const MODEL_OPTIONS: InputRule<string> = {
  allowed: `a JSON object of at most ${SERVICE_LIMITS.sagemaker.environmentCharacters} characters`,
  test: (value) => ENVIRONMENT_TEXT.test(value) && isJsonObject(value),
};

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** Arguments that mean something only beside another. */
function checkTogether(args: TrainingFleetArgs, checks: CheckedInputs): void {
  const only = (property: keyof TrainingFleetArgs, holds: boolean, given: string, allowed: string) => {
    if (args[property] !== undefined && !holds) checks.add([{ property, given, allowed }]);
  };
  only("folder", args.bucket !== undefined, "a folder without bucket", "only together with bucket");
  only(
    "runRetentionDays",
    args.bucket === undefined,
    "with bucket",
    "only for a created bucket: a given one has its owner's lifecycle",
  );
  for (const property of ["dataUri", "processingInstanceType", "expectedCustomers", "retainVersions"] as const) {
    only(
      property,
      args.split !== false,
      "with split: false",
      "only with split: nothing is split or published without it",
    );
  }
  only("maxWaitSeconds", args.spot !== false, "with spot: false", "only with spot: nothing else waits");
  only("scheduleTimezone", args.schedule !== undefined, "without schedule", "only together with schedule");
  only("alarmTopics", args.alarms === true, "without alarms", "only together with alarms: true");
  if (args.expectedCustomers !== undefined) {
    checks.plain("expectedCustomers", args.expectedCustomers, integerWithin(1, Number.MAX_SAFE_INTEGER, "customers"));
  }
  if (args.vpc === undefined) return;
  checkNetwork(args.vpc, checks);
}

function checkChannels({ channels = {}, split }: TrainingFleetArgs, checks: CheckedInputs) {
  const { channels: most, channelNameLength } = SERVICE_LIMITS.sagemaker;
  const least = split === false ? 1 : 0;
  const names = Object.keys(channels);
  checks.plain("channels", names, {
    allowed: `${least} to ${most - 1 + least} channels${least === 1 ? " with split: false: there is nothing else to train on" : ""}`,
    test: () => names.length >= least && names.length <= most - 1 + least,
  });
  for (const name of names) {
    checks.plain("channels", name, {
      allowed: `names of 1 to ${channelNameLength} letters, digits and . - _, other than ${SERIES_CHANNEL}`,
      test: () => /^[A-Za-z0-9._-]+$/.test(name) && name.length <= channelNameLength && name !== SERIES_CHANNEL,
    });
  }
  return Object.fromEntries(
    Object.entries(channels).map(([name, uri]) => [name, checks.input(`channels.${name}`, uri, S3_FOLDER_URI)]),
  );
}

function checkHyperparameters(given: Readonly<Record<string, string>>, checks: CheckedInputs) {
  const { count, keyCharacters, valueCharacters } = SERVICE_LIMITS.sagemaker.hyperparameters;
  return checks.plain("hyperparameters", given, {
    allowed: `at most ${count}, with names of 1 to ${keyCharacters} characters and texts of at most ${valueCharacters} as values`,
    test: (values) =>
      Object.keys(values).length <= count &&
      Object.entries(values).every(
        ([key, value]) => key.length > 0 && key.length <= keyCharacters && value.length <= valueCharacters,
      ),
  });
}
