import type * as pulumi from "@pulumi/pulumi";
import { SERVICE_LIMITS } from "../contracts/serviceLimits";
import { Workload } from "../contracts/tags";
import {
  AssembleWith,
  BATCH_TRANSFORM_DEFAULTS,
  BatchStrategy,
  type BatchTransformArgs,
  SplitType,
} from "./batchTransformArgs";
import type { TransformSubject } from "./batchTransformPipeline";
import { CheckedInputs, type InputRule, integerWithin, oneOf } from "./checkedInputs";
import { type CheckedModelSource, checkModelSource } from "./checkedModelSource";
import { componentTags } from "./costAllocation";
import type { EndpointVpcArgs } from "./endpointArgs";
import { refuseExcluded } from "./excludedArgs";
import { KMS_KEY_ARN, S3_FOLDER_URI, SCHEDULE_EXPRESSION } from "./inputRules";
import { INSTANCE_TYPE, isAccelerated, isGraviton } from "./instanceTypes";
import { checkNetwork } from "./sagemakerNetwork";
import { checkSavingsPlan } from "./savingsPlanArgs";

/** Longest name: roles are named after it, with a part and a suffix. */
const MAX_NAME_LENGTH = 32;

/** The arguments, checked and with defaults. */
export interface CheckedBatchTransformArgs {
  readonly source: CheckedModelSource;
  readonly inputUri: pulumi.Input<string>;
  readonly outputUri: pulumi.Input<string>;
  readonly schedule: pulumi.Input<string> | undefined;
  readonly scheduleTimezone: pulumi.Input<string>;
  readonly kmsKeyArn: pulumi.Input<string> | undefined;
  readonly vpc: EndpointVpcArgs | undefined;
  readonly networkIsolation: boolean;
  readonly tags: Record<string, string>;
  /** What the pipeline is made from. */
  readonly transform: TransformSubject;
}

const LIMITS = SERVICE_LIMITS.sagemaker.options.batchTransform;

const TRANSFORM_TYPE: InputRule<string> = {
  allowed:
    "an instance type ml.<family>.<size> that is neither accelerated nor Graviton: SageMaker has Graviton for hosting only, and accelerators are for training",
  test: (value) => INSTANCE_TYPE.test(value) && !isAccelerated(value) && !isGraviton(value),
};

const EXCLUDED = {
  variants: "a job transforms with one model",
  shadow: "a job transforms with one model",
  containers: "a job here has one container",
  minInstances: "a job's instances do not follow traffic: instanceCount",
  maxInstances: "a job's instances do not follow traffic: instanceCount",
  memoryMb: "jobs run on instances",
  cacheModels: "batch transform takes no multi-model containers",
} as const;

/**
 * Checks the arguments and fills in the defaults.
 * @throws pulumi.InputPropertiesError with every problem at once
 */
export function checkBatchTransformArgs(name: string, args: BatchTransformArgs): CheckedBatchTransformArgs {
  const defaults = BATCH_TRANSFORM_DEFAULTS;
  const checks = new CheckedInputs(`BatchTransform ${name}`);
  refuseExcluded(args, EXCLUDED, checks);
  checks.plain("name", name, {
    allowed: `1 to ${MAX_NAME_LENGTH} lower-case letters, digits and hyphens, beginning with a letter`,
    test: (value) => /^[a-z][a-z0-9-]*$/.test(value) && value.length <= MAX_NAME_LENGTH,
  });
  const instanceType = checks.plain("instanceType", args.instanceType ?? defaults.instanceType, TRANSFORM_TYPE);
  const savingsPlan = checkSavingsPlan(args.savingsPlan, checks);
  const tags = componentTags(name, Workload.Inference, args.costAllocation, args.tags, checks, savingsPlan);
  if (args.vpc !== undefined) checkNetwork(args.vpc, checks);
  const only = (property: keyof BatchTransformArgs, holds: boolean, given: string, allowed: string) => {
    if (args[property] !== undefined && !holds) checks.add([{ property, given, allowed }]);
  };
  only("scheduleTimezone", args.schedule !== undefined, "without schedule", "only together with schedule");
  only("alarmTopics", args.alarms === true, "without alarms", "only together with alarms: true");
  const { kmsKeyArn, schedule } = args;
  const checked = {
    source: checkModelSource(args, { at: "", instanceType }, checks),
    inputUri: checks.input("inputUri", args.inputUri, S3_FOLDER_URI),
    outputUri: checks.input("outputUri", args.outputUri, S3_FOLDER_URI),
    schedule: checks.optional("schedule", schedule, SCHEDULE_EXPRESSION),
    scheduleTimezone: args.scheduleTimezone ?? defaults.scheduleTimezone,
    kmsKeyArn: checks.optional("kmsKeyArn", kmsKeyArn, KMS_KEY_ARN),
    vpc: args.vpc,
    networkIsolation: args.networkIsolation ?? defaults.networkIsolation,
    tags,
    transform: {
      ...checkRecords(args, checks),
      ...checkRequests(args, checks),
      instanceType,
      hasKey: kmsKeyArn !== undefined,
      tags,
    },
  };
  checks.assert();
  return checked;
}

