import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { shippedBook } from "../../../cli/pricing/book/readPriceBook";
import { priceGraph } from "../../../cli/pricing/priceGraph";
import { Range } from "../../../cli/pricing/range";
import { refuseUnaskedUsage } from "../../../cli/pricing/refuseUnaskedUsage";
import { PRICED_KINDS } from "../../../cli/pricing/resources/pricedKinds";
import { UNPRICED_KINDS } from "../../../cli/pricing/resources/unpricedKinds";
import { usageOf } from "../../../cli/pricing/usage/usage";
import { USAGE_FIELDS } from "../../../cli/pricing/usage/usageFields";
import { UNKNOWN } from "../../../contracts/graph";
import { REPOSITORY } from "../local/handmadePlane";
import { bill, graphOf, type HandmadeResource, knownUsage, priced, TODAY, usageWith } from "./pricedGraph";

const FUNCTION = "aws:lambda/function:Function";
const MIXED: readonly HandmadeResource[] = [
  { type: FUNCTION, name: "function", inputs: { architectures: ["arm64"], memorySize: 512 } },
  { type: "aws:s3/bucket:Bucket", name: "bucket" },
  { type: "aws:sqs/queue:Queue", name: "queue" },
  { type: "aws:cloudwatch/logGroup:LogGroup", name: "logs", inputs: { retentionInDays: 30 } },
  { type: "aws:ecr/repository:Repository", name: "repository" },
  {
    type: "aws:sagemaker/endpointConfiguration:EndpointConfiguration",
    name: "config",
    inputs: { productionVariants: [{ serverlessConfig: { memorySizeInMb: 1024 } }] },
  },
  { type: "aws:sagemaker/endpoint:Endpoint", name: "endpoint", on: { endpointConfigName: ["config"] } },
];

