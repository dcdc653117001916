import assert from "node:assert/strict";
import { PriceBook } from "../../../../cli/pricing/book/priceBook";
import { readBookData, shippedBook } from "../../../../cli/pricing/book/readPriceBook";
import { priceGraph } from "../../../../cli/pricing/priceGraph";
import { compareSavings } from "../../../../cli/pricing/savings/compareSavings";
import { comparePreprocessing } from "../../../../cli/pricing/savings/preprocessing";
import { Rates } from "../../../../cli/pricing/savings/rates";
import type { Comparison } from "../../../../cli/pricing/savings/savings";
import { compareSeedTable } from "../../../../cli/pricing/savings/seedTable";
import { PRICE_FORMATS } from "../../../../cli/report/priceFormat";
import { priceReport } from "../../../../cli/report/priceFormats";
import { type GivenFigures, graphOf, type HandmadeResource, TODAY, usageWith } from "../pricedGraph";

const STACK: readonly HandmadeResource[] = [
  { type: "frugal-ml:index:NormalizingAccessPoint", name: "images", inputs: { deliveries: ["function-url"] } },
  {
    type: "aws:lambda/function:Function",
    name: "function",
    parent: "images",
    inputs: { architectures: ["arm64"], memorySize: 1769 },
  },
  { type: "aws:lambda/functionUrl:FunctionUrl", name: "url", parent: "images", on: { functionName: ["function"] } },
  {
    type: "aws:sagemaker/endpointConfiguration:EndpointConfiguration",
    name: "config",
    inputs: { productionVariants: [{ instanceType: "ml.c7g.large", initialInstanceCount: 2, volumeSizeInGb: 30 }] },
  },
  { type: "aws:sagemaker/endpoint:Endpoint", name: "endpoint", on: { endpointConfigName: ["config"] } },
  {
    type: "aws:sagemaker/pipeline:Pipeline",
    name: "pipeline",
    inputs: {
      pipelineDefinition: JSON.stringify({
        Steps: [
          {
            Name: "Train",
            Type: "Training",
            Arguments: {
              ResourceConfig: { InstanceType: "ml.m5.xlarge", InstanceCount: 2 },
              EnableManagedSpotTraining: true,
            },
          },
        ],
      }),
    },
  },
];

const IMAGES = {
  epochs: 10,
  readers: 1,
  cpuMilliseconds: 18,
  waitMilliseconds: 30,
  derivedBytes: 10_240,
  storedMonths: 12,
};
const USAGE: GivenFigures = {
  images: IMAGES,
  training: { customers: 100, runsPerMonth: 10, trainingMinutes: 60, spotDiscount: [0.2, 0.5, 0.9] },
  serving: { forecastsPerCustomer: 10_000, milliseconds: 100 },
};

function compare(figures: GivenFigures = USAGE): readonly Comparison[] {
  const graph = graphOf(STACK);
  const usage = usageWith(figures);
  return compareSavings(graph, shippedBook(), usage, priceGraph(graph, shippedBook(), usage, TODAY));
}

function costs({ alternatives }: Comparison, places = 6): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(alternatives.map(({ name, usd }) => [name, usd?.expected.toString(places)]));
}

