/** Namespaces, units and names of an endpoint's metrics (docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html). */
const INVOCATION = "AWS/SageMaker";
const INSTANCE = "/aws/sagemaker/Endpoints";

export const METRICS = {
  Invocations: [INVOCATION, "None"],
  Invocation4XXErrors: [INVOCATION, "None"],
  Invocation5XXErrors: [INVOCATION, "None"],
  InvocationModelErrors: [INVOCATION, "None"],
  ModelLatency: [INVOCATION, "Microseconds"],
  OverheadLatency: [INVOCATION, "Microseconds"],
  ModelCacheHit: [INVOCATION, "None"],
  ModelLoadingWaitTime: [INVOCATION, "Microseconds"],
  ModelDownloadingTime: [INVOCATION, "Microseconds"],
  ModelLoadingTime: [INVOCATION, "Microseconds"],
  ModelUnloadingTime: [INVOCATION, "Microseconds"],
  /** Of a serverless endpoint: how long it took to find memory and to start the container. */
  ModelSetupTime: [INVOCATION, "Microseconds"],
  /** Of an asynchronous endpoint (docs.aws.amazon.com/sagemaker/latest/dg/async-inference-monitor.html). */
  ApproximateBacklogSize: [INVOCATION, "Count"],
  InvocationsProcessed: [INVOCATION, "Count"],
  InvocationFailures: [INVOCATION, "Count"],
  ExpiredRequests: [INVOCATION, "Count"],
  TimeInBacklog: [INVOCATION, "Milliseconds"],
  LoadedModelCount: [INSTANCE, "None"],
  MemoryUtilization: [INSTANCE, "Percent"],
  CPUUtilization: [INSTANCE, "Percent"],
  DiskUtilization: [INSTANCE, "Percent"],
} as const satisfies Record<string, readonly [namespace: string, unit: string]>;

export type MetricName = keyof typeof METRICS;

/** Minutes that are kept: a day, where CloudWatch keeps such minutes for 15 days. */
const MINUTES = 1440;

/** Values of a time, as CloudWatch adds them up. */
export interface StatisticSet {
  readonly SampleCount: number;
  readonly Sum: number;
  readonly Minimum: number;
  readonly Maximum: number;
}

/** The sum of two. */
export function mergeStatistics(a: StatisticSet | undefined, b: StatisticSet): StatisticSet {
  if (a === undefined) return b;
  return {
    SampleCount: a.SampleCount + b.SampleCount,
    Sum: a.Sum + b.Sum,
    Minimum: Math.min(a.Minimum, b.Minimum),
    Maximum: Math.max(a.Maximum, b.Maximum),
  };
}

interface Series {
  all: StatisticSet;
  /** By minutes since 1970, oldest first. */
  readonly minutes: Map<number, StatisticSet>;
}

/** Metrics of one variant of an endpoint: since the start, and by minute. */
export class VariantMetrics {
  readonly #series = new Map<MetricName, Series>();

  constructor(
    readonly endpointName: string,
    readonly variantName: string,
    private readonly now: () => number = Date.now,
  ) {}

  /** Takes one value. */
  record(name: MetricName, value: number): void {
    const sample = { SampleCount: 1, Sum: value, Minimum: value, Maximum: value };
    const series = this.#series.get(name) ?? { all: sample, minutes: new Map() };
    if (this.#series.has(name)) series.all = mergeStatistics(series.all, sample);
    else this.#series.set(name, series);
    const minute = Math.floor(this.now() / 60_000);
    series.minutes.set(minute, mergeStatistics(series.minutes.get(minute), sample));
    const [oldest] = series.minutes.keys();
    if (series.minutes.size > MINUTES && oldest !== undefined) series.minutes.delete(oldest);
  }

  /** Names that have values. */
  names(): readonly MetricName[] {
    return [...this.#series.keys()];
  }

  /** All values since the start. */
  total(name: MetricName): StatisticSet | undefined {
    return this.#series.get(name)?.all;
  }

  /** Values by minute, in order; times are milliseconds since 1970. */
  minutes(name: MetricName): readonly (readonly [time: number, values: StatisticSet])[] {
    return [...(this.#series.get(name)?.minutes ?? [])].map(([minute, values]) => [minute * 60_000, values]);
  }
}

/** Microseconds since a time of `performance.now()`. */
export function microsecondsSince(started: number): number {
  return Math.round((performance.now() - started) * 1000);
}
