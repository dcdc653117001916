import { deepEqual } from "node:assert/strict";
import { neededQuotas } from "../../../cli/quotas/neededQuotas";
import { type GraphObject, type GraphResource, Secret, UNKNOWN } from "../../../contracts/graph";
import { declared, graphOf } from "../../policy/declared";

const quotas = (...resources: readonly GraphResource[]) =>
  neededQuotas(graphOf(...resources)).map(
    ({ quota, needed, atLeast }) => `${atLeast ? "at least " : ""}${needed} ${quota}`,
  );

const configuration = (...productionVariants: GraphObject[]) =>
  declared("aws:sagemaker/endpointConfiguration:EndpointConfiguration", "c", { productionVariants });

const on = (property: string, ...resources: readonly GraphResource[]) => ({
  dependencies: resources.map(({ urn }) => urn),
  propertyDependencies: { [property]: resources.map(({ urn }) => urn) },
});

const endpoint = (of: GraphResource) =>
  declared("aws:sagemaker/endpoint:Endpoint", "e", { endpointConfigName: UNKNOWN }, on("endpointConfigName", of));

const scaling = (of: GraphResource, maxCapacity: GraphObject[string], resourceId: GraphObject[string] = UNKNOWN) =>
  declared(
    "aws:appautoscaling/target:Target",
    "s",
    { maxCapacity, minCapacity: 1, resourceId, scalableDimension: "sagemaker:variant:DesiredInstanceCount" },
    on("resourceId", of),
  );

const pipeline = (definition: object | string) =>
  declared("aws:sagemaker/pipeline:Pipeline", "p", {
    pipelineDefinition: typeof definition === "string" ? definition : JSON.stringify(definition),
  });

const machines = (InstanceType: unknown, InstanceCount: unknown) => ({ InstanceType, InstanceCount });

