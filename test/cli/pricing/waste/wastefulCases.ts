import {
  address,
  bucket,
  endpoint,
  gateway,
  lambda,
  lifecycle,
  nat,
  notebook,
  of,
  pipeline,
  restApi,
  scaling,
  training,
  versions,
  type WasteCase,
  warm,
} from "./handmadeWaste";

/** Stacks in which a kind finds waste. */
export const WASTEFUL: readonly WasteCase[] = [
  { kind: "accelerated-serving", title: "a GPU", resources: endpoint({ instanceType: "ml.g5.xlarge" }) },
  {
    kind: "accelerated-serving",
    title: "Inferentia, in Ireland",
    resources: endpoint({ instanceType: "ml.inf1.xlarge" }),
    region: "eu-west-1",
  },
  { kind: "accelerated-notebook", title: "a GPU", resources: [notebook({ instanceType: "ml.g5.xlarge" })] },
  {
    kind: "accelerated-preparation",
    title: "a processing step on a GPU",
    resources: [
      pipeline({
        Name: "P",
        Type: "Processing",
        Arguments: { ProcessingResources: { ClusterConfig: { InstanceType: "ml.g5.xlarge", InstanceCount: 1 } } },
      }),
    ],
  },
  {
    kind: "idle-instances",
    title: "three of a fixed number",
    resources: endpoint({ instanceType: "ml.m5.large", initialInstanceCount: 3 }),
  },
  {
    kind: "idle-instances",
    title: "never below two",
    resources: [...endpoint({ instanceType: "ml.m5.large" }), scaling(2)],
  },
  {
    kind: "idle-instances",
    title: "an asynchronous endpoint that never scales to none",
    resources: endpoint({ instanceType: "ml.m5.large" }, { asyncInferenceConfig: {} }),
  },
  {
    kind: "endpoint-per-model",
    title: "two endpoints alike",
    resources: [
      ...endpoint({ instanceType: "ml.m5.large" }),
      ...endpoint({ instanceType: "ml.m5.large" }, {}, "other"),
    ],
  },
  { kind: "serving-on-x86", title: "c5", resources: endpoint({ instanceType: "ml.c5.xlarge" }) },
  { kind: "function-on-x86", title: "no architecture", resources: [lambda({})] },
  { kind: "idle-concurrency", title: "ten that hardly run", resources: warm(10) },
  { kind: "training-on-demand", title: "a step", resources: [pipeline(training())] },
  {
    kind: "training-on-demand",
    title: "a step of a condition",
    resources: [pipeline({ Name: "C", Type: "Condition", Arguments: { IfSteps: [training()], ElseSteps: [] } })],
  },
  { kind: "unstopped-notebook", title: "no lifecycle", resources: [notebook({ instanceType: "ml.m5.xlarge" })] },
  { kind: "retired-family", title: "m4", resources: endpoint({ instanceType: "ml.m4.xlarge" }) },
  { kind: "retired-family", title: "p2", resources: [notebook({ instanceType: "ml.p2.xlarge" })] },
  { kind: "nat-to-s3", title: "no endpoint for S3", resources: [nat] },
  {
    kind: "nat-to-s3",
    title: "an endpoint for another service",
    resources: [nat, gateway("com.amazonaws.us-east-1.dynamodb")],
  },
  {
    kind: "s3-interface-endpoint",
    title: "of S3",
    resources: [
      of("aws:ec2/vpcEndpoint:VpcEndpoint", {
        vpcEndpointType: "Interface",
        serviceName: "com.amazonaws.us-east-1.s3",
        subnetIds: ["subnet-a"],
      }),
    ],
  },
  { kind: "unused-address", title: "attached to nothing", resources: [address] },
  { kind: "logs-for-ever", title: "no retention", resources: [of("aws:cloudwatch/logGroup:LogGroup")] },
  { kind: "versions-for-ever", title: "no lifecycle", resources: [bucket, versions("Enabled")] },
  {
    kind: "versions-for-ever",
    title: "a lifecycle for other things",
    resources: [
      of("aws:s3/bucket:Bucket", { versioning: { enabled: true } }),
      lifecycle({ status: "Enabled", expiration: { days: 30 } }),
    ],
  },
  { kind: "rest-api", title: "of its own", resources: [restApi()] },
  {
    kind: "seldom-asked",
    title: "a hundred requests a month",
    resources: endpoint({ instanceType: "ml.m5.large" }),
    usage: { training: { customers: 1 }, serving: { forecastsPerCustomer: 100 } },
  },
];
