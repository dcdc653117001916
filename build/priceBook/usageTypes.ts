/** What AWS calls the usage that a row prices; the amounts at which a tier begins and ends, where the row is a tier. */
export interface RowKey {
  readonly service: string;
  /** Without the Region prefix. */
  readonly usageType: string;
  readonly region?: string;
  readonly from?: number;
  readonly to?: number;
  /** True when the spelling was not read anywhere, so that an update from AWS's files may not find it. */
  readonly spellingNotRead?: true;
}

interface RowText {
  readonly service: string;
  readonly region: string;
  readonly item: string;
}

type Spelling = readonly [item: RegExp, key: string | Omit<RowKey, "service">];

/** AWS counts a TB of its tiers as 1,024 GB. */
const TB = 1024;

/** Service code by the service that a row names. */
const SERVICES: Readonly<Record<string, string>> = {
  "AWSEvents (EventBridge)": "AWSEvents",
  "AmazonEC2 NAT Gateway": "AmazonEC2",
};

/** Usage types by what a row says, tried in order. */
const SPELLINGS: Readonly<Record<string, readonly Spelling[]>> = {
  AWSLambda: [
    [/^Duration x86 tier 1/, { usageType: "Lambda-GB-Second", to: 6e9 }],
    [/^Duration x86 tier 2/, { usageType: "Lambda-GB-Second", from: 6e9, to: 15e9 }],
    [/^Duration x86 tier 3/, { usageType: "Lambda-GB-Second", from: 15e9 }],
    [/^Duration arm64 tier 1/, { usageType: "Lambda-GB-Second-ARM", to: 7.5e9 }],
    [/^Duration arm64 tier 2/, { usageType: "Lambda-GB-Second-ARM", from: 7.5e9, to: 18.75e9 }],
    [/^Duration arm64 tier 3/, { usageType: "Lambda-GB-Second-ARM", from: 18.75e9 }],
    [/^Requests x86/, "Request"],
    [/^Requests arm64/, "Request-ARM"],
    [/^Ephemeral storage above 512 MB, x86/, "Lambda-Storage-GB-Second"],
    [/^Ephemeral storage above 512 MB, arm64/, "Lambda-Storage-GB-Second-ARM"],
    [/^Provisioned concurrency x86/, "Lambda-Provisioned-Concurrency"],
    [/^Provisioned concurrency arm64/, "Lambda-Provisioned-Concurrency-ARM"],
    [/^Duration under provisioned concurrency x86/, "Lambda-Provisioned-GB-Second"],
    [/^Duration under provisioned concurrency arm64/, "Lambda-Provisioned-GB-Second-ARM"],
    [/^Response streaming bytes/, "Lambda-Streaming-Response-Processed-Bytes"],
    [/^Lambda@Edge requests/, "Lambda-Edge-Request"],
    [/^Lambda@Edge duration/, "Lambda-Edge-GB-Second"],
  ],
  AmazonS3: [
    [/^Standard storage first 50 TB/, { usageType: "TimedStorage-ByteHrs", to: 50 * TB }],
    [/^Standard storage next 450 TB/, { usageType: "TimedStorage-ByteHrs", from: 50 * TB, to: 500 * TB }],
    [/^Standard storage over 500 TB/, { usageType: "TimedStorage-ByteHrs", from: 500 * TB }],
    [/^PUT\/COPY/, "Requests-Tier1"],
    [/^GET and other/, "Requests-Tier2"],
    [/^S3 Object Lambda/, { usageType: "S3-ObjectLambda-Bytes-Returned", spellingNotRead: true }],
    [/^Intelligent-Tiering monitoring/, "Monitoring-Automation-INT"],
    [/^Standard-IA storage/, "TimedStorage-SIA-ByteHrs"],
  ],
  AWSDataTransfer: [
    [/first 10 TB/, { usageType: "DataTransfer-Out-Bytes", to: 10 * TB }],
    [/next 40 TB/, { usageType: "DataTransfer-Out-Bytes", from: 10 * TB, to: 50 * TB }],
    [/next 100 TB/, { usageType: "DataTransfer-Out-Bytes", from: 50 * TB, to: 150 * TB }],
    [/over 150 TB/, { usageType: "DataTransfer-Out-Bytes", from: 150 * TB }],
    [/^Data transfer in$/, "DataTransfer-In-Bytes"],
    [/^Intra-region/, "DataTransfer-Regional-Bytes"],
  ],
  AmazonApiGateway: [
    [/^HTTP API first 300M/, { usageType: "ApiGatewayHttpRequest", to: 300e6 }],
    [/^HTTP API over 300M/, { usageType: "ApiGatewayHttpRequest", from: 300e6 }],
    [/^REST API first 333M/, { usageType: "ApiGatewayRequest", to: 333e6 }],
  ],
  AWSQueueService: [
    [/^Standard queue/, "Requests-Tier1"],
    [/^FIFO queue/, "Requests-FIFO-Tier1"],
  ],
  AmazonSNS: [
    [/^Standard topic/, "Requests-Tier1"],
    [/^HTTP\/HTTPS/, "DeliveryAttempts-HTTP"],
    [/^Delivery to SQS/, "DeliveryAttempts-SQS"],
    [/^Email/, "DeliveryAttempts-SMTP"],
  ],
  AWSEvents: [
    [/^Scheduler invocations above/, { usageType: "Scheduler-Invocations", spellingNotRead: true }],
    [/^Custom events/, "Event-64K-Chunks"],
    [/^Pipes/, { usageType: "Pipes-64K-Chunks", spellingNotRead: true }],
  ],
  AmazonECR: [[/^Private repository storage/, "TimedStorage-ByteHrs"]],
  AWSSecretsManager: [
    [/^Secret$/, "AWSSecretsManager-Secrets"],
    [/^API calls/, "AWSSecretsManagerAPIRequest"],
  ],
  AmazonCloudWatch: [
    [/^Logs ingestion \(Standard/, "DataProcessing-Bytes"],
    [/^Logs storage/, "TimedStorage-ByteHrs"],
    [/^Logs ingestion \(Infrequent/, "DataProcessingIA-Bytes"],
    [/^Logs Insights/, "DataScanned-Bytes"],
    [/^Custom metric, first/, { usageType: "CW:MetricMonitorUsage", to: 10_000 }],
    [/^Custom metric, next/, { usageType: "CW:MetricMonitorUsage", from: 10_000, to: 250_000 }],
    [/^Alarm standard/, "CW:AlarmMonitorUsage"],
    [/^Alarm high/, "CW:HighResAlarmMonitorUsage"],
    [/^Composite alarm/, "CW:CompositeAlarmMonitorUsage"],
    [/^API request/, "CW:Requests"],
    [/^Dashboard/, "DashboardsUsageHour"],
  ],
  awskms: [
    [/^Customer managed key/, "KMS-Keys"],
    [/^Symmetric/, "KMS-Requests"],
    [/^Asymmetric/, "KMS-Requests-Asymmetric"],
  ],
  AmazonEC2: [
    [/^Gateway$/, "NatGateway-Hours"],
    [/^Data processed/, "NatGateway-Bytes"],
  ],
  AmazonVPC: [
    [/^Interface endpoint$/, "VpcEndpoint-Hours"],
    [/first 1 PB/, { usageType: "VpcEndpoint-Bytes", to: TB * TB }],
    [/next 4 PB/, { usageType: "VpcEndpoint-Bytes", from: TB * TB, to: 5 * TB * TB }],
    [/over 5 PB/, { usageType: "VpcEndpoint-Bytes", from: 5 * TB * TB }],
    [/^Public IPv4/, "PublicIPv4:InUseAddress"],
  ],
  AmazonCloudFront: [
    [/^HTTPS requests/, "Requests-Tier2-HTTPS"],
    [/^HTTP requests/, "Requests-Tier1"],
    [/out, first 10 TB/, { usageType: "DataTransfer-Out-Bytes", to: 10 * TB }],
    [/out, next 40 TB/, { usageType: "DataTransfer-Out-Bytes", from: 10 * TB, to: 50 * TB }],
    [/out, next 100 TB/, { usageType: "DataTransfer-Out-Bytes", from: 50 * TB, to: 150 * TB }],
    [/out, next 350 TB/, { usageType: "DataTransfer-Out-Bytes", from: 150 * TB, to: 500 * TB }],
    [/out, next 524 TB/, { usageType: "DataTransfer-Out-Bytes", from: 500 * TB, to: 1024 * TB }],
    [/out, next 4 PB/, { usageType: "DataTransfer-Out-Bytes", from: 1024 * TB, to: 5 * TB * TB }],
    [/out, over 5 PB/, { usageType: "DataTransfer-Out-Bytes", from: 5 * TB * TB }],
    [/^Invalidation/, "Invalidations"],
  ],
  AWSXRay: [[/^Traces recorded/, "XRay-TracesStored"]],
};

/** Usage types of SageMaker by the service that a row names: the prefix of the instance's type, or a list. */
const SAGEMAKER: Readonly<Record<string, string | readonly Spelling[]>> = {
  "AmazonSageMaker Hosting (real-time)": "Host:",
  "AmazonSageMaker Asynchronous inference (AsyncInf)": "AsyncInf:",
  "AmazonSageMaker Training (Train)": "Train:",
  "AmazonSageMaker Processing": "Processing:",
  "AmazonSageMaker Batch Transform (Tsform)": "Tsform:",
  "AmazonSageMaker Notebook instance (Notebk)": "Notebk:",
  "AmazonSageMaker Studio-Notebook": "Studio:KernelGateway-",
  "AmazonSageMaker Studio JupyterLab": "Studio:JupyterLab-",
  "AmazonSageMaker Serverless inference": [
    [/Usage-2GB/, "ServerlessInf:ProvisionedConcurrency:Usage-2GB"],
    [/ProvisionedConcurrency:Mem-2GB/, "ServerlessInf:ProvisionedConcurrency:Mem-2GB"],
    ...[1, 2, 3, 4, 5, 6].map(
      (gb): Spelling => [new RegExp(`duration, ${gb} GB|^${gb} GB`), `ServerlessInf:Mem-${gb}GB`],
    ),
  ],
  "AmazonSageMaker Serverless / Hosting": [
    [/Data-Bytes-In/, "Hst:Data-Bytes-In"],
    [/Data-Bytes-Out/, "Hst:Data-Bytes-Out"],
  ],
  "AmazonSageMaker Hosting": [[/IN \/ OUT/, "Hst:Data-Bytes-In"]],
  "AmazonSageMaker storage": [
    [/^Hosting|^Endpoint/, "Host:VolumeUsage.gp2"],
    [/^Notebook/, "Notebk:VolumeUsage.gp2"],
    [/^Training (ML|job)/, { usageType: "Train:VolumeUsage.gp2", spellingNotRead: true }],
    [/^Processing/, { usageType: "Processing:VolumeUsage.gp2", spellingNotRead: true }],
  ],
};

/** The keys that a row prices; none when its usage has no name here. Two where AWS charges both ways alike. */
export function keysOf({ service: named, region, item }: RowText): readonly RowKey[] {
  const sagemaker = SAGEMAKER[named];
  if (typeof sagemaker === "string") {
    const instance = /^(ml\.[a-z0-9]+\.[a-z0-9]+)/.exec(item)?.[1];
    return instance === undefined ? [] : [{ service: "AmazonSageMaker", usageType: `${sagemaker}${instance}` }];
  }
  const service = sagemaker ? "AmazonSageMaker" : (SERVICES[named] ?? named);
  const found = (sagemaker ?? SPELLINGS[service] ?? []).find(([words]) => words.test(item))?.[1];
  if (found === undefined) return [];
  const key: RowKey = { service, ...(typeof found === "string" ? { usageType: found } : found) };
  if (key.usageType === "Hst:Data-Bytes-In" && item.includes("OUT"))
    return [key, { ...key, usageType: "Hst:Data-Bytes-Out" }];
  if (service !== "AmazonCloudFront") return [key];
  // CloudFront's prefixes are edge locations, which belong to the usage type: it is priced once for the world.
  const edge = region.includes("Europe") ? "EU-" : region.includes("United States") ? "US-" : "";
  return [{ ...key, usageType: `${edge}${key.usageType}`, region: "global" }];
}
