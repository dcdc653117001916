import type * as pulumi from "@pulumi/pulumi";
import { classifierInputProblems } from "../contracts/classifierInput";
import { MAX_TOP_K } from "../contracts/classifyEnvironment";
import { classifyLimitsProblems } from "../contracts/classifyLimits";
import { imageLinkProblems } from "../contracts/imageLinkRules";
import { SERVICE_LIMITS } from "../contracts/serviceLimits";
import { Workload } from "../contracts/tags";
import { type ClassifierObjects, checkClassifierObjects } from "./checkedClassifierObjects";
import { type CheckedClassifierStreamArgs, checkClassifierStreamArgs } from "./checkedClassifierStreamArgs";
import { CheckedInputs, integerWithin, oneOf } from "./checkedInputs";
import { ApiAuthorization, ApiFront, CLASSIFIER_API_DEFAULTS, type ClassifierApiArgs } from "./classifierApiArgs";
import { componentTags } from "./costAllocation";
import { KMS_KEY_ARN } from "./inputRules";
import { ALARM_THRESHOLD_DEFAULTS } from "./normalizingAccessPointArgs";

/** Longest name of the component: the stream's function has `-stream-function` and Pulumi's hyphen and seven digits after it. */
export const MAX_CLASSIFIER_NAME = SERVICE_LIMITS.lambda.nameLength - "-stream-function".length - 8;

/** Bytes of a megabyte, as Lambda counts memory and storage. */
const MB = 1024 * 1024;

/** Room below /tmp that is left besides the model, in MB. */
const SPARE_STORAGE_MB = 64;

/** Sizes of the functions, and what they are told alike. */
export interface CheckedClassifierFunctionArgs {
  readonly memorySize: pulumi.Input<number>;
  readonly ephemeralStorageMb: pulumi.Input<number>;
  readonly runtime: pulumi.Input<string>;
  readonly topK: pulumi.Input<number>;
  readonly logRetentionDays: pulumi.Input<number>;
  readonly logKmsKeyArn: pulumi.Input<string> | undefined;
  readonly tags: Record<string, string>;
}

/** The arguments, checked and with defaults. */
export interface CheckedClassifierApiArgs extends CheckedClassifierFunctionArgs {
  readonly objects: ClassifierObjects;
  readonly front: string;
  readonly authorization: string;
  readonly jwtIssuer: pulumi.Input<string>;
  readonly throttleRate: pulumi.Input<number>;
  readonly throttleBurst: pulumi.Input<number>;
  readonly timeout: pulumi.Input<number>;
  readonly reservedConcurrency: pulumi.Input<number> | undefined;
  readonly provisionedConcurrency: number;
  readonly stream: CheckedClassifierStreamArgs | undefined;
  readonly kmsKeyArn: pulumi.Input<string> | undefined;
  readonly errorPercent: pulumi.Input<number>;
  readonly durationPercent: pulumi.Input<number>;
}

/**
 * Checks the arguments and fills in the defaults.
 * @throws pulumi.InputPropertiesError with every problem at once
 */
export function checkClassifierApiArgs(name: string, args: ClassifierApiArgs): CheckedClassifierApiArgs {
  const defaults = CLASSIFIER_API_DEFAULTS;
  const { lambda, logs, httpApi } = SERVICE_LIMITS;
  const checks = new CheckedInputs(`ClassifierApi ${name}`);
  checks.plain("name", name, {
    allowed: `1 to ${MAX_CLASSIFIER_NAME} lower-case letters, digits and hyphens, beginning with a letter: functions and buckets are named after it`,
    test: (value) => /^[a-z][a-z0-9-]*$/.test(value) && value.length <= MAX_CLASSIFIER_NAME,
  });
  const objects = checkClassifierObjects(args, checks);
  checks.add([
    ...classifierInputProblems(args.input ?? {}),
    ...classifyLimitsProblems(args.limits ?? {}),
    ...(args.imageLinkHosts === undefined
      ? []
      : imageLinkProblems({ hosts: args.imageLinkHosts, schemes: args.imageLinkSchemes }, "imageLink")),
  ]);
  if (args.imageLinkSchemes !== undefined && args.imageLinkHosts === undefined) {
    const allowed = "only together with imageLinkHosts";
    checks.add([{ property: "imageLinkSchemes", given: "without imageLinkHosts", allowed }]);
  }
  const front = checks.plain<string>("front", args.front ?? defaults.front, oneOf<string>(Object.values(ApiFront)));
  checkAuthorization(args, front, checks);
  checkAlarms(args, checks);
  const longest = front === ApiFront.HttpApi ? httpApi.integrationMs / 1000 : lambda.timeoutSeconds.max;
  const percent = (low: number) => ({
    allowed: `a number from ${low} to 100 (percent)`,
    test: (value: number) => value >= low && value <= 100,
  });
  const checked: CheckedClassifierApiArgs = {
    objects,
    front,
    authorization: args.authorization ?? defaults.authorization,
    jwtIssuer: args.jwtIssuer ?? "",
    throttleRate: checks.input(
      "throttleRate",
      args.throttleRate ?? defaults.throttleRate,
      integerWithin(1, httpApi.accountRate, "requests a second"),
    ),
    throttleBurst: checks.input(
      "throttleBurst",
      args.throttleBurst ?? defaults.throttleBurst,
      integerWithin(1, httpApi.accountBurst, "requests"),
    ),
    memorySize: checks.input(
      "memorySize",
      args.memorySize ?? defaults.memorySize,
      integerWithin(lambda.memoryMb.min, lambda.memoryMb.max, "MB"),
    ),
    timeout: checks.input("timeout", args.timeout ?? defaults.timeout, integerWithin(1, longest, "seconds")),
    ephemeralStorageMb: storage(args, objects, checks),
    runtime: checks.input("runtime", args.runtime ?? defaults.runtime, oneOf(["nodejs24.x", "nodejs22.x"])),
    topK: checks.input("topK", args.topK ?? defaults.topK, integerWithin(1, MAX_TOP_K, "labels")),
    reservedConcurrency:
      args.reservedConcurrency &&
      checks.input("reservedConcurrency", args.reservedConcurrency, integerWithin(0, 10_000, "executions")),
    provisionedConcurrency: provisioned(args, checks),
    stream: args.stream && checkClassifierStreamArgs(args.stream, checks),
    logRetentionDays: checks.input(
      "logRetentionDays",
      args.logRetentionDays ?? defaults.logRetentionDays,
      oneOf(logs.retentionDays),
    ),
    logKmsKeyArn: checks.optional("logKmsKeyArn", args.logKmsKeyArn, KMS_KEY_ARN),
    kmsKeyArn: checks.optional("kmsKeyArn", args.kmsKeyArn, KMS_KEY_ARN),
    errorPercent: checks.input(
      "alarmThresholds.errorPercent",
      args.alarmThresholds?.errorPercent ?? ALARM_THRESHOLD_DEFAULTS.errorPercent,
      percent(0),
    ),
    durationPercent: checks.input(
      "alarmThresholds.durationPercent",
      args.alarmThresholds?.durationPercent ?? ALARM_THRESHOLD_DEFAULTS.durationPercent,
      percent(1),
    ),
    tags: componentTags(name, Workload.Inference, args.costAllocation, args.tags, checks),
  };
  checks.assert();
  return checked;
}