describe("needed quotas", () => {
  const c5 = (count: GraphObject[string]) => ({
    variantName: "a",
    instanceType: "ml.c5.xlarge",
    initialInstanceCount: count,
  });

  it("of an endpoint are its variants', scaled out", () => {
    const config = configuration(c5(2), { variantName: "b", instanceType: "ml.m5.large" });
    deepEqual(quotas(config), []);
    const one = endpoint(config);
    deepEqual(quotas(config, one), ["2 ml.c5.xlarge for endpoint usage", "1 ml.m5.large for endpoint usage"]);
    const scaled = scaling(one, 6, "endpoint/e/variant/a");
    deepEqual(quotas(config, one, scaled), ["6 ml.c5.xlarge for endpoint usage", "1 ml.m5.large for endpoint usage"]);
    deepEqual(quotas(config, one, scaling(one, 6)), [
      "6 ml.c5.xlarge for endpoint usage",
      "6 ml.m5.large for endpoint usage",
    ]);
  });

  it("say at least what is known", () => {
    const config = configuration(c5(UNKNOWN));
    deepEqual(quotas(config, endpoint(config)), ["at least 1 ml.c5.xlarge for endpoint usage"]);
    const fixed = configuration(c5(2));
    deepEqual(quotas(fixed, endpoint(fixed), scaling(endpoint(fixed), UNKNOWN)), [
      "at least 2 ml.c5.xlarge for endpoint usage",
    ]);
    const untold = configuration({ instanceType: UNKNOWN });
    deepEqual(quotas(untold, endpoint(untold)), [
      "at least 1 an instance type that is not known yet for endpoint usage",
    ]);
    const secret = configuration(c5(new Secret(3)));
    deepEqual(quotas(secret, endpoint(secret)), ["at least 1 ml.c5.xlarge for endpoint usage"]);
  });

  it("of a serverless endpoint are its concurrency", () => {
    const config = configuration({ serverlessConfig: { maxConcurrency: 20, memorySizeInMb: 2048 } });
    deepEqual(quotas(config, endpoint(config)), [
      "20 Maximum total concurrency that can be allocated across all serverless endpoints",
    ]);
  });

  it("of a pipeline are the most that its steps use at once", () => {
    const processing = (Name: string, over: object = {}) => ({
      Name,
      Type: "Processing",
      Arguments: { ProcessingResources: { ClusterConfig: machines("ml.m5.large", 1) } },
      ...over,
    });
    const train = {
      Name: "Train",
      Type: "Training",
      Arguments: {
        EnableManagedSpotTraining: true,
        ResourceConfig: machines("ml.c5.xlarge", { Get: "Parameters.Machines" }),
        Input: { Get: "Steps.Split.ProcessingOutputConfig" },
      },
    };
    const Parameters = [{ Name: "Machines", DefaultValue: 4 }];
    const chain = [processing("Split"), train, processing("Publish", { DependsOn: ["Train"] })];
    deepEqual(quotas(pipeline({ Parameters, Steps: chain })), [
      "4 ml.c5.xlarge for spot training job usage",
      "1 ml.m5.large for processing job usage",
    ]);
    const apart = [processing("Split"), processing("Publish")];
    deepEqual(quotas(pipeline({ Steps: apart })), ["2 ml.m5.large for processing job usage"]);
    const tuning = {
      Name: "Tune",
      Type: "Tuning",
      Arguments: {
        HyperParameterTuningJobConfig: { ResourceLimits: { MaxParallelTrainingJobs: 3 } },
        TrainingJobDefinition: { ResourceConfig: machines("ml.g5.xlarge", 2) },
      },
    };
    const transform = {
      Name: "T",
      Type: "Transform",
      Arguments: { TransformResources: machines("ml.c5.xlarge", { Get: "Parameters.None" }) },
    };
    deepEqual(quotas(pipeline({ Steps: [tuning, transform] })), [
      "at least 1 ml.c5.xlarge for transform job usage",
      "6 ml.g5.xlarge for training job usage",
    ]);
    deepEqual(quotas(pipeline("not JSON"), pipeline({}), declared("aws:sagemaker/pipeline:Pipeline", "u", {})), []);
  });

  it("of jobs and notebooks add up over the stack", () => {
    const training = (name: string, resourceConfig: GraphObject, spot = false) =>
      declared("aws:sagemaker/trainingJob:TrainingJob", name, { resourceConfig, enableManagedSpotTraining: spot });
    const groups = [
      { instanceType: "ml.c5.xlarge", instanceCount: 2 },
      { instanceType: "ml.p3.2xlarge", instanceCount: 1 },
    ];
    deepEqual(
      quotas(
        training("a", { instanceType: "ml.c5.xlarge", instanceCount: 3 }),
        training("b", { instanceGroups: groups }),
        training("c", { instanceType: "ml.c5.xlarge", instanceCount: 1 }, true),
        declared("aws:sagemaker/notebookInstance:NotebookInstance", "n", { instanceType: "ml.t3.medium" }),
        declared(
          "aws:sagemaker/notebookInstance:NotebookInstance",
          "r",
          { instanceType: "ml.t3.medium" },
          { external: true },
        ),
      ),
      [
        "1 ml.c5.xlarge for spot training job usage",
        "5 ml.c5.xlarge for training job usage",
        "1 ml.p3.2xlarge for training job usage",
        "1 ml.t3.medium for notebook instance usage",
      ],
    );
  });

  it("of functions are what they reserve, and the hundred that Lambda keeps", () => {
    const lambda = (name: string, inputs: GraphObject) => declared("aws:lambda/function:Function", name, inputs);
    deepEqual(quotas(lambda("a", {}), lambda("b", { reservedConcurrentExecutions: -1 })), []);
    const both = [lambda("a", { reservedConcurrentExecutions: 20 }), lambda("b", { reservedConcurrentExecutions: 5 })];
    deepEqual(quotas(...both), ["125 Concurrent executions"]);
    deepEqual(
      neededQuotas(graphOf(...both))[0]?.because,
      both.map(({ urn }) => urn),
    );
    deepEqual(quotas(...both, lambda("c", { reservedConcurrentExecutions: UNKNOWN })), [
      "at least 125 Concurrent executions",
    ]);
  });
});
