import * as z from "zod";
import { SERVICE_LIMITS } from "../contracts/serviceLimits";

const retention = `one of ${SERVICE_LIMITS.logs.retentionDays.join(", ")} (days)`;

/** true or false. */
export const boolean = z.boolean({ error: "true or false" });

/** A text of a pattern; what is allowed is said in words. */
export const text = (allowed: string, pattern: RegExp) =>
  z.string({ error: allowed }).regex(pattern, { error: allowed });

/** An integer within bounds, both included. */
export const integer = (low: number, high: number, unit: string) => {
  const allowed = `an integer from ${low} to ${high} ${unit}`;
  return z.int({ error: allowed }).min(low, { error: allowed }).max(high, { error: allowed });
};

/** An ARN of a service. */
export const arn = (service: string) => text(`an ARN of ${service}`, new RegExp(`^arn:[a-z-]+:${service}:`));

/**
 * Configuration of one component: an object of these keys and no others. What is said of one that is missing or no object
 * names the keys that it must have.
 */
export const component = <Shape extends z.ZodRawShape>(shape: Shape) => {
  const needed = Object.keys(shape).filter((key) => !z.safeParse(shape[key] ?? z.never(), undefined).success);
  return z.strictObject(shape, { error: `an object with at least ${needed.join(", ")}` });
};

/** The name of a bucket. */
export const bucketName = text("the name of a bucket", /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/);

/** Days that logs are kept. */
export const logRetentionDays = z.literal(SERVICE_LIMITS.logs.retentionDays, { error: retention });

/** ARNs of the topics that alarms notify. */
export const alarmTopics = z.array(arn("sns"), { error: "a list of ARNs of SNS topics" });

/** An instance type of SageMaker. */
export const instanceType = text("an instance type ml.<family>.<size>", /^ml\.[a-z][a-z0-9-]*\.[a-z0-9]+$/);

/** The digest of an image. */
export const imageDigest = text("sha256: and 64 hexadecimal digits", /^sha256:[0-9a-f]{64}$/);

/** A folder in S3. */
export const s3Folder = text("an s3:// address that ends with /", /^s3:\/\/[^/]+\/(.*\/)?$/);
