import type { HandmadeResource } from "../pricedGraph";
import type { Golden } from "./golden";

const ENDPOINT = "aws:sagemaker/endpoint:Endpoint";
const CONFIGURATION = "aws:sagemaker/endpointConfiguration:EndpointConfiguration";
const hosted = (variant: HandmadeResource["inputs"]): readonly HandmadeResource[] => [
  { type: CONFIGURATION, name: "config", inputs: { productionVariants: [{ variantName: "A", ...variant }] } },
  { type: ENDPOINT, name: "it", inputs: { name: "forecasts" }, on: { endpointConfigName: ["config"] } },
];
const QUIET = {
  training: { customers: 1000 },
  serving: { forecastsPerCustomer: 1000, requestBytes: 1024, answerBytes: 10_240, milliseconds: 100 },
};
// 1,000 × 1,000 × 1 KiB = 0.95367 GB in, ten times that out; × 0.016.
const DATA = ["bytes in 0.02", "bytes out 0.15"];

const step = (Type: string, Arguments: object): object => ({ Name: Type, Type, Arguments });
const pipeline = (...steps: readonly object[]): HandmadeResource => ({
  type: "aws:sagemaker/pipeline:Pipeline",
  inputs: {
    pipelineDefinition: JSON.stringify({
      Version: "2020-12-01",
      Parameters: [{ Name: "Type", DefaultValue: "ml.m5.xlarge" }],
      Steps: steps,
    }),
  },
});
const RUNS = {
  training: { runsPerMonth: 30, trainingMinutes: 60, processingMinutes: 20, transformMinutes: 10, spotDiscount: 0 },
};

/** Prices of SageMaker's kinds. */
export const GOLDEN_SAGEMAKER_PRICES: readonly Golden[] = [
  {
    title: "an endpoint of three instances with volumes",
    resources: hosted({ instanceType: "ml.c7g.large", initialInstanceCount: 3, volumeSizeInGb: 30 }),
    usage: QUIET,
    // 3 × 730 × 0.087; 90 × 0.14.
    bill: ["instances 190.53", "volumes 12.60", ...DATA],
  },
  {
    title: "an endpoint that scales",
    resources: [
      ...hosted({ instanceType: "ml.c5.xlarge", initialInstanceCount: 2, volumeSizeInGb: 10 }),
      {
        type: "aws:appautoscaling/target:Target",
        name: "scaling",
        inputs: {
          serviceNamespace: "sagemaker",
          resourceId: "endpoint/forecasts/variant/A",
          minCapacity: 2,
          maxCapacity: 5,
        },
      },
    ],
    usage: QUIET,
    // 2 to 5 × 730 × 0.204; 20 to 50 × 0.14.
    bill: ["instances 297.84 297.84..744.60", "volumes 2.80 2.80..7.00", ...DATA],
  },
  {
    title: "an asynchronous endpoint that scales to none, asked for a third of the month",
    resources: [
      {
        type: CONFIGURATION,
        name: "config",
        inputs: {
          productionVariants: [{ variantName: "A", instanceType: "ml.c5.xlarge", volumeSizeInGb: 10 }],
          asyncInferenceConfig: { outputConfig: { s3OutputPath: "s3://answers" } },
        },
      },
      { type: ENDPOINT, name: "it", inputs: { name: "forecasts" }, on: { endpointConfigName: ["config"] } },
      {
        type: "aws:appautoscaling/target:Target",
        name: "scaling",
        inputs: {
          serviceNamespace: "sagemaker",
          resourceId: "endpoint/forecasts/variant/A",
          minCapacity: 0,
          maxCapacity: 4,
        },
      },
    ],
    usage: { ...QUIET, serving: { ...QUIET.serving, busyShare: [0, 0.25, 0.5] } },
    // A quarter of 730 × 0.204, at most half of it on four; a quarter of 10 × 0.14, at most twice that.
    bill: ["instances 37.23 0.00..297.84", "volumes 0.35 0.00..2.80", ...DATA],
  },
  {
    title: "a training job's volume, in Virginia",
    resources: [
      pipeline(
        step("Training", { ResourceConfig: { InstanceType: "ml.m5.xlarge", InstanceCount: 1, VolumeSizeInGB: 73 } }),
      ),
    ],
    usage: RUNS,
    // 30 h × 0.23; 30 h × 73 GB / 730 h × 0.14.
    bill: ["step Training: instances 6.90", "step Training: volumes 0.42"],
  },
  {
    title: "a serverless endpoint with provisioned concurrency",
    resources: hosted({ serverlessConfig: { memorySizeInMb: 2048, maxConcurrency: 5, provisionedConcurrency: 1 } }),
    usage: QUIET,
    // 1,000,000 × 0.1 s × 0.00004; 730 × 3,600 s × 0.00001.
    bill: ["answers 4.00", "provisioned concurrency 26.28", ...DATA],
  },
  {
    title: "a pipeline that processes, trains, transforms",
    resources: [
      pipeline(
        step("Processing", {
          ProcessingResources: {
            ClusterConfig: { InstanceType: { Get: "Parameters.Type" }, InstanceCount: 2, VolumeSizeInGB: 30 },
          },
        }),
        step("Training", { ResourceConfig: { InstanceType: "ml.m5.xlarge", InstanceCount: 4, VolumeSizeInGB: 30 } }),
        step("Transform", { TransformResources: { InstanceType: "ml.m5.xlarge", InstanceCount: 1 } }),
        step("Condition", {}),
      ),
    ],
    usage: RUNS,
    region: "eu-west-1",
    bill: [
      // 30 × 20 min × 2 = 20 h × 0.257; 20 h × 30 GB / 730 h × 0.110.
      "step Processing: instances 5.14",
      "step Processing: volumes 0.09",
      // 30 × 1 h × 4 = 120 h × 0.257; 120 h × 30 GB / 730 h × 0.154.
      "step Training: instances 30.84",
      "step Training: volumes 0.76",
      // 30 × 10 min = 5 h × 0.257.
      "step Transform: instances 1.29",
    ],
  },
  {
    title: "a training step of a condition, which may not run",
    resources: [
      pipeline(
        step("Condition", {
          IfSteps: [step("Training", { ResourceConfig: { InstanceType: "ml.m5.xlarge", InstanceCount: 1 } })],
          ElseSteps: [],
        }),
      ),
    ],
    usage: RUNS,
    bill: ["step Training: instances 6.90 0.00..6.90"],
  },
  {
    title: "spot training, of which no discount is promised",
    resources: [
      pipeline(
        step("Training", {
          ResourceConfig: { InstanceType: "ml.m5.xlarge", InstanceCount: 1 },
          EnableManagedSpotTraining: true,
        }),
      ),
    ],
    usage: { training: { ...RUNS.training, spotDiscount: [0, 0, 0.9] } },
    // 30 h × 0.23, of which a tenth to all is paid.
    bill: ["step Training: instances 6.90 0.69..6.90"],
  },
  {
    title: "a notebook that is never stopped",
    resources: [
      {
        type: "aws:sagemaker/notebookInstance:NotebookInstance",
        inputs: { instanceType: "ml.t3.medium", volumeSize: 20 },
      },
    ],
    usage: { notebooks: { hours: 730 } },
    // 730 × 0.05; 20 × 0.14.
    bill: ["instance 36.50", "volume 2.80"],
  },
];
