import type { GraphObject } from "../../../../contracts/graph";
import type { GivenFigures, HandmadeResource } from "../pricedGraph";

/** A resource by its type and inputs. */
export const of = (type: string, inputs: GraphObject = {}, rest: Partial<HandmadeResource> = {}): HandmadeResource => ({
  type,
  inputs,
  ...rest,
});

/** An endpoint of one variant with its configuration. */
export function endpoint(
  variant: GraphObject,
  configuration: GraphObject = {},
  name = "it",
): readonly HandmadeResource[] {
  return [
    of(
      "aws:sagemaker/endpointConfiguration:EndpointConfiguration",
      { productionVariants: [{ variantName: "A", initialInstanceCount: 1, ...variant }], ...configuration },
      { name: `${name}-config` },
    ),
    of("aws:sagemaker/endpoint:Endpoint", { name }, { name, on: { endpointConfigName: [`${name}-config`] } }),
  ];
}

/** What scales the endpoint `it` from a number of instances. */
export const scaling = (minCapacity: number): HandmadeResource =>
  of(
    "aws:appautoscaling/target:Target",
    { serviceNamespace: "sagemaker", resourceId: "endpoint/it/variant/A", minCapacity, maxCapacity: 4 },
    { name: "scaling" },
  );

/** A pipeline of some steps. */
export const pipeline = (...steps: readonly object[]): HandmadeResource =>
  of("aws:sagemaker/pipeline:Pipeline", { pipelineDefinition: JSON.stringify({ Steps: steps }) });
/** A training step. */
export const training = (more: object = {}, resources: object = {}): object => ({
  Name: "Train",
  Type: "Training",
  Arguments: { ResourceConfig: { InstanceType: "ml.m5.xlarge", InstanceCount: 1, ...resources }, ...more },
});

/** A notebook instance. */
export const notebook = (inputs: GraphObject): HandmadeResource =>
  of("aws:sagemaker/notebookInstance:NotebookInstance", inputs);
/** A function of 1 GB. */
export const lambda = (inputs: GraphObject): HandmadeResource =>
  of("aws:lambda/function:Function", { memorySize: 1024, ...inputs });
/** A gateway endpoint of a VPC. */
export const gateway = (serviceName: GraphObject[string]): HandmadeResource =>
  of("aws:ec2/vpcEndpoint:VpcEndpoint", { serviceName }, { name: "gateway" });
/** A NAT gateway. */
export const nat = of("aws:ec2/natGateway:NatGateway");
/** What says whether the bucket `it` keeps versions. */
export const versions = (status: GraphObject[string]): HandmadeResource =>
  of(
    "aws:s3/bucketVersioning:BucketVersioning",
    { versioningConfiguration: { status } },
    { name: "versions", on: { bucket: ["it"] } },
  );
/** A lifecycle of the bucket `it`. */
export const lifecycle = (rule: GraphObject): HandmadeResource =>
  of(
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    { rules: [rule] },
    { name: "lifecycle", on: { bucket: ["it"] } },
  );
/** A bucket. */
export const bucket = of("aws:s3/bucket:Bucket");
/** A public address. */
export const address = of("aws:ec2/eip:Eip");
/** A REST API. */
export const restApi = (inputs: GraphObject = {}): HandmadeResource => of("aws:apigateway/restApi:RestApi", inputs);
/** A function on Graviton with some provisioned concurrency. */
export const warm = (count: number): readonly HandmadeResource[] => [
  lambda({ architectures: ["arm64"] }),
  of(
    "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig",
    { provisionedConcurrentExecutions: count },
    { name: "warm", on: { functionName: ["it"] } },
  ),
];

/** A stack that a kind of waste examines. */
export interface WasteCase {
  readonly kind: string;
  readonly title: string;
  readonly resources: readonly HandmadeResource[];
  readonly usage?: GivenFigures;
  readonly region?: string;
}
