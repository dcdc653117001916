import * as z from "zod";
import { LocalEndpoint } from "../hosting/localEndpoint";
import {
  METRICS,
  type MetricName,
  mergeStatistics,
  type StatisticSet,
  type VariantMetrics,
} from "../hosting/variantMetrics";
import type { LocalPlane } from "../localPlane";

const Dimension = z.object({ Name: z.string(), Value: z.string().optional() });
const Statistic = z.enum(["Average", "Sum", "Minimum", "Maximum", "SampleCount"], {
  error: "must be Average, Sum, Minimum, Maximum or SampleCount; percentiles are not kept here",
});
const Period = z.int().min(60).multipleOf(60);
/** Times are seconds since 1970 in this protocol. */
const Window = { StartTime: z.number(), EndTime: z.number() };
const Listed = z.object({
  Namespace: z.string().optional(),
  MetricName: z.string().optional(),
  Dimensions: z.array(Dimension).default([]),
});
const Statistics = z.object({
  Namespace: z.string(),
  MetricName: z.string(),
  Dimensions: z.array(Dimension).default([]),
  ...Window,
  Period,
  Statistics: z.array(Statistic).min(1),
});
const Data = z.object({
  MetricDataQueries: z.array(
    z.object({
      Id: z.string(),
      Label: z.string().optional(),
      ReturnData: z.boolean().default(true),
      Expression: z.never({ error: "expressions are not evaluated here" }).optional(),
      MetricStat: z.object({
        Metric: z.object({ Namespace: z.string(), MetricName: z.string(), Dimensions: z.array(Dimension).default([]) }),
        Period,
        Stat: Statistic,
      }),
    }),
  ),
  ...Window,
  ScanBy: z.enum(["TimestampAscending", "TimestampDescending"]).default("TimestampDescending"),
});

/** One metric of one variant. */
interface Series {
  readonly namespace: string;
  readonly name: MetricName;
  readonly unit: string;
  readonly metrics: VariantMetrics;
}

type Asked = z.output<typeof Listed>;

/** Carries out one operation. Its input is what the client sent, not checked yet. */
type Operation = (input: unknown, plane: LocalPlane) => Promise<object>;

/**
 * The operations of CloudWatch that run here, over the metrics of endpoints
 * (docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Operations.html). All values are kept by minute.
 */
export const CLOUDWATCH_OPERATIONS: Readonly<Record<string, Operation>> = {
  async ListMetrics(input, plane) {
    const Metrics = (await seriesOf(plane, Listed.parse(input))).map(({ namespace, name, metrics }) => ({
      Namespace: namespace,
      MetricName: name,
      Dimensions: dimensionsOf(metrics).map(([Name, Value]) => ({ Name, Value })),
    }));
    return { Metrics };
  },

  async GetMetricStatistics(input, plane) {
    const asked = Statistics.parse(input);
    const series = (await seriesOf(plane, asked)).filter((each) => isExactly(each, asked.Dimensions));
    const Datapoints = periods(series, asked).map(([time, values]) => ({
      Timestamp: time / 1000,
      Unit: series[0]?.unit,
      ...Object.fromEntries(asked.Statistics.map((name) => [name, statistic(values, name)])),
    }));
    return { Label: asked.MetricName, Datapoints };
  },

  async GetMetricData(input, plane) {
    const { MetricDataQueries, StartTime, EndTime, ScanBy } = Data.parse(input);
    const results = MetricDataQueries.filter(({ ReturnData }) => ReturnData).map(async ({ Id, Label, MetricStat }) => {
      const { Metric, Period, Stat } = MetricStat;
      const series = (await seriesOf(plane, Metric)).filter((each) => isExactly(each, Metric.Dimensions));
      const points = periods(series, { StartTime, EndTime, Period });
      if (ScanBy === "TimestampDescending") points.reverse();
      return {
        Id,
        Label: Label ?? Metric.MetricName,
        Timestamps: points.map(([time]) => time / 1000),
        Values: points.map(([, values]) => statistic(values, Stat)),
        StatusCode: "Complete",
      };
    });
    return { MetricDataResults: await Promise.all(results), Messages: [] };
  },
};

async function seriesOf(plane: LocalPlane, { Namespace, MetricName, Dimensions }: Asked): Promise<readonly Series[]> {
  const variants = plane.all(LocalEndpoint).flatMap((endpoint) => endpoint.variants);
  await Promise.all(variants.map((variant) => variant.sample()));
  return variants
    .flatMap(({ metrics }) =>
      metrics.names().map((name): Series => {
        const [namespace, unit] = METRICS[name];
        return { namespace, name, unit, metrics };
      }),
    )
    .filter(({ namespace, name, metrics }) => {
      const its = new Map(dimensionsOf(metrics));
      return (
        (Namespace ?? namespace) === namespace &&
        (MetricName ?? name) === name &&
        Dimensions.every(({ Name, Value }) => its.has(Name) && (Value ?? its.get(Name)) === its.get(Name))
      );
    });
}

function dimensionsOf({ endpointName, variantName }: VariantMetrics): readonly (readonly [string, string])[] {
  return [
    ["EndpointName", endpointName],
    ["VariantName", variantName],
  ];
}

/** CloudWatch adds nothing up over dimensions that are left out: another set of dimensions is another metric. */
function isExactly({ metrics }: Series, asked: readonly z.output<typeof Dimension>[]): boolean {
  return asked.length === dimensionsOf(metrics).length;
}

/** Values of whole periods, in order. */
function periods(
  series: readonly Series[],
  { StartTime, EndTime, Period }: { readonly StartTime: number; readonly EndTime: number; readonly Period: number },
): [time: number, values: StatisticSet][] {
  const length = Period * 1000;
  const merged = new Map<number, StatisticSet>();
  for (const { name, metrics } of series) {
    for (const [time, values] of metrics.minutes(name)) {
      const start = Math.floor(time / length) * length;
      // The start is rounded down to the period, the end is not part of it.
      if (start < Math.floor((StartTime * 1000) / length) * length || start >= EndTime * 1000) continue;
      merged.set(start, mergeStatistics(merged.get(start), values));
    }
  }
  return [...merged].sort(([a], [b]) => a - b);
}

function statistic(values: StatisticSet, name: z.output<typeof Statistic>): number {
  return name === "Average" ? values.Sum / values.SampleCount : values[name];
}
