import * as z from "zod";
import { SavingsPlanPayment, SavingsPlanTerm } from "../contracts/tags";
import {
  alarmTopics,
  arn,
  boolean,
  component,
  imageDigest,
  instanceType,
  integer,
  logRetentionDays,
  s3Folder,
} from "./configFields";

const positive = (unit: string) =>
  z.number({ error: `a number above 0 (${unit})` }).positive({ error: `a number above 0 (${unit})` });
const plan = "only term, payment and optionally share";
const share = "a number above 0 and at most 1";
const thresholds = "only errorPercent, latencyMs and memoryPercent";
const cacheThresholds = "only hitPercent, loadingWaitMs and thrashPercent";

/** Configuration of a Savings Plan that is meant to cover what SageMaker runs. */
export const SavingsPlan = z.strictObject(
  {
    term: z.enum(Object.values(SavingsPlanTerm), { error: `one of ${Object.values(SavingsPlanTerm).join(", ")}` }),
    payment: z.enum(Object.values(SavingsPlanPayment), {
      error: `one of ${Object.values(SavingsPlanPayment).join(", ")}`,
    }),
    share: z.number({ error: share }).positive({ error: share }).max(1, { error: share }).optional(),
  },
  { error: plan },
);

/** Configuration of the MultiModelEndpoint of a stack and of its image; see their arguments for what each value does. */
export const Endpoint = component({
  digest: imageDigest.optional(),
  instanceType,
  minInstances: integer(1, 100, "instances").optional(),
  maxInstances: integer(1, 100, "instances").optional(),
  targetInvocations: integer(1, 1_000_000, "invocations a minute").optional(),
  scaleInCooldownSeconds: integer(0, 86_400, "seconds").optional(),
  scaleOutCooldownSeconds: integer(0, 86_400, "seconds").optional(),
  volumeSizeGb: integer(1, 512, "GB").optional(),
  canaryPercent: integer(1, 50, "percent").optional(),
  bakeSeconds: integer(0, 3600, "seconds").optional(),
  cacheModels: boolean.optional(),
  modelMemoryMb: integer(64, 1_048_576, "MB").optional(),
  capturePercent: integer(1, 100, "percent").optional(),
  captureUri: s3Folder.optional(),
  kmsKeyArn: arn("kms").optional(),
  networkIsolation: boolean.optional(),
  logRetentionDays,
  alarms: boolean.optional(),
  alarmTopics: alarmTopics.optional(),
  alarmThresholds: z
    .strictObject(
      {
        errorPercent: positive("percent").optional(),
        latencyMs: positive("milliseconds").optional(),
        memoryPercent: positive("percent").optional(),
      },
      { error: thresholds },
    )
    .optional(),
  cacheAlarmThresholds: z
    .strictObject(
      {
        hitPercent: positive("percent").optional(),
        loadingWaitMs: positive("milliseconds").optional(),
        thrashPercent: positive("percent").optional(),
      },
      { error: cacheThresholds },
    )
    .optional(),
  savingsPlan: SavingsPlan.optional(),
  forceDestroy: boolean,
});
