import * as z from "zod";

const text = z.string();

/**
 * Arguments of a Training step, as CreateTrainingJob takes them, as far as they run here
 * (docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTrainingJob.html). What changes nothing on this machine
 * is let through.
 */
export const TrainingRequest = z.looseObject({
  AlgorithmSpecification: z.looseObject({
    TrainingImage: text.max(255),
    TrainingInputMode: z.enum(["File", "FastFile"]),
    ContainerEntrypoint: z.array(text.max(256)).min(1).max(100).optional(),
    ContainerArguments: z.array(text.max(256)).min(1).max(100).optional(),
  }),
  HyperParameters: z.record(text.max(256), text.max(2500)).default({}),
  InputDataConfig: z
    .array(
      z.looseObject({
        ChannelName: text.regex(/^[A-Za-z0-9._-]{1,64}$/),
        DataSource: z.looseObject({
          S3DataSource: z.looseObject({
            S3DataType: z.literal("S3Prefix"),
            S3Uri: text,
            S3DataDistributionType: z.enum(["FullyReplicated", "ShardedByS3Key"]).default("FullyReplicated"),
          }),
        }),
        ContentType: text.optional(),
        CompressionType: z.literal("None").default("None"),
        RecordWrapperType: z.literal("None").default("None"),
        InputMode: z.enum(["File", "FastFile"]).optional(),
      }),
    )
    .max(20)
    .default([]),
  OutputDataConfig: z.looseObject({ S3OutputPath: text }),
  ResourceConfig: z.looseObject({
    InstanceType: text,
    InstanceCount: z.int().min(1),
    VolumeSizeInGB: z.int().min(1),
  }),
  StoppingCondition: z.looseObject({
    // A day, as the service has it.
    MaxRuntimeInSeconds: z.int().min(1).default(86_400),
    MaxWaitTimeInSeconds: z.int().min(1).optional(),
  }),
  CheckpointConfig: z.looseObject({ S3Uri: text, LocalPath: text.default("/opt/ml/checkpoints") }).optional(),
  Environment: z.record(text.max(512), text.max(512)).default({}),
  EnableManagedSpotTraining: z.boolean().default(false),
  RoleArn: text.min(20),
});
export type TrainingRequest = z.output<typeof TrainingRequest>;
