import * as z from "zod";
import { Delivery } from "../contracts/delivery";
import { TRANSFORMATION_HASH } from "../contracts/derived";
import { moduleOptionsProblems } from "../contracts/moduleTransformation";
import { SERVICE_LIMITS } from "../contracts/serviceLimits";
import { type Transformation, transformationProblems } from "../contracts/transformation";
import { alarmTopics, arn, boolean, bucketName, component, integer, logRetentionDays, text } from "./configFields";

const { lambda, objectLambda } = SERVICE_LIMITS;

const deliveries = `one or more of ${Object.values(Delivery).join(", ")}, each once`;
const share = "a number from 0 to 100 (percent)";
const percent = z.number({ error: share }).min(0, { error: share }).max(100, { error: share });
const thresholds = "only errorPercent and durationPercent";
const network = "only vpcId, subnetIds, securityGroupIds and routeTableIds";

/** One id or more of a kind of EC2's resources. */
const ids = (prefix: string, what: string) => {
  const one = `the id of a ${what}, ${prefix}-…`;
  const allowed = `one id of a ${what} or more`;
  return z.array(text(one, new RegExp(`^${prefix}-[0-9a-z]+$`)), { error: allowed }).min(1, { error: allowed });
};

/** Configuration of the NormalizingAccessPoint of a stack; see its arguments for what each value does. */
export const Images = component({
  bucket: bucketName.optional(),
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
  code: text("the path of an archive, ending in .zip", /\.zip$/).optional(),
  moduleOptions: z
    .string({ error: "JSON as a text" })
    .superRefine((options, context) => {
      for (const { allowed } of moduleOptionsProblems(options)) context.addIssue({ code: "custom", message: allowed });
    })
    .optional(),
  readers: z
    .record(text("a name of 1 to 32 lower-case letters, digits and hyphens", /^[a-z0-9][a-z0-9-]{0,31}$/), arn("iam"), {
      error: "role ARNs by name",
    })
    .optional(),
  sharedFunction: text(
    "the ARN of a function",
    /^arn:[a-z-]+:lambda:[a-z0-9-]+:\d{12}:function:[A-Za-z0-9_-]+$/,
  ).optional(),
  sharedRole: text("the name of a role, without a path", /^[\w+=,.@-]{1,64}$/).optional(),
  vpc: z
    .strictObject(
      {
        vpcId: text("the id of a VPC, vpc-…", /^vpc-[0-9a-z]+$/),
        subnetIds: ids("subnet", "subnet"),
        securityGroupIds: ids("sg", "security group"),
        routeTableIds: ids("rtb", "route table").optional(),
      },
      { error: network },
    )
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
  noncurrentDays: integer(1, 3650, "days").optional(),
  logRetentionDays,
  alarms: boolean.optional(),
  alarmTopics: alarmTopics.optional(),
  alarmThresholds: z
    .strictObject({ errorPercent: percent.optional(), durationPercent: percent.optional() }, { error: thresholds })
    .optional(),
  dashboard: boolean.optional(),
  forceDestroy: boolean,
});

/**
 * As {@link Images}, where another access point's function answers: what it is made with is said where it is made, and here
 * its component refuses it.
 */
export const SharingImages = Images.partial({ memorySize: true, timeout: true, logRetentionDays: true });