describe("priceGraph", () => {
  it("has every resource among the items or among what is not priced, with a reason", () => {
    const result = priced([
      ...MIXED,
      { type: "aws:iam/role:Role", name: "role" },
      { type: "aws:ec2/instance:Instance", name: "machine" },
      { type: "aws:new/thing:Thing", name: "thing" },
      { type: "frugal-ml:index:TrainingFleet", name: "fleet" },
    ]);
    const named = new Set([...result.items, ...result.notPriced].map(({ resource }) => resource.name));
    for (const name of [...MIXED.map((one) => one.name), "role", "machine", "thing", "fleet"])
      assert.ok(named.has(name ?? ""), name);
    const reasons = Object.fromEntries(result.notPriced.map(({ resource, reason }) => [resource.name, reason]));
    assert.equal(reasons["role"], "free");
    assert.equal(reasons["machine"], "no price in the book");
    assert.equal(reasons["thing"], "kind not known");
  });

  it("says why the book has no price", () => {
    const { items, notPriced } = priced([
      {
        type: "aws:sagemaker/notebookInstance:NotebookInstance",
        inputs: { instanceType: "ml.p2.xlarge", volumeSize: 5 },
      },
    ]);
    assert.deepEqual(
      items.map(({ what }) => what),
      ["volume"],
    );
    assert.deepEqual(
      notPriced.map(({ what, why }) => `${what}: ${why}`),
      ["instance: no price in the book for Notebk:ml.p2.xlarge in us-east-1"],
    );
  });

  it("says what lies beyond the last tier that has a price", () => {
    const { items, notPriced } = priced([{ type: "aws:apigateway/restApi:RestApi" }], {
      usage: usageWith({}, { it: { requests: 400_000_000 } }),
    });
    assert.equal(items[0]?.monthly.expected.toString(2), "1165.50");
    assert.match(notPriced[0]?.why ?? "", /beyond 333000000 requests/);
  });

  it("takes figures that AWS refuses as not known", () => {
    const { items, notPriced } = priced([
      { type: FUNCTION, inputs: { memorySize: 0 } },
      {
        type: "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig",
        name: "warm",
        inputs: { provisionedConcurrentExecutions: -1 },
        on: { functionName: ["it"] },
      },
    ]);
    assert.equal(items.find(({ what }) => what === "duration")?.quantity.isKnown, false);
    assert.deepEqual(
      notPriced.map(({ resource, reason }) => [resource.name, reason]),
      [["warm", "unknown input"]],
    );
  });

  it("prices nothing in a Region that is not known, nor in one that the book does not have", () => {
    const repository = { type: "aws:ecr/repository:Repository" };
    const elsewhere = priced([repository], { region: "ap-south-1" });
    assert.equal(elsewhere.items.length, 0);
    assert.match(elsewhere.notPriced[0]?.why ?? "", /in ap-south-1/);
    const graph = graphOf([repository]);
    const nowhere = { ...graph, resources: graph.resources.filter(({ type }) => type !== "pulumi:providers:aws") };
    assert.match(priceGraph(nowhere, shippedBook(), usageOf(), TODAY).notPriced[0]?.why ?? "", /Region/);
  });

  it("names the outermost component, its workload and what a thousand of its work cost", () => {
    const tags = { "frugal-ml:workload": "inference" };
    const result = priced(
      [
        { type: "frugal-ml:index:MultiModelEndpoint", name: "host" },
        { type: "company:index:Inner", name: "inner", parent: "host" },
        { type: "aws:ecr/repository:Repository", name: "repository", parent: "inner", inputs: { tags } },
        { type: "aws:cloudwatch/dashboard:Dashboard", name: "dashboard", parent: "inner" },
      ],
      {
        usage: usageWith(
          { training: { customers: 100 }, serving: { forecastsPerCustomer: 10 } },
          { repository: { gb: 20 } },
        ),
      },
    );
    for (const { resource } of result.items) {
      assert.equal(resource.component, "MultiModelEndpoint host");
      assert.equal(resource.workload, "inference");
    }
    // $2 and $3 for 100 customers and 1,000 forecasts.
    assert.deepEqual(
      result.unitCosts.map(({ what, usd }) => [what, usd.expected]),
      [
        ["a customer and month", "0.05000"],
        ["1,000 forecasts", "5.00000"],
      ],
    );
  });

  it("tells the book's age and the share that rests on derived prices", () => {
    const train = (instanceType: string): HandmadeResource => ({
      type: "aws:sagemaker/pipeline:Pipeline",
      name: instanceType,
      inputs: {
        pipelineDefinition: JSON.stringify({
          Steps: [
            {
              Name: "T",
              Type: "Training",
              Arguments: { ResourceConfig: { InstanceType: instanceType, InstanceCount: 1 } },
            },
          ],
        }),
      },
    });
    const usage = usageWith({ training: { runsPerMonth: 1, trainingMinutes: 60 } });
    // 0.204 is derived from hosting, 0.23 was read.
    const { confidence, book } = priced([train("ml.c5.xlarge"), train("ml.m5.xlarge")], { usage });
    assert.ok(Math.abs(confidence.derived - 0.204 / (0.204 + 0.23)) < 1e-12);
    assert.ok(Math.abs(confidence.secondary - 0.23 / (0.204 + 0.23)) < 1e-12);
    assert.deepEqual(book, { date: "2026-10-01", ageInDays: 9, stale: false, oldestUsed: "2026-09" });
    const later = priceGraph(graphOf([]), shippedBook(), usageOf(), new Date("2026-11-01T00:00:00Z"));
    assert.equal(later.book.stale, true);
  });

  it("refuses a quantity that no resource has, and says which there are; of two stacks one may have it", () => {
    const usage = usageWith({}, { it: { gigabytes: 3 }, nobody: { gb: 3 } });
    const one = priced([{ type: "aws:ecr/repository:Repository" }], { usage });
    assert.throws(() => refuseUnaskedUsage([one]), {
      code: "InvalidUsage",
      message: /resources\.it\.gigabytes: given a figure; allowed: one of gb\n.*resources\.nobody\.gb/,
    });
    const other = priced([{ type: "aws:ecr/repository:Repository", name: "nobody" }], { usage });
    assert.throws(() => refuseUnaskedUsage([one, other]), { message: /^usage has a problem:\n.*it\.gigabytes/ });
    refuseUnaskedUsage([
      priced([{ type: "aws:ecr/repository:Repository" }], { usage: usageWith({}, { it: { gb: 3 } }) }),
    ]);
  });

  describe("for any usage", () => {
    const factor = fc.integer({ min: 0, max: 1000 }).map((percent) => percent / 100);

    it("costs grow with use", () => {
      fc.assert(
        fc.property(factor, factor, (a, b) => {
          const [less, more] = [a, b].sort((x, y) => x - y).map((each) => priced(MIXED, { usage: knownUsage(each) }));
          assert.ok(less && more && less.total.expected.compare(more.total.expected) <= 0);
          less?.items.forEach(({ monthly }, at) => {
            const other = more?.items[at]?.monthly;
            assert.ok(other && monthly.expected.compare(other.expected) <= 0 && monthly.high.compare(other.high) <= 0);
          });
        }),
        { numRuns: 30 },
      );
    });

    it("parts add up, whatever the parts", () => {
      fc.assert(
        fc.property(fc.subarray([...MIXED.keys()]), factor, (chosen, each) => {
          const usage = knownUsage(each);
          const some = MIXED.filter((_, at) => chosen.includes(at) || isHosted(at));
          const rest = MIXED.filter((_, at) => !chosen.includes(at) && !isHosted(at));
          const whole = priced(MIXED, { usage }).total;
          const parts = Range.sum([some, rest].map((part) => priced(part, { usage }).total));
          assert.deepEqual(JSON.stringify(whole), JSON.stringify(parts));
        }),
        { numRuns: 30 },
      );
    });

    it("nothing that is paid by use costs anything when nothing is used", () => {
      const { items } = priced(MIXED, { usage: knownUsage(0) });
      for (const { what, monthly, basis } of items) if (basis === "per-use") assert.ok(monthly.isZero, what);
    });

    it("what is not known is dearer at most and cheaper at least than anything that it may be", () => {
      const widths: readonly [string, HandmadeResource, readonly HandmadeResource["inputs"][]][] = [
        [
          "memory",
          { type: FUNCTION, inputs: { architectures: ["arm64"], memorySize: UNKNOWN } },
          [128, 1024, 10_240].map((memorySize) => ({ architectures: ["arm64"], memorySize })),
        ],
        [
          "architecture",
          { type: FUNCTION, inputs: { architectures: UNKNOWN, memorySize: 1024 } },
          ["arm64", "x86_64"].map((one) => ({ architectures: [one], memorySize: 1024 })),
        ],
      ];
      for (const [what, unknown, cases] of widths) {
        const wide = priced([unknown], { usage: knownUsage() }).total;
        assert.ok(wide.low.compare(wide.high) < 0, what);
        for (const inputs of cases) {
          const { total } = priced([{ ...unknown, inputs: inputs ?? {} }], { usage: knownUsage() });
          assert.ok(wide.low.compare(total.low) <= 0 && wide.high.compare(total.high) >= 0, what);
        }
      }
      const [instances] = bill(
        priced(
          [
            {
              type: "aws:sagemaker/endpointConfiguration:EndpointConfiguration",
              name: "config",
              inputs: { productionVariants: [{ instanceType: "ml.m5.large", initialInstanceCount: UNKNOWN }] },
            },
            { type: "aws:sagemaker/endpoint:Endpoint", on: { endpointConfigName: ["config"] } },
          ],
          { usage: knownUsage() },
        ),
      );
      // 730 × 0.115, and four times that.
      assert.equal(instances, "instances 83.95 83.95..335.80");
    });

    it("a default that is a range makes the bill one, and a figure that is given narrows it", () => {
      const repository = { type: "aws:ecr/repository:Repository" };
      const wide = priced([repository]).total;
      assert.ok(wide.low.compare(wide.high) < 0);
      assert.ok(priced([repository], { usage: usageWith({ storage: { imageGb: 1 } }) }).total.isKnown);
    });
  });

  it("has no kind twice", () => {
    const types = PRICED_KINDS.flatMap((kind) => kind.types);
    assert.equal(new Set(types).size, types.length);
  });

  it("spells kinds as the provider does", () => {
    const spelt = (type: string): string => join(REPOSITORY, "node_modules/@pulumi/aws", type.split(":")[1] ?? "");
    for (const type of PRICED_KINDS.flatMap(({ types }) => types).filter((one) => one.startsWith("aws:")))
      assert.ok(existsSync(`${spelt(type)}.js`), type);
    for (const [type] of UNPRICED_KINDS.filter(([one]) => /^aws:.*:$/.test(one)))
      assert.ok(existsSync(`${spelt(type)}.js`), type);
  });

  it("has defaults in order, and shares that are shares", () => {
    for (const fields of Object.values(USAGE_FIELDS)) {
      for (const [name, field] of Object.entries(fields)) {
        const [low, expected, high] = field.default;
        assert.ok(low <= expected && expected <= high, name);
        if ("share" in field) assert.ok(high <= 1, name);
      }
    }
  });
});

/** The configuration of the endpoint must stay with it. */
function isHosted(at: number): boolean {
  return at >= MIXED.length - 2;
}
