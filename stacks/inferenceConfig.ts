import type * as pulumi from "@pulumi/pulumi";
import * as z from "zod";
import { imagePlatform, type PooledModelArgs } from "../components";
import type { StackConfig } from "./config";
import { alarmTopics, arn, boolean, component, instanceType, integer, logRetentionDays, text } from "./configFields";

const requests = "a list of JSON texts";

/** Configuration of the PooledModel of a stack; see its arguments for what each value does. */
export const Newcomers = component({
  memoryMb: integer(1024, 6144, "MB").optional(),
  maxConcurrency: integer(1, 200, "invocations").optional(),
  instanceType: instanceType.optional(),
  maxInstances: integer(1, 100, "instances").optional(),
  nightlyRequests: z.array(z.string({ error: requests }), { error: requests }).optional(),
  schedule: text("cron(…) or rate(…)", /^(cron|rate)\(.+\)$/).optional(),
  scheduleTimezone: text("the name of a time zone", /^[A-Za-z0-9_+/-]{1,50}$/).optional(),
  answerRetentionDays: integer(1, 3650, "days").optional(),
  alarms: boolean.optional(),
  alarmTopics: alarmTopics.optional(),
  kmsKeyArn: arn("kms").optional(),
  logRetentionDays,
  forceDestroy: boolean,
});

/** Instance types that answer later where none is given, by the platform of the hosting image. */
const LATER: Readonly<Record<string, string>> = { "linux/arm64": "ml.c7g.large", "linux/amd64": "ml.c6i.large" };

/**
 * The model of customers who are too new for one of their own. Its archive is made by the build. Its instances are of the
 * endpoint's processor, but not of its type: instances that scale must not change theirs.
 * @param image for x86, as serverless and batch want it
 * @param laterImage the hosting image
 */
export function pooledModel(
  { newcomers, endpoint }: StackConfig,
  image: pulumi.Input<string>,
  laterImage: pulumi.Input<string>,
): PooledModelArgs {
  const later = newcomers.instanceType ?? LATER[imagePlatform(endpoint.instanceType)];
  return { ...newcomers, archive: "dist/models/newcomers.tar.gz", image, laterImage, instanceType: later };
}