describe("savings", () => {
  const [images, serving, training, post] = compare();

  it("normalising equals what is computed by hand", () => {
    assert.ok(images);
    // 48 ms × 1,769 / 1,024 GB; ten reads, each with a GET of 0.0000004.
    const gbSeconds = (0.048 * 1769) / 1024;
    const read = (request: number, duration: number): number => 10_000 * (request + gbSeconds * duration + 0.4e-6);
    // Write, 12 months of 10 KiB, and eleven reads.
    const copy = 0.000005 + (12 * 10_240 * 0.023) / 2 ** 30 + 11 * 0.4e-6;
    const vcpu = (hour: number): number => (0.018 / 3600) * (hour / 4);
    const wanted: Readonly<Record<string, number>> = {
      "function at read, Graviton": read(0.2e-6, 0.0000133334),
      "function at read, x86": read(0.2e-6, 0.0000166667),
      "S3 Object Lambda, Graviton": read(0.2e-6, 0.0000133334) + (10_000 * 10_240 * 0.005) / 2 ** 30,
      "once, by the function (derived copies)": 1000 * (0.2e-6 + gbSeconds * 0.0000133334 + 3 * 0.4e-6 + copy),
      "once, by a processing job on ml.m5.xlarge": 1000 * (vcpu(0.23) + copy),
      "once, by a processing job on ml.c5.xlarge": 1000 * (vcpu(0.204) + copy),
      "on the training machine, ml.g4dn.xlarge": 10_000 * (vcpu(0.736) + 0.4e-6),
      "on the training machine, ml.g5.xlarge": 10_000 * (vcpu(1.408) + 0.4e-6),
    };
    assert.deepEqual(
      costs(images),
      Object.fromEntries(Object.entries(wanted).map(([name, usd]) => [name, usd.toFixed(6)])),
    );
  });

  it("says where we lose, and what rests on derived prices", () => {
    const notes = images?.notes.join("\n") ?? "";
    assert.match(notes, /As expected we lose: once, by a processing job on ml\.c5\.xlarge is the cheapest/);
    assert.match(notes, /\$0\.0829 in a function on Graviton \(1,769 MB\) and \$0\.0575 in a processing job/);
    assert.match(notes, /Derived, not read: Processing:ml\.c5\.xlarge/);
    const once = compare({ ...USAGE, images: { ...IMAGES, epochs: 1 } })[0];
    assert.match(
      once?.notes.join("\n") ?? "",
      /the cheapest is ours: function at read|on the training machine, ml\.g4dn\.xlarge is the cheapest/,
    );
  });

  it("a break-even is where both ways cost the same", () => {
    const reads = Number(
      /From ([\d.]+) reads of an image it is cheaper once, by the function/.exec(images?.notes.join("\n") ?? "")?.[1],
    );
    assert.ok(reads > 1, String(reads));
    const there = comparePreprocessing(
      usageWith({ images: { ...IMAGES, epochs: reads } }),
      new Rates(shippedBook(), "us-east-1"),
      1769,
    );
    const at = costs(there, 9);
    const [read, once] = [at["function at read, Graviton"], at["once, by the function (derived copies)"]].map(Number);
    // The number is rounded to a tenth of a read.
    assert.ok(read && once && Math.abs(read / once - 1) < 0.05 / reads + 1e-6, `${read} and ${once}`);
  });

  it("serving equals what is computed by hand, with the forecasts at which serverless is as dear", () => {
    assert.ok(serving);
    // 730 × 0.087 + 30 × 0.14 = 67.71.
    assert.deepEqual(costs(serving, 2), {
      "an endpoint for each customer, ml.c7g.large": "6771.00",
      "one endpoint with many models, 2 × ml.c7g.large": "135.42",
      // 1,000,000 forecasts × 0.1 s × 0.00002.
      "serverless, 1 GB": "2.00",
    });
    assert.match(serving.notes.join("\n"), /below 67,710,000 forecasts a month: there we lose/);
    assert.match(serving.notes.join("\n"), /from 3 customers it is cheaper/);
  });

  it("training is on demand what its hours cost, and on spot what the discount leaves", () => {
    assert.ok(training);
    // 10 × 1 h × 2 × 0.23.
    assert.deepEqual(
      training.alternatives.map(({ usd }) => [usd?.low, usd?.expected, usd?.high].map((cost) => cost?.toString(2))),
      [
        ["4.60", "4.60", "4.60"],
        ["0.46", "2.30", "3.68"],
      ],
    );
  });

  it("reproduces the blog post's figures for functions from today's prices, which have not changed", () => {
    assert.ok(post);
    const table = costs(post, 3);
    assert.equal(table["today: Lambda, x86"], table["post: Lambda, x86"]);
    assert.equal(table["today: Lambda, Graviton"], table["post: Lambda, Graviton2"]);
    assert.equal(table["post: ml.p2.xlarge"], "0.900");
    const notes = post.notes.join("\n");
    assert.match(notes, /saves 93 % to 95 %/);
    assert.match(notes, /53 % to 62 % less/);
    assert.match(notes, /31 % cheaper than the function: there we lose/);
  });

  it("an alternative without a price says so", () => {
    const data = readBookData("/no/such/book.json");
    const book = new PriceBook({
      ...data,
      entries: data.entries.filter(({ usageType }) => !usageType.startsWith("Train:")),
    });
    const table = costs(compareSeedTable(new Rates(book, "us-east-1")), 3);
    assert.equal(table["today: ml.g4dn.xlarge, training"], undefined);
    assert.equal(table["today: ml.m5.xlarge, processing"], "0.230");
  });

  it("costs grow with each figure of use", () => {
    const before = images?.alternatives ?? [];
    for (const [name, value] of Object.entries(IMAGES)) {
      const more = compare({ ...USAGE, images: { ...IMAGES, [name]: value * 2 } })[0]?.alternatives ?? [];
      before.forEach(({ usd }, at) => {
        const other = more[at]?.usd;
        assert.ok(usd && other && usd.expected.compare(other.expected) <= 0, name);
      });
    }
  });

  it("is in every format of the report", () => {
    const graph = graphOf(STACK);
    const result = priceGraph(graph, shippedBook(), usageWith(USAGE), TODAY);
    for (const format of PRICE_FORMATS) {
      const text = priceReport(format, { result, savings: compare() });
      for (const wanted of ["S3 Object Lambda, Graviton", "Serving a model for each customer"])
        assert.ok(text.includes(wanted), format);
    }
  });
});
