import type { ComparedForecast } from "../../../../cli/job/comparedForecast";
import { priceFigures, type StackPrice } from "../../../../cli/job/priceStack";
import { shippedBook } from "../../../../cli/pricing/book/readPriceBook";
import { priceGraph } from "../../../../cli/pricing/priceGraph";
import { compareSavings } from "../../../../cli/pricing/savings/compareSavings";
import { costCurves } from "../../../../cli/pricing/savings/costCurves";
import type { RunReport } from "../../../../cli/report/page/runReport";
import type { ResourceGraph } from "../../../../contracts/graph";
import type { RunSummary } from "../../../../contracts/runSummary";
import { graphOf, type HandmadeResource, TODAY, urnOf, usageWith } from "../../pricing/pricedGraph";
import { finding, resultOf, unknown } from "../checkResults";

/** A name that is mark-up in HTML and SVG, in text and in attributes, and turns the line around. */
export const HOSTILE = `</title><script>alert(1)</script>"'><img src=x onerror=alert(1)>&amp;\u202e\u0000`;

/** One transparent pixel. */
const PIXEL =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const PIXELS = { source: PIXEL, shown: { width: 1, height: 1 }, width: 1, height: 1, bytes: 70 } as const;

/** Resources of a stack with images, a queue and an endpoint; everything that a program can name has the given name in it. */
export function resourcesOf(name: string): readonly HandmadeResource[] {
  const component = { type: "frugal-ml:index:NormalizingAccessPoint", name };
  const inside = (type: string, part: string, rest: Partial<HandmadeResource> = {}): HandmadeResource => ({
    type,
    name: `${name}-${part}`,
    parent: name,
    ...rest,
  });
  const workload = { tags: { "frugal-ml:workload": "preprocessing" } };
  return [
    component,
    inside("aws:s3/bucket:Bucket", "bucket"),
    inside("aws:s3/accessPoint:AccessPoint", "access", { on: { bucket: [`${name}-bucket`] } }),
    inside("aws:iam/role:Role", "role"),
    inside("aws:sqs/queue:Queue", "queue"),
    inside("aws:lambda/function:Function", "function", {
      inputs: { memorySize: 512, architectures: ["arm64"], ...workload },
      on: { role: [`${name}-role`], environment: [`${name}-access`] },
    }),
    inside("aws:s3/bucketNotification:BucketNotification", "changes", {
      on: { bucket: [`${name}-bucket`], queues: [`${name}-queue`] },
    }),
    inside("aws:lambda/eventSourceMapping:EventSourceMapping", "trigger", {
      on: { eventSourceArn: [`${name}-queue`], functionName: [`${name}-function`] },
    }),
    inside("aws:lambda/functionUrl:FunctionUrl", "url", { on: { functionName: [`${name}-function`] } }),
    inside("aws:sagemaker/endpointConfiguration:EndpointConfiguration", "config", {
      inputs: { productionVariants: [{ instanceType: "ml.c7g.large", initialInstanceCount: 1, volumeSizeInGb: 30 }] },
    }),
    inside("aws:sagemaker/endpoint:Endpoint", "endpoint", { on: { endpointConfigName: [`${name}-config`] } }),
  ];
}

/** The same as a graph with ARNs and the function's permissions, as a run has it. */
export function graphWithGrants(name: string): ResourceGraph {
  const arn = (part: string): string => `arn:aws:test:::${part}`;
  const policy = JSON.stringify({
    Statement: [
      { Effect: "Allow", Action: "s3:GetObject", Resource: `${arn("access")}/object/*` },
      { Effect: "Allow", Action: ["s3:PutObject", "s3:GetObject"], Resource: [`${arn("derived")}/${name}/*`] },
      { Effect: "Deny", Action: "s3:PutObject", Resource: `${arn("bucket")}/*` },
    ],
  });
  const graph = graphOf([
    ...resourcesOf(name),
    { type: "aws:s3/bucket:Bucket", name: `${name}-derived`, parent: name },
    {
      type: "aws:iam/rolePolicy:RolePolicy",
      name: `${name}-policy`,
      parent: name,
      inputs: { policy },
      on: { role: [`${name}-role`] },
    },
  ]);
  const resources = graph.resources.map((resource) => {
    const part = resource.name.slice(name.length + 1);
    const bare = resource.parent === urnOf("stack") || resource.type.startsWith("pulumi:");
    // The root of a real graph has no parent, and its components hang on it.
    const own = resource.urn === urnOf("stack") ? { ...resource, parent: undefined } : resource;
    return bare ? own : { ...own, outputs: { arn: arn(part) } };
  });
  return { ...graph, mode: "resolved", resources };
}

