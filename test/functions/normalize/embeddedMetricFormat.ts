import assert from "node:assert/strict";
import * as z from "zod";

/** Units that CloudWatch knows and that are used here. */
const Unit = z.enum(["Bytes", "Count", "Milliseconds"]);

/** Names of metrics, dimensions and namespaces: 1 to 1024 (255) ASCII characters; namespaces not of AWS. */
const Name = z.string().regex(/^[\x21-\x7e]{1,255}$/);
const Directive = z.strictObject({
  Namespace: z.string().regex(/^(?!AWS\/)[A-Za-z0-9.\-_/#:]{1,255}$/),
  Dimensions: z.array(z.array(Name).max(30)).min(1),
  Metrics: z.array(z.strictObject({ Name, Unit })).min(1).max(100),
});
const Line = z.looseObject({
  _aws: z.strictObject({ Timestamp: z.int().positive(), CloudWatchMetrics: z.array(Directive).min(1) }),
});

/** A metric as CloudWatch takes it out of a line of a log. */
export interface ExtractedMetric {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly dimensions: Readonly<Record<string, string>>;
}

/**
 * Takes the metrics out of a line of a log by CloudWatch's rules
 * (docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html).
 * @throws when the line breaks one of them
 */
export function extractMetrics(line: string): readonly ExtractedMetric[] {
  assert.ok(Buffer.byteLength(line) < 256 * 1024, "longer than the smallest limit that was ever documented");
  const root = Line.parse(JSON.parse(line));
  const target = (name: string): unknown => {
    assert.ok(Object.hasOwn(root, name), `${name} is not a member of the root`);
    return root[name];
  };
  assert.ok(Math.abs(Date.now() - root._aws.Timestamp) < 2 * 3600 * 1000, "further than two hours from now");
  return root._aws.CloudWatchMetrics.flatMap(({ Dimensions, Metrics }) => {
    assert.equal(new Set(Metrics.map(({ Name }) => Name)).size, Metrics.length, "a metric is named twice");
    return Dimensions.flatMap((set) => {
      const dimensions = Object.fromEntries(set.map((name) => [name, z.string().min(1).max(1024).parse(target(name))]));
      return Metrics.map(({ Name, Unit }) => ({
        name: Name,
        unit: Unit,
        value: z.number().parse(target(Name)),
        dimensions,
      }));
    });
  });
}
