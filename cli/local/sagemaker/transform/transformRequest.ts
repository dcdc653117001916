import * as z from "zod";
import { SERVICE_LIMITS } from "../../../../contracts/serviceLimits";
import { filterProblem } from "./recordFilter";

const { payloadMb, payloadsMb, answerSeconds, retries, environmentVariables } =
  SERVICE_LIMITS.sagemaker.options.batchTransform;

const text = z.string();

/** A JSONPath, as far as it is understood here. */
const Filter = text
  .max(63)
  .default("$")
  .superRefine((path, context) => {
    const problem = filterProblem(path);
    if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
  });

/**
 * What CreateTransformJob and a Transform step take, as far as it runs here
 * (docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTransformJob.html). What changes nothing on this machine is
 * let through; what would be done otherwise than in the cloud is refused.
 */
export const TransformRequest = z
  .looseObject({
    ModelName: text.regex(/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/),
    // 0 asks the container.
    MaxConcurrentTransforms: z.int().min(0).default(0),
    MaxPayloadInMB: z
      .int()
      .min(1, { error: "must be 1 or more: 0, which streams in chunks, does not run here" })
      .max(payloadMb.max)
      .optional(),
    BatchStrategy: z.enum(["MultiRecord", "SingleRecord"]).optional(),
    Environment: z
      .record(text.max(1024), text.max(10_240))
      .default({})
      .refine((given) => Object.keys(given).length <= environmentVariables, {
        error: `must have ${environmentVariables} variables at most`,
      }),
    ModelClientConfig: z
      .looseObject({
        InvocationsTimeoutInSeconds: z.int().min(answerSeconds.min).max(answerSeconds.max).default(600),
        InvocationsMaxRetries: z.int().min(retries.min).max(retries.max).default(retries.max),
      })
      .default({ InvocationsTimeoutInSeconds: 600, InvocationsMaxRetries: retries.max }),
    TransformInput: z.looseObject({
      DataSource: z.looseObject({
        S3DataSource: z.looseObject({
          S3DataType: z.literal("S3Prefix", { error: "must be S3Prefix: manifest files are not read here" }),
          S3Uri: text.regex(/^s3:\/\/[^/]+/, { error: "must be an address of S3" }),
        }),
      }),
      ContentType: text.max(256).optional(),
      CompressionType: z
        .enum(["None", "Gzip"], { error: "must be None or Gzip, which are what is unpacked here" })
        .default("None"),
      SplitType: z
        .enum(["None", "Line"], { error: "must be None or Line: RecordIO and TFRecord are not read here" })
        .default("None"),
    }),
    TransformOutput: z.looseObject({
      S3OutputPath: text.regex(/^s3:\/\/[^/]+/, { error: "must be an address of S3" }),
      Accept: text.max(256).optional(),
      AssembleWith: z.enum(["None", "Line"]).default("None"),
    }),
    TransformResources: z.looseObject({ InstanceType: text, InstanceCount: z.int().min(1).max(100) }),
    DataProcessing: z
      .looseObject({
        InputFilter: Filter,
        OutputFilter: Filter,
        JoinSource: z.enum(["Input", "None"]).default("None"),
      })
      .optional(),
  })
  .superRefine(({ MaxConcurrentTransforms, MaxPayloadInMB, TransformInput, DataProcessing }, context) => {
    const together = MaxConcurrentTransforms * (MaxPayloadInMB ?? 1);
    if (together > payloadsMb) {
      const message = `MaxConcurrentTransforms times MaxPayloadInMB is ${together}; allowed: ${payloadsMb} MB`;
      context.addIssue({ code: "custom", path: ["MaxConcurrentTransforms"], message });
    }
    if (DataProcessing === undefined || recordForm(TransformInput.ContentType) !== undefined) return;
    const message = "needs the ContentType text/csv, application/json or application/jsonlines";
    context.addIssue({ code: "custom", path: ["DataProcessing"], message });
  });
export type TransformRequest = z.output<typeof TransformRequest>;

/** How records are taken apart; undefined when they cannot be. */
export type RecordForm = "csv" | "json";

/** The form of records of a media type. */
export function recordForm(contentType: string | undefined): RecordForm | undefined {
  const [type = ""] = (contentType ?? "").toLowerCase().split(";");
  if (type.trim() === "text/csv") return "csv";
  return ["application/json", "application/jsonlines"].includes(type.trim()) ? "json" : undefined;
}