/** What a stack of these resources would cost. */
export function priceOf(resources: readonly HandmadeResource[], region = "us-east-1"): StackPrice {
  const [graph, book, usage] = [graphOf(resources, region), shippedBook(), usageWith({})];
  const result = priceGraph(graph, book, usage, TODAY);
  return {
    result,
    savings: compareSavings(graph, book, usage, result),
    curves: costCurves(graph, book, usage, result),
  };
}

/** A customer's forecast, two steps, with what happened. */
export function forecastOf(title: string): ComparedForecast {
  const row = (day: string, consumption: number) => ({
    customer: "1",
    time: new Date(`${day}T00:00:00Z`),
    consumption,
  });
  return {
    title,
    shown: [row("2023-10-01", 10), row("2023-10-11", 20), row("2023-10-21", 12)],
    truth: [row("2023-11-01", 15), row("2023-11-02", 14)],
    answer: {
      customer: "1",
      timestamps: ["2023-11-01T00:00:00Z", "2023-11-02T00:00:00Z"],
      mean: [14, 16],
      lower: [11, 12],
      upper: [18, 19],
    },
  };
}

/** A summary of a run that went well; tests change what matters to them. */
export function summaryOf(change: Partial<RunSummary> = {}): RunSummary {
  return {
    ok: true,
    seconds: 41.5,
    parts: { compose: { seconds: 5, budget: 15 }, train: { seconds: 33, budget: 30 } },
    check: { resources: 12, packs: ["p", "q"], violations: 1 },
    normalize: { images: 1, perSecond: 150.5, p50Ms: 12.3, p99Ms: 45.6, cpuMsPerImage: 17.8 },
    train: { customers: 1000, seconds: 12.5, fitsPerSecond: 80, medianMase: 0.57, naiveMase: 1.66, interruptions: 0 },
    serve: {
      models: 1000,
      requests: 2000,
      perSecond: 321,
      p50Ms: 40.1,
      p99Ms: 90.2,
      coldMs: 60.3,
      coldP99Ms: 190.4,
      coveragePercent: 81,
    },
    classify: { pictures: 3, correct: 1, requests: 9, perSecond: 77, p50Ms: 8.8, p99Ms: 19.9, coldMs: 333, refused: 6 },
    failures: [],
    ...change,
  };
}

/** A whole report; every name in it has the given one in it. */
export function reportOf(name: string): RunReport {
  const price = priceOf(resourcesOf(name));
  const said = {
    rule: { ...finding().rule, title: name, fix: name },
    finding: { status: "fail", path: name, message: name },
  } as const;
  return {
    summary: summaryOf({ ok: false, failures: [name], price: priceFigures(price.result) }),
    exhibits: {
      graph: graphWithGrants(name),
      check: {
        ...resultOf([finding(said), unknown]),
        project: name,
        stack: name,
      },
      price: { ...price, usageFile: name },
      pictures: [],
      forecasts: [forecastOf(name)],
      classified: [],
    },
    pictures: [
      {
        key: name,
        before: { source: PIXEL, shown: { width: 1, height: 1 }, width: 640, height: 480, bytes: 123_456 },
        after: { source: PIXEL, shown: { width: 1, height: 1 }, width: 256, height: 256, bytes: 12_345 },
      },
      { key: `second ${name}`, before: undefined },
    ],
    answers: [
      { name, label: name, answered: { label: name, score: 0.98 }, picture: PIXELS },
      { name, label: name, answered: { label: "seven", score: 0.51 }, picture: PIXELS },
      { name: "lost", label: name },
    ],
    made: new Date("2026-10-10T12:00:00Z"),
  };
}
