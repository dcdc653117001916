/** One figure of a usage file: what it is, its unit, and what is taken when nobody says. */
export interface UsageField {
  readonly what: string;
  readonly unit: string;
  /** Low, expected, high. */
  readonly default: readonly [number, number, number];
  /** Where the default comes from; `assumed` where nobody measured it. */
  readonly basis: string;
  /** True for a share, which is at most 1. */
  readonly share?: true;
}

/**
 * What a usage file may say. Defaults are ranges, wide where nothing is known: a figure that you give narrows the bill.
 * Milliseconds of CPU are those of docs/benchmarks.md, which are not of Graviton.
 */
export const USAGE_FIELDS = {
  images: {
    perMonth: {
      what: "images that arrive in a month",
      unit: "images",
      default: [10_000, 100_000, 1_000_000],
      basis: "assumed",
    },
    storedMonths: { what: "months for which images are kept", unit: "months", default: [1, 12, 36], basis: "assumed" },
    bytes: { what: "size of an original", unit: "bytes", default: [50_000, 200_000, 3_000_000], basis: "assumed" },
    derivedBytes: {
      what: "size of a normalised image",
      unit: "bytes",
      default: [4_000, 10_000, 30_000],
      basis: "assumed",
    },
    epochs: {
      what: "times that a reader reads each image that arrived in the month",
      unit: "reads",
      default: [1, 10, 90],
      basis: "assumed",
    },
    readers: {
      what: "readers: training jobs, or whoever reads",
      unit: "readers",
      default: [1, 1, 4],
      basis: "assumed",
    },
    cpuMilliseconds: {
      what: "CPU of one image with a whole vCPU",
      unit: "ms",
      default: [5, 18, 100],
      basis:
        "docs/benchmarks.md: function-url 15.8 to 17.8 of 0.5 to 0.8 megapixels; 4.7 without the server, 99.9 for 12 megapixels, progressive",
    },
    waitMilliseconds: {
      what: "time of one image that is not CPU: reading the original",
      unit: "ms",
      default: [10, 30, 150],
      basis: "assumed",
    },
    liveShare: {
      what: "share of reads that the function answers, in a stack that also has derived copies",
      unit: "share",
      default: [0, 0.1, 1],
      basis: "assumed",
      share: true,
    },
    objectLambdaShare: {
      what: "of those, the share through Object Lambda, in a stack that has both",
      unit: "share",
      default: [0, 0.5, 1],
      basis: "assumed",
      share: true,
    },
    internetShare: {
      what: "share of the bytes read that leave AWS",
      unit: "share",
      default: [0, 0, 1],
      basis: "assumed: readers are in the Region",
      share: true,
    },
    changesPerInvocation: {
      what: "changes that one execution of the function follows",
      unit: "changes",
      default: [1, 2, 10],
      basis: "batches of up to 10; full ones only under load",
    },
  },
  training: {
    customers: {
      what: "customers, one model each",
      unit: "customers",
      default: [100, 1_000, 10_000],
      basis: "assumed; a fleet's expectedCustomers where it is given",
    },
    runsPerMonth: {
      what: "runs of a pipeline without a schedule",
      unit: "runs",
      default: [0, 4, 31],
      basis: "assumed",
    },
    trainingMinutes: {
      what: "minutes of one training step, on each instance",
      unit: "minutes",
      default: [2, 5, 30],
      basis:
        "assumed; 1,000 customers are 7 s of work on two cores (docs/benchmarks.md), the rest is start-up and transfer",
    },
    processingMinutes: {
      what: "minutes of one processing step, on each instance",
      unit: "minutes",
      default: [2, 4, 15],
      basis: "assumed",
    },
    transformMinutes: {
      what: "minutes of one transform step, on each instance",
      unit: "minutes",
      default: [5, 20, 120],
      basis: "assumed",
    },
    spotDiscount: {
      what: "discount of managed spot training",
      unit: "share",
      default: [0, 0, 0.9],
      basis:
        "AWS says up to 90 % (sagemaker/latest/dg/model-managed-spot-training.html); nothing less is promised, so none is expected",
      share: true,
    },
    modelBytes: {
      what: "size of a customer's model",
      unit: "bytes",
      default: [2_000, 10_000, 100_000],
      basis: "assumed",
    },
    dataBytes: {
      what: "size of a customer's data",
      unit: "bytes",
      default: [5_000, 30_000, 500_000],
      basis: "assumed",
    },
    objectsPerCustomer: {
      what: "objects that a run writes, and reads, for a customer",
      unit: "objects",
      default: [3, 5, 10],
      basis: "containers/forecast: series, model, result and pointer",
    },
    versions: {
      what: "versions of the models that are kept",
      unit: "versions",
      default: [2, 5, 10],
      basis: "the component's retainVersions is 5 unless given",
    },
  },
  serving: {
    forecastsPerCustomer: {
      what: "forecasts asked for each customer in a month",
      unit: "forecasts",
      default: [1, 30, 720],
      basis: "assumed",
    },
    requestBytes: { what: "size of a request", unit: "bytes", default: [15, 20, 1_000], basis: "assumed" },
    answerBytes: { what: "size of an answer", unit: "bytes", default: [500, 1_500, 20_000], basis: "assumed" },
    milliseconds: {
      what: "time of one answer of a serverless endpoint",
      unit: "ms",
      default: [10, 50, 1_000],
      basis: "assumed",
    },
    volumeGb: {
      what: "volume of an instance, where none is given",
      unit: "GB",
      default: [0, 30, 30],
      basis: "assumed",
    },
    busyShare: {
      what: "share of the month in which an endpoint needs all its instances; of one that scales to none, is asked at all",
      unit: "share",
      default: [0, 0.3, 1],
      basis: "assumed: seven hours a day",
      share: true,
    },
  },
  functions: {
    requests: {
      what: "requests to a function that nothing in the stack calls",
      unit: "requests",
      default: [0, 100_000, 10_000_000],
      basis: "assumed",
    },
    milliseconds: {
      what: "duration of a function that is not known",
      unit: "ms",
      default: [10, 200, 2_000],
      basis: "assumed",
    },
  },
  logs: {
    bytesPerRequest: {
      what: "log of one execution",
      unit: "bytes",
      default: [500, 1_500, 5_000],
      basis: "assumed: a line of ours and two of Lambda",
    },
    gbPerMonth: {
      what: "log of a group that no function of the stack writes to",
      unit: "GB",
      default: [0, 1, 50],
      basis: "assumed",
    },
    keptShare: {
      what: "share of the bytes that is left when they are stored, compressed",
      unit: "share",
      default: [0.05, 0.15, 1],
      basis: "0.15 is what AWS's pricing page reckons with",
      share: true,
    },
    foreverMonths: { what: "months of logs that never expire", unit: "months", default: [1, 12, 60], basis: "assumed" },
  },
  queues: {
    messages: {
      what: "messages through a queue that no bucket of the stack writes to",
      unit: "messages",
      default: [0, 10_000, 1_000_000],
      basis: "assumed",
    },
    requestsPerMessage: {
      what: "requests that a message takes: sent, received, deleted; fewer in batches",
      unit: "requests",
      default: [1.2, 3, 4],
      basis: "assumed",
    },
    emptyReceives: {
      what: "receives of Lambda that find nothing, of a queue that it polls",
      unit: "requests",
      default: [0, 650_000, 1_300_000],
      basis: "assumed: five pollers that wait 20 s each",
    },
  },
  storage: {
    gb: { what: "data in a bucket that is not known", unit: "GB", default: [0, 10, 1_000], basis: "assumed" },
    writes: { what: "writes and listings of it", unit: "requests", default: [0, 10_000, 1_000_000], basis: "assumed" },
    reads: { what: "reads of it", unit: "requests", default: [0, 100_000, 10_000_000], basis: "assumed" },
    noncurrentShare: {
      what: "GB of earlier versions for each GB of the newest, in a bucket that never lets them go",
      unit: "GB",
      default: [0, 1, 12],
      basis: "assumed: up to a year in which all of it is written anew each month",
    },
    imageGb: { what: "images in a container repository", unit: "GB", default: [0.05, 0.5, 10], basis: "assumed" },
  },
  network: {
    apiRequests: { what: "requests to an API", unit: "requests", default: [0, 100_000, 10_000_000], basis: "assumed" },
    endpointGb: { what: "data through an interface endpoint", unit: "GB", default: [0, 10, 1_000], basis: "assumed" },
    natGb: { what: "data through a NAT gateway", unit: "GB", default: [0, 50, 5_000], basis: "assumed" },
    cdnRequests: {
      what: "requests to a distribution of CloudFront",
      unit: "requests",
      default: [0, 100_000, 10_000_000],
      basis: "assumed",
    },
    cdnGb: { what: "data that a distribution sends to readers", unit: "GB", default: [0, 10, 1_000], basis: "assumed" },
    s3Share: {
      what: "share of a NAT gateway's data that comes from S3 or goes there",
      unit: "share",
      default: [0, 0.5, 1],
      basis: "assumed",
      share: true,
    },
    keyRequests: { what: "requests to a key", unit: "requests", default: [0, 10_000, 10_000_000], basis: "assumed" },
  },
  notebooks: {
    hours: {
      what: "hours that a notebook instance runs",
      unit: "hours",
      default: [160, 730, 730],
      basis: "it runs until it is stopped",
    },
    workedHours: {
      what: "hours in which somebody works on it",
      unit: "hours",
      default: [40, 160, 200],
      basis: "assumed: a working month, or a week",
    },
    volumeGb: {
      what: "volume of a notebook instance, where none is given",
      unit: "GB",
      default: [5, 5, 5],
      basis: "API_CreateNotebookInstance: VolumeSizeInGB defaults to 5",
    },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, UsageField>>>>;

export type UsageGroup = keyof typeof USAGE_FIELDS;
