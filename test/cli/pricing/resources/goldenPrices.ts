import { UNKNOWN } from "../../../../contracts/graph";
import type { HandmadeResource } from "../pricedGraph";
import type { Golden } from "./golden";

const lambda = (inputs: HandmadeResource["inputs"] = {}): HandmadeResource => ({
  type: "aws:lambda/function:Function",
  inputs: { architectures: ["arm64"], memorySize: 1024, ...inputs },
});
const WORK = { it: { requests: 10_000_000, milliseconds: 250 } };

const warmed = (inputs: HandmadeResource["inputs"]): readonly HandmadeResource[] => [
  { type: "aws:lambda/function:Function", ...(inputs && { inputs }) },
  {
    type: "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig",
    name: "warm",
    inputs: { provisionedConcurrentExecutions: 10 },
    on: { functionName: ["it"] },
  },
];

/** Prices of every kind but SageMaker's. */
export const GOLDEN_PRICES: readonly Golden[] = [
  {
    title: "a function on Graviton",
    resources: [lambda()],
    single: WORK,
    // 10 × 0.20; 10e6 × 0.25 s × 1 GB × 0.0000133334.
    bill: ["requests 2.00", "duration 33.33"],
  },
  {
    title: "a function on x86, which is what a function is that says nothing",
    resources: [{ type: "aws:lambda/function:Function", inputs: { memorySize: 1024 } }],
    single: WORK,
    // 2,500,000 GB-seconds × 0.0000166667.
    bill: ["requests 2.00", "duration 41.67"],
  },
  {
    title: "a function with 10,240 MB of storage, in Ireland",
    resources: [lambda({ ephemeralStorage: { size: 10_240 } })],
    single: WORK,
    region: "eu-west-1",
    // 2,500,000 s × (10,240 - 512) / 1,024 = 23,750,000 GB-seconds × 0.000000034.
    bill: ["requests 2.00", "duration 33.33", "ephemeral storage above 512 MB 0.81"],
  },
  {
    title: "a function whose requests are traced: the first of each second, and 5 % of the others",
    resources: [lambda({ memorySize: 128, tracingConfig: { mode: "Active" } })],
    single: { it: { requests: 10_000_000, milliseconds: 100 } },
    // 2.00; 1e6 s / 8 = 125,000 GB-seconds × 0.0000133334; 2,628,000 + 7,372,000 / 20 = 2,996,600 traces × 5 / 1e6, or
    // 500,000 when all come at once.
    bill: ["requests 2.00", "duration 1.67", "traces 14.98 2.50..14.98"],
  },
  {
    title: "a function beyond the first tier",
    resources: [lambda()],
    single: { it: { requests: 40_000_000_000, milliseconds: 250 } },
    // 10e9 GB-seconds: 7.5e9 × 0.0000133334 + 2.5e9 × 0.0000120001; 40,000 × 0.20.
    bill: ["requests 8000.00", "duration 130000.75"],
  },
  {
    title: "provisioned concurrency",
    resources: warmed({ architectures: ["arm64"], memorySize: 1024 }),
    single: { it: { requests: 0, milliseconds: 0 } },
    // 10 × 1 GB × 730 h × 3,600 s × 0.0000033334.
    bill: ["requests 0.00", "duration 0.00", "provisioned concurrency 87.60"],
  },
  {
    title: "provisioned concurrency of a function that says nothing: 128 MB on x86",
    resources: warmed({}),
    single: { it: { requests: 0, milliseconds: 0 } },
    // 10 × 1/8 GB × 730 h × 3,600 s × 0.0000041667.
    bill: ["requests 0.00", "duration 0.00", "provisioned concurrency 13.69"],
  },
  {
    title: "provisioned concurrency of a function of which nothing is known: 128 MB on Graviton to 10 GB on x86",
    resources: warmed({ architectures: UNKNOWN, memorySize: UNKNOWN }),
    single: { it: { requests: 0, milliseconds: 0 } },
    // 10 × 1 GB × 2,628,000 s × 0.0000041667; 10 × 1/8 GB at 0.0000033334, 10 × 10 GB at 0.0000041667.
    bill: ["requests 0.00", "duration 0.00", "provisioned concurrency 109.50 10.95..1095.01"],
  },
  {
    title: "a bucket, over the first 50 TB",
    resources: [{ type: "aws:s3/bucket:Bucket" }],
    single: { it: { gb: 60_000, writes: 2_000_000, reads: 50_000_000 } },
    // 51,200 × 0.023 + 8,800 × 0.022; 2,000 × 0.005; 50,000 × 0.0004.
    bill: ["storage 1371.20", "writes and listings 10.00", "reads 20.00"],
  },
  {
    title: "a log group with a year's retention",
    resources: [{ type: "aws:cloudwatch/logGroup:LogGroup", inputs: { retentionInDays: 365 } }],
    usage: { logs: { keptShare: 0.15 } },
    single: { it: { gb: 100 } },
    // 100 × 0.50; 100 GB × 12 months × 0.15 × 0.03.
    bill: ["log written 50.00", "log kept 5.40"],
  },
  {
    title: "a log group of infrequent access, in Ireland",
    resources: [
      {
        type: "aws:cloudwatch/logGroup:LogGroup",
        inputs: { retentionInDays: 365, logGroupClass: "INFREQUENT_ACCESS" },
      },
    ],
    usage: { logs: { keptShare: 0.15 } },
    single: { it: { gb: 100 } },
    region: "eu-west-1",
    bill: ["log written 28.50", "log kept 5.40"],
  },
  {
    title: "a queue",
    resources: [{ type: "aws:sqs/queue:Queue" }],
    single: { it: { requests: 25_000_000 } },
    bill: ["requests 10.00"],
  },
  {
    title: "a FIFO queue",
    resources: [{ type: "aws:sqs/queue:Queue", inputs: { fifoQueue: true } }],
    single: { it: { requests: 25_000_000 } },
    bill: ["requests 12.50"],
  },
  {
    title: "an access point of Object Lambda",
    resources: [{ type: "aws:s3control/objectLambdaAccessPoint:ObjectLambdaAccessPoint" }],
    single: { it: { gb: 500 } },
    bill: ["bytes returned 2.50"],
  },
  {
    title: "an alarm, one of metric math, one of high resolution, a composite one",
    resources: [
      { type: "aws:cloudwatch/metricAlarm:MetricAlarm", name: "one", inputs: { period: 300 } },
      {
        type: "aws:cloudwatch/metricAlarm:MetricAlarm",
        name: "math",
        inputs: { metricQueries: [{ expression: "a/b" }, { metric: { period: 300 } }, { metric: { period: 300 } }] },
      },
      { type: "aws:cloudwatch/metricAlarm:MetricAlarm", name: "fine", inputs: { period: 10 } },
      { type: "aws:cloudwatch/compositeAlarm:CompositeAlarm", name: "both" },
    ],
    bill: ["metrics watched 0.10", "metrics watched 0.20", "metrics watched 0.30", "alarm 0.50"],
  },
  { title: "a dashboard", resources: [{ type: "aws:cloudwatch/dashboard:Dashboard" }], bill: ["dashboard 3.00"] },
  {
    title: "a dashboard, which costs the same everywhere",
    resources: [{ type: "aws:cloudwatch/dashboard:Dashboard" }],
    region: "eu-west-1",
    bill: ["dashboard 3.00"],
  },
  {
    title: "a distribution, whose readers are in North America or in Europe",
    resources: [{ type: "aws:cloudfront/distribution:Distribution", inputs: { priceClass: "PriceClass_100" } }],
    single: { it: { requests: 10_000_000, gb: 20_000 } },
    // 1,000 × 0.01, in Europe × 0.012; 10,240 × 0.085 + 9,760 × 0.08.
    bill: ["requests 10.00 10.00..12.00", "data to readers 1651.20"],
  },
  {
    title: "a repository",
    resources: [{ type: "aws:ecr/repository:Repository" }],
    single: { it: { gb: 7 } },
    bill: ["images stored 0.70"],
  },
  {
    title: "a key",
    resources: [{ type: "aws:kms/key:Key" }],
    single: { it: { requests: 1_000_000 } },
    bill: ["key 1.00", "requests 3.00"],
  },
  { title: "a secret", resources: [{ type: "aws:secretsmanager/secret:Secret" }], bill: ["secret 0.40"] },
  {
    title: "an interface endpoint in two zones, in Ireland",
    resources: [
      {
        type: "aws:ec2/vpcEndpoint:VpcEndpoint",
        inputs: { vpcEndpointType: "Interface", subnetIds: ["subnet-a", "subnet-b"] },
      },
    ],
    single: { it: { gb: 200 } },
    region: "eu-west-1",
    // 2 × 730 × 0.011; 200 × 0.01.
    bill: ["hours in each zone 16.06", "data 2.00"],
  },
  {
    title: "a gateway endpoint, which is free",
    resources: [{ type: "aws:ec2/vpcEndpoint:VpcEndpoint", inputs: { vpcEndpointType: "Gateway" } }],
    bill: [],
  },
  {
    title: "a NAT gateway",
    resources: [{ type: "aws:ec2/natGateway:NatGateway" }],
    single: { it: { gb: 1000 } },
    // 730 × 0.045; 1,000 × 0.045.
    bill: ["hours 32.85", "data 45.00"],
  },
  // 730 × 0.005.
  { title: "a public address", resources: [{ type: "aws:ec2/eip:Eip" }], bill: ["hours 3.65"] },
  {
    title: "a schedule of every minute",
    resources: [{ type: "aws:scheduler/schedule:Schedule", inputs: { scheduleExpression: "rate(1 minute)" } }],
    // 43,800 × 1 / 1,000,000.
    bill: ["invocations 0.04"],
  },
  {
    title: "an HTTP API beyond the first tier",
    resources: [{ type: "aws:apigatewayv2/api:Api", inputs: { protocolType: "HTTP" } }],
    single: { it: { requests: 400_000_000 } },
    // 300 × 1 + 100 × 0.9.
    bill: ["requests 390.00"],
  },
  {
    title: "a REST API",
    resources: [{ type: "aws:apigateway/restApi:RestApi" }],
    single: { it: { requests: 2_000_000 } },
    bill: ["requests 7.00"],
  },
  {
    title: "a topic",
    resources: [{ type: "aws:sns/topic:Topic" }],
    single: { it: { requests: 3_000_000 } },
    bill: ["requests 1.50"],
  },
  {
    title: "the metrics of our components",
    resources: [
      {
        type: "frugal-ml:index:NormalizingAccessPoint",
        name: "images",
        inputs: { deliveries: ["function-url", "materialized"] },
      },
      { type: "frugal-ml:index:TrainingFleet", name: "fleet" },
    ],
    // 12 × 0.30; 2 × 0.30; nothing in a month without a request.
    bill: ["custom metrics 3.60 0.00..3.60", "custom metrics 0.60 0.00..0.60"],
  },
];
