import type * as pulumi from "@pulumi/pulumi";
import * as z from "zod";
import type { PooledModelArgs } from "../components";
import type { StackConfig } from "./config";
import { alarmTopics, arn, boolean, component, integer, logRetentionDays, text } from "./configFields";

const requests = "a list of JSON texts";

/** Configuration of the PooledModel of a stack; see its arguments for what each value does. */
export const Newcomers = component({
  memoryMb: integer(1024, 6144, "MB").optional(),
  maxConcurrency: integer(1, 200, "invocations").optional(),
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

/**
 * The model of customers who are too new for one of their own. Its archive is made by the build; it is answered with by the
 * training's image, which is x86 as serverless and batch want it, and later on the endpoint's own kind of instances.
 * @param image for x86
 * @param laterImage for the processor of the endpoint's instances
 */
export function pooledModel(
  { newcomers, endpoint }: StackConfig,
  image: pulumi.Input<string>,
  laterImage: pulumi.Input<string>,
): PooledModelArgs {
  const { instanceType } = endpoint;
  return { ...newcomers, archive: "dist/models/newcomers.tar.gz", image, laterImage, instanceType };
}
