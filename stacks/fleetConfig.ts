import { SERVICE_LIMITS } from "../contracts/serviceLimits";
import {
  alarmTopics,
  arn,
  boolean,
  bucketName,
  component,
  imageDigest,
  instanceType,
  integer,
  logRetentionDays,
  s3Folder,
  text,
} from "./configFields";
import { SavingsPlan } from "./endpointConfig";

const { trainingSeconds, volumeGb } = SERVICE_LIMITS.sagemaker;

/** Configuration of the TrainingFleet of a stack and of its ContainerImage; see their arguments for what each value does. */
export const Fleet = component({
  repository: text("the name of a repository", /^[a-z0-9][a-z0-9._/-]{0,254}[a-z0-9]$/).optional(),
  digest: imageDigest.optional(),
  bucket: bucketName.optional(),
  dataUri: s3Folder.optional(),
  kmsKeyArn: arn("kms").optional(),
  instanceType: instanceType.optional(),
  instanceCount: integer(1, 100, "instances"),
  processingInstanceType: instanceType.optional(),
  volumeSizeGb: integer(volumeGb.min, volumeGb.max, "GB").optional(),
  spot: boolean.optional(),
  maxRuntimeSeconds: integer(60, trainingSeconds, "seconds").optional(),
  maxWaitSeconds: integer(60, 2 * trainingSeconds, "seconds").optional(),
  networkIsolation: boolean.optional(),
  schedule: text("cron(…) or rate(…)", /^(cron|rate)\(.+\)$/).optional(),
  scheduleTimezone: text("the name of a time zone", /^[A-Za-z0-9_+/-]{1,50}$/).optional(),
  expectedCustomers: integer(1, Number.MAX_SAFE_INTEGER, "customers").optional(),
  retainVersions: integer(1, 1000, "versions").optional(),
  runRetentionDays: integer(1, 365, "days").optional(),
  modelOptions: text("a JSON object as text", /^\{.*\}$/s).optional(),
  logRetentionDays,
  alarms: boolean.optional(),
  alarmTopics: alarmTopics.optional(),
  savingsPlan: SavingsPlan.optional(),
  forceDestroy: boolean,
});
