/** What `npm start` writes to `out/summary.json`. Later parts add fields; none is removed. */
export interface RunSummary {
  readonly ok: boolean;
  readonly seconds: number;
  /** Where the time went, by part, in seconds, with the budget of each. */
  readonly parts: Readonly<Record<string, { readonly seconds: number; readonly budget: number }>>;
  readonly check: { readonly resources: number; readonly packs: readonly string[]; readonly violations: number };
  readonly normalize: {
    readonly images: number;
    readonly perSecond: number;
    readonly p50Ms: number;
    readonly p99Ms: number;
    /** CPU of the function's processes for each image, both deliveries counted apart. */
    readonly cpuMsPerImage: number;
  };
  /** Absent for a stack without a fleet. */
  readonly train?: {
    readonly customers: number;
    /** From the start function's call until the pointers had moved. */
    readonly seconds: number;
    /** Models over those seconds. */
    readonly fitsPerSecond: number;
    /** Median over the customers of the error on the points that were held out; null when none was long enough. */
    readonly medianMase: number | null;
    /** The seasonal-naive baseline's, on the same points. */
    readonly naiveMase: number | null;
    /** How often the training machines were taken away. */
    readonly interruptions: number;
  };
  /** Absent for a stack without a fleet that is served. */
  readonly serve?: {
    /** Customers whose model was asked. */
    readonly models: number;
    readonly requests: number;
    /** Requests for models that were loaded already. */
    readonly perSecond: number;
    readonly p50Ms: number;
    readonly p99Ms: number;
    /** Median of the first requests, which wait for their model: pointer, download, unpacking, loading, answer. */
    readonly coldMs: number;
    readonly coldP99Ms: number;
    /** Share in percent of the held-back readings within the forecasts' 80 % interval; null when none were held back. */
    readonly coveragePercent: number | null;
  };
  /** What the stack that was run would cost in a month on AWS, in US dollars to the cent; absent when it could not be priced. */
  readonly price?: {
    /** Expected. */
    readonly monthly: number;
    readonly low: number;
    readonly high: number;
    /** Parts of the expected cost: paid for being there, and for what is done. */
    readonly fixed: number;
    readonly perUse: number;
    /** Charges without a price, which would come on top. */
    readonly notPriced: number;
    /** Share in percent of the expected cost that rests on prices that were derived, not read. */
    readonly derivedPercent: number;
    /** Date of the price book, and its age in days. */
    readonly bookDate: string;
    readonly bookAgeDays: number;
  };
  /** Absent for a stack without a classifier that has labelled pictures beside its model. */
  readonly classify?: {
    /** Pictures that were classified one by one and, where there is a queue, half of them once more through it. */
    readonly pictures: number;
    /** Of those, how many got their own label first. */
    readonly correct: number;
    /** Answers of the API. */
    readonly requests: number;
    /** Of a function that is warm. */
    readonly perSecond: number;
    readonly p50Ms: number;
    readonly p99Ms: number;
    /** The first answer, which waits for a process, the model and its session. */
    readonly coldMs: number;
    /** Hostile requests, links and messages, each refused as it must be. */
    readonly refused: number;
  };
  /** Absent for a stack without a pooled model. */
  readonly newcomers?: {
    /** Requests to the serverless endpoint, and how long their answers took. */
    readonly requests: number;
    readonly p50Ms: number;
    readonly p99Ms: number;
    /** Requests to the asynchronous endpoint, and the median until an answer was in the bucket. */
    readonly laterRequests: number;
    readonly laterMs: number;
    /** Records of the transform job, and how long its pipeline ran, its container's start included. */
    readonly nightlyRecords: number;
    readonly nightlySeconds: number;
  };
  /** What went wrong, one line each; empty when `ok`. */
  readonly failures: readonly string[];
}
