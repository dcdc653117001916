import * as z from "zod";

const text = z.string();

/**
 * Arguments of a Processing step, as CreateProcessingJob takes them, as far as they run here
 * (docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateProcessingJob.html). What changes nothing on this
 * machine is let through.
 */
export const ProcessingRequest = z.looseObject({
  ProcessingInputs: z
    .array(
      z.looseObject({
        InputName: text,
        AppManaged: z.literal(false).optional(),
        S3Input: z.looseObject({
          S3Uri: text,
          LocalPath: text,
          S3DataType: z.literal("S3Prefix"),
          S3InputMode: z.literal("File").default("File"),
          S3DataDistributionType: z.enum(["FullyReplicated", "ShardedByS3Key"]).default("FullyReplicated"),
          S3CompressionType: z.literal("None").default("None"),
        }),
      }),
    )
    .max(10)
    .default([]),
  ProcessingOutputConfig: z
    .looseObject({
      Outputs: z
        .array(
          z.looseObject({
            OutputName: text,
            AppManaged: z.literal(false).optional(),
            S3Output: z.looseObject({
              S3Uri: text,
              LocalPath: text,
              S3UploadMode: z.enum(["EndOfJob", "Continuous"]),
            }),
          }),
        )
        .max(10),
    })
    .default({ Outputs: [] }),
  ProcessingResources: z.looseObject({
    ClusterConfig: z.looseObject({
      InstanceCount: z.int().min(1).max(100),
      InstanceType: text,
      VolumeSizeInGB: z.int().min(1).max(16_384),
    }),
  }),
  AppSpecification: z.looseObject({
    ImageUri: text.max(255),
    ContainerEntrypoint: z.array(text.max(256)).min(1).max(100).optional(),
    ContainerArguments: z.array(text.max(256)).min(1).max(100).optional(),
  }),
  Environment: z.record(text.max(256), text.max(256)).default({}),
  // A day, as the service has it.
  StoppingCondition: z.looseObject({ MaxRuntimeInSeconds: z.int().min(1).max(777_600) }).default({
    MaxRuntimeInSeconds: 86_400,
  }),
  RoleArn: text.min(20),
});
export type ProcessingRequest = z.output<typeof ProcessingRequest>;