/** How objects become records, and answers objects: what belongs together. */
function checkRecords(args: BatchTransformArgs, checks: CheckedInputs) {
  const choice = <T extends string>(
    property: "splitType" | "assembleWith" | "batchStrategy",
    known: Readonly<Record<string, T>>,
    otherwise: T,
  ): T => {
    const given = checks.plain(property, args[property] ?? otherwise, oneOf<string>(Object.values(known)));
    return Object.values(known).find((one) => one === given) ?? otherwise;
  };
  const splitType = choice<SplitType>("splitType", SplitType, BATCH_TRANSFORM_DEFAULTS.splitType);
  const split = splitType !== SplitType.None;
  if (args.batchStrategy !== undefined && !split) {
    const allowed = "only with splitType: one object is one request otherwise";
    checks.add([{ property: "batchStrategy", given: "without a split", allowed }]);
  }
  if (args.assembleWith === AssembleWith.Line && splitType !== SplitType.Line) {
    const allowed = `Line only with splitType ${SplitType.Line}`;
    checks.add([{ property: "assembleWith", given: `Line with splitType ${splitType}`, allowed }]);
  }
  if (args.joinInput === true && splitType !== SplitType.Line && args.contentType !== "application/json") {
    const allowed = `only with splitType ${SplitType.Line}, or with contentType application/json`;
    checks.add([{ property: "joinInput", given: `with splitType ${splitType}`, allowed }]);
  }
  return {
    splitType,
    assembleWith: choice<AssembleWith>(
      "assembleWith",
      AssembleWith,
      splitType === SplitType.Line ? AssembleWith.Line : AssembleWith.None,
    ),
    batchStrategy: split ? choice<BatchStrategy>("batchStrategy", BatchStrategy, BatchStrategy.MultiRecord) : undefined,
    gzip: args.gzip ?? BATCH_TRANSFORM_DEFAULTS.gzip,
    contentType: args.contentType,
    accept: args.accept,
    inputFilter: checkFilter("inputFilter", args.inputFilter, checks),
    outputFilter: checkFilter("outputFilter", args.outputFilter, checks),
    joinInput: args.joinInput ?? BATCH_TRANSFORM_DEFAULTS.joinInput,
  };
}

function checkFilter(property: string, given: string | undefined, checks: CheckedInputs): string | undefined {
  if (given === undefined) return undefined;
  return checks.plain(property, given, {
    allowed: "a JSONPath that begins with $, at most 63 characters",
    test: (value) => value.startsWith("$") && value.length <= 63,
  });
}

/** How much is asked at once, and for how long. */
function checkRequests(args: BatchTransformArgs, checks: CheckedInputs) {
  const defaults = BATCH_TRANSFORM_DEFAULTS;
  type Integer =
    | "maxConcurrentTransforms"
    | "maxPayloadMb"
    | "invocationTimeoutSeconds"
    | "invocationRetries"
    | "instanceCount";
  const integer = (property: Integer, { min, max }: { readonly min: number; readonly max: number }, unit: string) =>
    checks.plain(property, args[property] ?? defaults[property], integerWithin(min, max, unit));
  const requests = {
    maxConcurrentTransforms: integer("maxConcurrentTransforms", { min: 1, max: LIMITS.payloadsMb }, "requests"),
    maxPayloadMb: integer("maxPayloadMb", LIMITS.payloadMb, "MB"),
    invocationTimeoutSeconds: integer("invocationTimeoutSeconds", LIMITS.answerSeconds, "seconds"),
    invocationRetries: integer("invocationRetries", LIMITS.retries, "times"),
    instanceCount: integer("instanceCount", { min: 1, max: 100 }, "instances"),
  };
  const together = requests.maxConcurrentTransforms * requests.maxPayloadMb;
  if (together > LIMITS.payloadsMb && requests.maxPayloadMb <= LIMITS.payloadMb.max) {
    const given = `${requests.maxConcurrentTransforms} × ${requests.maxPayloadMb} MB`;
    const allowed = `at most ${LIMITS.payloadsMb} MB with maxPayloadMb at the same time`;
    checks.add([{ property: "maxConcurrentTransforms", given, allowed }]);
  }
  return requests;
}
