import * as z from "zod";
import { ApiAuthorization, ApiFront, type ClassifierInputArgs, StreamResults } from "../components/classifierApiArgs";
import { classifierInputProblems } from "../contracts/classifierInput";
import { MAX_TOP_K } from "../contracts/classifyEnvironment";
import { type ClassifyLimits, classifyLimitsProblems } from "../contracts/classifyLimits";
import type { Problem } from "../contracts/problems";
import { SERVICE_LIMITS } from "../contracts/serviceLimits";
import { alarmTopics, arn, boolean, component, integer, logRetentionDays, s3Folder, text } from "./configFields";

const { lambda, httpApi } = SERVICE_LIMITS;

const filePath = text("the path of a file", /^[^\0]+$/);
const objectUri = text("an s3:// address of an object", /^s3:\/\/[^/]+\/.*[^/]$/);
const sha256 = text("64 hexadecimal digits", /^[0-9a-f]{64}$/);
const texts = (allowed: string) => z.array(z.string({ error: allowed }).min(1, { error: allowed }), { error: allowed });
const oneOf = (values: Readonly<Record<string, string>>) =>
  z.enum(Object.values(values), { error: `one of ${Object.values(values).join(", ")}` });
const share = "a number from 0 to 100 (percent)";
const percent = z.number({ error: share }).min(0, { error: share }).max(100, { error: share });
const thresholds = "only errorPercent and durationPercent";
const stream =
  "only pictureUris, results, resultsUri, batchSize, batchWindowSeconds, maximumConcurrency, timeout, maxReceives";

/** Options that a contract checks. */
const checkedBy = <T>(problemsOf: (options: unknown, property: string) => readonly Problem[]) =>
  z
    .custom<Partial<T>>(() => true)
    .superRefine((options, context) => {
      for (const { property, allowed } of problemsOf(options, "")) {
        context.addIssue({ code: "custom", path: property.split(".").filter(Boolean), message: allowed });
      }
    });

const Stream = z.strictObject(
  {
    pictureUris: z.array(s3Folder, { error: "a list of folders" }).optional(),
    results: oneOf(StreamResults).optional(),
    resultsUri: s3Folder.optional(),
    batchSize: integer(1, 10_000, "messages").optional(),
    batchWindowSeconds: integer(0, 300, "seconds").optional(),
    maximumConcurrency: integer(2, 1000, "executions").optional(),
    timeout: integer(lambda.timeoutSeconds.min, lambda.timeoutSeconds.max, "seconds").optional(),
    maxReceives: integer(1, 1000, "receives").optional(),
  },
  { error: stream },
);

/** Configuration of the ClassifierApi of a stack; see its arguments for what each value does. */
export const Classifier = component({
  modelPath: filePath.optional(),
  modelUri: objectUri.optional(),
  modelSha256: sha256.optional(),
  labelsPath: filePath.optional(),
  labelsUri: objectUri.optional(),
  labelsSha256: sha256.optional(),
  defaultImagePath: filePath.optional(),
  defaultImageUri: objectUri.optional(),
  input: checkedBy<ClassifierInputArgs>(classifierInputProblems).optional(),
  topK: integer(1, MAX_TOP_K, "labels").optional(),
  limits: checkedBy<ClassifyLimits>(classifyLimitsProblems).optional(),
  imageLinkHosts: texts("a list of hosts").optional(),
  imageLinkSchemes: texts("a list of schemes").optional(),
  front: oneOf(ApiFront).optional(),
  authorization: oneOf(ApiAuthorization).optional(),
  jwtIssuer: text("an https address", /^https:\/\//).optional(),
  jwtAudiences: texts("a list of audiences").optional(),
  throttleRate: integer(1, httpApi.accountRate, "requests a second").optional(),
  throttleBurst: integer(1, httpApi.accountBurst, "requests").optional(),
  memorySize: integer(lambda.memoryMb.min, lambda.memoryMb.max, "MB"),
  timeout: integer(1, lambda.timeoutSeconds.max, "seconds").optional(),
  ephemeralStorageMb: integer(lambda.ephemeralStorageMb.min, lambda.ephemeralStorageMb.max, "MB").optional(),
  runtime: z.enum(["nodejs24.x", "nodejs22.x"], { error: "one of nodejs24.x, nodejs22.x" }).optional(),
  reservedConcurrency: integer(0, 10_000, "executions").optional(),
  provisionedConcurrency: integer(0, 10_000, "instances").optional(),
  stream: Stream.optional(),
  kmsKeyArn: arn("kms").optional(),
  logKmsKeyArn: arn("kms").optional(),
  logRetentionDays,
  alarms: boolean.optional(),
  alarmTopics: alarmTopics.optional(),
  alarmThresholds: z
    .strictObject({ errorPercent: percent.optional(), durationPercent: percent.optional() }, { error: thresholds })
    .optional(),
  forceDestroy: boolean,
});