function checkAuthorization(args: ClassifierApiArgs, front: string, checks: CheckedInputs): void {
  const authorization = args.authorization ?? CLASSIFIER_API_DEFAULTS.authorization;
  checks.plain<string>("authorization", authorization, oneOf<string>(Object.values(ApiAuthorization)));
  const jwt = authorization === ApiAuthorization.Jwt;
  if (jwt) {
    checks.input("jwtIssuer", args.jwtIssuer ?? "", {
      allowed: "the https address of an issuer, whose keys API Gateway reads below it",
      test: (value) => /^https:\/\/[a-z0-9.-]+(:\d+)?(\/[^?#\s]*)?$/i.test(value),
    });
    checks.plain("jwtAudiences", args.jwtAudiences ?? [], {
      allowed: "one audience or more: without any, tokens of every other client of the issuer would do",
      test: (audiences) => audiences.length > 0,
    });
  }
  const refuse = (property: keyof ClassifierApiArgs, given: string, allowed: string) => {
    if (args[property] !== undefined) checks.add([{ property, given, allowed }]);
  };
  if (!jwt) {
    for (const property of ["jwtIssuer", "jwtAudiences"] as const)
      refuse(
        property,
        `with authorization ${authorization}`,
        `only together with authorization ${ApiAuthorization.Jwt}`,
      );
  }
  if (front !== ApiFront.FunctionUrl) return;
  if (jwt) refuse("authorization", `"${authorization}"`, "iam or open with function-url: Lambda checks no tokens");
  for (const property of ["throttleRate", "throttleBurst"] as const)
    refuse(
      property,
      "with function-url",
      "nothing: reservedConcurrency bounds a function URL, at ten requests a second for each",
    );
}

function checkAlarms(args: ClassifierApiArgs, checks: CheckedInputs): void {
  for (const property of ["alarmTopics", "alarmThresholds"] as const) {
    if (args[property] === undefined || args.alarms === true) continue;
    checks.add([{ property, given: "without alarms", allowed: "only together with alarms: true" }]);
  }
}

/** Room for the model, which is fetched to /tmp. Its size is known for a file only. */
function storage(
  { ephemeralStorageMb, memorySize }: ClassifierApiArgs,
  { model }: ClassifierObjects,
  checks: CheckedInputs,
): pulumi.Input<number> {
  const { min, max } = SERVICE_LIMITS.lambda.ephemeralStorageMb;
  const modelMb = model && "local" in model ? Math.ceil(model.local.bytes / MB) : 0;
  checks.input("memorySize", memorySize ?? CLASSIFIER_API_DEFAULTS.memorySize, {
    allowed: `more than the ${modelMb} MB of the model, which is held in memory`,
    test: (value) => value > modelMb,
  });
  const needed = Math.max(CLASSIFIER_API_DEFAULTS.ephemeralStorageMb, modelMb + SPARE_STORAGE_MB);
  return checks.input("ephemeralStorageMb", ephemeralStorageMb ?? needed, {
    allowed: `an integer from ${Math.max(min, modelMb + 1)} to ${max} MB: the model is fetched to /tmp`,
    test: (value) => Number.isInteger(value) && value >= min && value > modelMb && value <= max,
  });
}

function provisioned(args: ClassifierApiArgs, checks: CheckedInputs): number {
  const { reservedConcurrency, provisionedConcurrency = CLASSIFIER_API_DEFAULTS.provisionedConcurrency } = args;
  checks.plain("provisionedConcurrency", provisionedConcurrency, integerWithin(0, 10_000, "instances"));
  if (provisionedConcurrency > 0 && reservedConcurrency !== undefined) {
    checks.input("reservedConcurrency", reservedConcurrency, {
      allowed: `at least the ${provisionedConcurrency} of provisionedConcurrency`,
      test: (value) => value >= provisionedConcurrency,
    });
  }
  return provisionedConcurrency;
}
