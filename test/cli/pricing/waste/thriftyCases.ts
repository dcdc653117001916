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

/** Stacks in which a kind finds none. */
export const THRIFTY: readonly WasteCase[] = [
  { kind: "accelerated-serving", title: "Graviton", resources: endpoint({ instanceType: "ml.c7g.large" }) },
  { kind: "accelerated-notebook", title: "m5", resources: [notebook({ instanceType: "ml.m5.xlarge" })] },
  {
    kind: "accelerated-preparation",
    title: "training on a GPU",
    resources: [pipeline(training({}, { InstanceType: "ml.g5.xlarge" }))],
  },
  {
    kind: "idle-instances",
    title: "scales from one",
    resources: [...endpoint({ instanceType: "ml.m5.large", initialInstanceCount: 3 }), scaling(1)],
  },
  {
    kind: "idle-instances",
    title: "an asynchronous endpoint that scales to none",
    resources: [...endpoint({ instanceType: "ml.m5.large" }, { asyncInferenceConfig: {} }), scaling(0)],
  },
  {
    kind: "idle-instances",
    title: "busy at all hours",
    resources: endpoint({ instanceType: "ml.m5.large", initialInstanceCount: 3 }),
    usage: { serving: { busyShare: 1 } },
  },
  {
    kind: "endpoint-per-model",
    title: "two endpoints that are not alike",
    resources: [
      ...endpoint({ instanceType: "ml.m5.large" }),
      ...endpoint({ instanceType: "ml.c5.large" }, {}, "other"),
    ],
  },
  { kind: "serving-on-x86", title: "Graviton", resources: endpoint({ instanceType: "ml.c7g.large" }) },
  { kind: "serving-on-x86", title: "no counterpart", resources: endpoint({ instanceType: "ml.t2.medium" }) },
  { kind: "function-on-x86", title: "arm64", resources: [lambda({ architectures: ["arm64"] })] },
  {
    kind: "function-on-x86",
    title: "at CloudFront's edges, which have no Graviton",
    resources: [
      lambda({ publish: true }),
      of("aws:cloudfront/distribution:Distribution", {}, { name: "cdn", on: { orderedCacheBehaviors: ["it"] } }),
    ],
  },
  {
    kind: "idle-concurrency",
    title: "one that always runs",
    resources: warm(1),
    usage: { functions: { requests: 5_000_000, milliseconds: 1000 } },
  },
  {
    kind: "training-on-demand",
    title: "spot",
    resources: [pipeline(training({ EnableManagedSpotTraining: true }))],
  },
  {
    kind: "training-on-demand",
    title: "a warm pool, which spot cannot be",
    resources: [pipeline(training({}, { KeepAlivePeriodInSeconds: 600 }))],
  },
  {
    kind: "unstopped-notebook",
    title: "a lifecycle",
    resources: [notebook({ instanceType: "ml.m5.xlarge", lifecycleConfigName: "stop" })],
  },
  { kind: "retired-family", title: "m5", resources: endpoint({ instanceType: "ml.m5.xlarge" }) },
  { kind: "nat-to-s3", title: "a gateway endpoint", resources: [nat, gateway("com.amazonaws.us-east-1.s3")] },
  {
    kind: "s3-interface-endpoint",
    title: "of another service",
    resources: [
      of("aws:ec2/vpcEndpoint:VpcEndpoint", {
        vpcEndpointType: "Interface",
        serviceName: "com.amazonaws.us-east-1.sagemaker.runtime",
        subnetIds: ["subnet-a"],
      }),
    ],
  },
  { kind: "unused-address", title: "of an instance", resources: [of("aws:ec2/eip:Eip", { instance: "i-1" })] },
  {
    kind: "unused-address",
    title: "of a NAT gateway",
    resources: [address, of("aws:ec2/natGateway:NatGateway", {}, { name: "nat", on: { allocationId: ["it"] } })],
  },
  {
    kind: "logs-for-ever",
    title: "30 days",
    resources: [of("aws:cloudwatch/logGroup:LogGroup", { retentionInDays: 30 })],
  },
  {
    kind: "logs-for-ever",
    title: "a class that has a retention of its own",
    resources: [of("aws:cloudwatch/logGroup:LogGroup", { logGroupClass: "DELIVERY" })],
  },
  { kind: "versions-for-ever", title: "no versions", resources: [bucket, versions("Suspended")] },
  {
    kind: "versions-for-ever",
    title: "a lifecycle",
    resources: [
      bucket,
      versions("Enabled"),
      lifecycle({ status: "Enabled", noncurrentVersionExpiration: { noncurrentDays: 30 } }),
    ],
  },
  { kind: "rest-api", title: "private", resources: [restApi({ endpointConfiguration: { types: "PRIVATE" } })] },
  {
    kind: "rest-api",
    title: "with a usage plan",
    resources: [restApi(), of("aws:apigateway/usagePlan:UsagePlan", {}, { name: "plan" })],
  },
  {
    kind: "seldom-asked",
    title: "asked all the time",
    resources: endpoint({ instanceType: "ml.m5.large" }),
    usage: { training: { customers: 1_000_000 }, serving: { forecastsPerCustomer: 100, milliseconds: 100 } },
  },
  {
    kind: "seldom-asked",
    title: "a GPU, which serverless endpoints do not have",
    resources: endpoint({ instanceType: "ml.g5.xlarge" }),
    usage: { training: { customers: 1 }, serving: { forecastsPerCustomer: 1 } },
  },
];
