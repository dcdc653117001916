import * as pulumi from "@pulumi/pulumi";
import * as z from "zod";
import { Delivery } from "../contracts/delivery";
import { TRANSFORMATION_HASH } from "../contracts/derived";
import { InvalidInputError, type Problem, printGiven } from "../contracts/problems";
import { SERVICE_LIMITS } from "../contracts/serviceLimits";
import { type Transformation, transformationProblems } from "../contracts/transformation";

const { lambda, logs, objectLambda } = SERVICE_LIMITS;

const boolean = z.boolean({ error: "true or false" });
const text = (allowed: string, pattern: RegExp) => z.string({ error: allowed }).regex(pattern, { error: allowed });
const integer = (low: number, high: number, unit: string) => {
  const allowed = `an integer from ${low} to ${high} ${unit}`;
  return z.int({ error: allowed }).min(low, { error: allowed }).max(high, { error: allowed });
};
const deliveries = `one or more of ${Object.values(Delivery).join(", ")}, each once`;
const retention = `one of ${logs.retentionDays.join(", ")} (days)`;
const share = "a number from 0 to 100 (percent)";
const percent = z.number({ error: share }).min(0, { error: share }).max(100, { error: share });
const thresholds = "only errorPercent and durationPercent";
const arn = (service: string) => text(`an ARN of ${service}`, new RegExp(`^arn:[a-z-]+:${service}:`));

/** Configuration of the NormalizingAccessPoint of a stack; see its arguments for what each value does. */
const Images = z.strictObject({
  bucket: text("the name of a bucket", /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/).optional(),
  bucketAccountId: text("an account id of 12 digits", /^\d{12}$/).optional(),
  kmsKeyArn: arn("kms").optional(),
  deliveries: z
    .array(z.enum(Object.values(Delivery), { error: deliveries }), { error: deliveries })
    .min(1, { error: deliveries })
    .refine((values) => new Set(values).size === values.length, { error: deliveries }),
  transformation: z
    .custom<Partial<Transformation>>(() => true)
    .superRefine((options, context) => {
      for (const { property, allowed } of transformationProblems(options, "")) {
        context.addIssue({ code: "custom", path: property.split(".").filter(Boolean), message: allowed });
      }
    })
    .optional(),
  readers: z
    .record(text("a name of 1 to 32 lower-case letters, digits and hyphens", /^[a-z0-9][a-z0-9-]{0,31}$/), arn("iam"), {
      error: "role ARNs by name",
    })
    .optional(),
  memorySize: integer(lambda.memoryMb.min, lambda.memoryMb.max, "MB"),
  timeout: integer(2, objectLambda.answerSeconds, "seconds"),
  runtime: z.enum(["nodejs24.x", "nodejs22.x"], { error: "one of nodejs24.x, nodejs22.x" }).optional(),
  reservedConcurrency: integer(0, 10_000, "executions").optional(),
  retired: z
    .array(text("a hash of 12 hexadecimal digits", TRANSFORMATION_HASH), { error: "a list of hashes" })
    .optional(),
  deriveConcurrency: integer(2, 1000, "executions").optional(),
  notifyBucket: boolean.optional(),
  logRetentionDays: z.literal(logs.retentionDays, { error: retention }),
  alarms: boolean.optional(),
  alarmTopics: z.array(arn("sns"), { error: "a list of ARNs of SNS topics" }).optional(),
  alarmThresholds: z
    .strictObject({ errorPercent: percent.optional(), durationPercent: percent.optional() }, { error: thresholds })
    .optional(),
  dashboard: boolean.optional(),
  forceDestroy: boolean,
});

const Config = z.strictObject({
  environment: text("a name of 1 to 16 lower-case letters, digits and hyphens", /^[a-z][a-z0-9-]{0,15}$/),
  costCenter: text("1 to 64 letters, digits, spaces and _ . : / = + - @", /^[\p{L}\p{N} _.:/=+\-@]{1,64}$/u),
  protect: boolean,
  images: Images,
});

/** What a stack of this program is configured with. */
export type StackConfig = z.infer<typeof Config>;

/**
 * Reads the configuration of the stack.
 * @throws pulumi.RunError, which Pulumi prints without a stack trace, naming every wrong, missing or unknown key with
 *   what is allowed
 */
export function readConfig(): StackConfig {
  const prefix = `${pulumi.getProject()}:`;
  const given: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(pulumi.runtime.allConfig())) {
    if (!key.startsWith(prefix)) continue;
    const name = key.slice(prefix.length);
    given[name] = isText(name) ? value : parseValue(value);
  }
  try {
    return parseConfig(given, `configuration of stack ${pulumi.getStack()}`, secretNames(prefix));
  } catch (error) {
    throw error instanceof InvalidInputError ? new pulumi.RunError(error.message) : error;
  }
}

/** Names of the values that are secrets: the engine passes their keys beside the values, as JSON. */
function secretNames(prefix: string): ReadonlySet<string> {
  const keys = z.array(z.string()).safeParse(parseValue(process.env["PULUMI_CONFIG_SECRET_KEYS"] ?? "[]"));
  return new Set(keys.success ? keys.data.map((key) => key.slice(prefix.length)) : []);
}

/**
 * Checks a stack's configuration.
 * @param given values by key, without the project's name
 * @param secrets keys whose values must not be printed
 * @throws InvalidInputError naming every wrong, missing or unknown key with what is allowed
 */
export function parseConfig(given: unknown, subject: string, secrets: ReadonlySet<string> = new Set()): StackConfig {
  const result = Config.safeParse(given);
  if (result.success) return result.data;
  throw new InvalidInputError(
    subject,
    result.error.issues.flatMap((issue) => problemsOf(issue, given, secrets)),
  );
}

function problemsOf(issue: z.core.$ZodIssue, given: unknown, secrets: ReadonlySet<string>): Problem[] {
  const print = (path: readonly PropertyKey[]): string => {
    const value = path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], given);
    return secrets.has(String(path[0])) ? "[secret]" : printGiven(value);
  };
  if (issue.code === "invalid_key") {
    const allowed = issue.issues.map(({ message }) => message).join(", ");
    return [{ property: issue.path.slice(0, -1).join("."), given: printGiven(issue.path.at(-1)), allowed }];
  }
  if (issue.code !== "unrecognized_keys") {
    return [{ property: issue.path.join("."), given: print(issue.path), allowed: issue.message }];
  }
  const schema = issue.path.length === 0 ? Config : Images;
  const allowed = issue.path.length > 1 ? issue.message : `only the keys ${Object.keys(schema.shape).join(", ")}`;
  return issue.keys.map((key) => ({
    property: [...issue.path, key].join("."),
    given: print([...issue.path, key]),
    allowed,
  }));
}

/** A text stays one even where it reads as a number, as a cost centre `4711` does. */
function isText(name: string): boolean {
  return Object.hasOwn(Config.shape, name) && Config.shape[name as keyof typeof Config.shape] instanceof z.ZodString;
}

/** Pulumi hands objects and scalars alike as text; what reads as JSON is meant as such. */
function parseValue(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
