import assert from "node:assert/strict";
import path from "node:path";
import { readState } from "../../../../cli/check/source/readState";
import { shippedBook } from "../../../../cli/pricing/book/readPriceBook";
import { Range } from "../../../../cli/pricing/range";
import { findWaste, type WasteResult } from "../../../../cli/pricing/waste/findWaste";
import { type GivenFigures, TODAY, usageWith } from "../pricedGraph";

const STATE = path.join(__dirname, "fixtures/state.json");
const USAGE: GivenFigures = {
  functions: { requests: 100_000, milliseconds: 200 },
  serving: { volumeGb: 30, busyShare: 0.3 },
  notebooks: { hours: 730, workedHours: 160 },
  network: { natGb: 1000, s3Share: 0.5, apiRequests: 10_000_000 },
  storage: { gb: 1000, noncurrentShare: 2 },
  logs: { bytesPerRequest: 1024 ** 2, keptShare: 0.15, foreverMonths: 12 },
  training: { runsPerMonth: 30, trainingMinutes: 60, processingMinutes: 60, spotDiscount: 0.5 },
};

function examine(usage: GivenFigures = USAGE, region?: string): WasteResult {
  return findWaste(readState(STATE, "."), shippedBook(), usageWith(usage), TODAY, region);
}

describe("what an exported stack wastes", () => {
  const result = examine();
  const of = (kind: string, resource: string) =>
    result.findings.find(
      ({ kind: { id }, finding }) => id === kind && finding.resources.some(({ name }) => name === resource),
    );

  /** Computed by hand. */
  const expected: readonly (readonly [kind: string, resource: string, usd: string])[] = [
    // 2 × 730 × (1.408 − 0.1848).
    ["accelerated-serving", "ranking-endpoint", "1785.87"],
    // What that leaves, 2 × 730 × 0.1848, and 60 × 0.14 of volumes: half of it for 70 % of the month.
    ["idle-instances", "ranking-endpoint", "97.37"],
    // An instance and its volume, 730 × 0.23 + 30 × 0.14, for 70 % of the month.
    ["idle-instances", "documents-endpoint", "120.47"],
    // 730 × (0.115 − 0.0924).
    ["serving-on-x86", "churn-endpoint", "16.50"],
    // Two of three endpoints at what Graviton costs, and their volumes: 2 × (730 × 0.0924 + 4.2).
    ["endpoint-per-model", "demand-endpoint", "143.30"],
    // 730 × (0.736 − 0.242).
    ["accelerated-notebook", "research", "360.62"],
    // 570 of the hours at what that leaves, 0.242.
    ["unstopped-notebook", "research", "137.94"],
    // A fifth of 4 × 2 GB × 730 h × 3,600 s × 0.0000041667, and of 40,000 GB-seconds × 0.0000166667.
    ["function-on-x86", "thumbnails", "17.65"],
    // What is left of the first, but for the 40,000 GB-seconds.
    ["idle-concurrency", "thumbnails-warm", "69.95"],
    // Half of 30 runs × 2 × 0.23.
    ["training-on-demand", "nightly", "6.90"],
    // 30 h × (1.408 − 0.242).
    ["accelerated-preparation", "nightly", "34.98"],
    // Half of 1,000 × 0.045.
    ["nat-to-s3", "nat", "22.50"],
    ["unused-address", "old-address", "3.65"],
    // 100,000 MB = 97.66 GB a month × (12 − 0.986) months × 0.15 × 0.03.
    ["logs-for-ever", "thumbnails-logs", "4.84"],
    // 2,000 GB × 0.023.
    ["versions-for-ever", "datasets", "46.00"],
    // 10 × (3.5 − 1).
    ["rest-api", "orders", "25.00"],
  ];
  for (const [kind, resource, usd] of expected) {
    it(`${kind}: ${resource} ${usd}`, () => assert.equal(of(kind, resource)?.monthly?.expected.toString(2), usd));
  }

  it("finds nothing else that has an amount", () => {
    const counted = result.findings.filter(({ monthly }) => monthly !== undefined);
    // The x86 endpoints are three.
    assert.equal(counted.length, expected.length + 2);
  });

  it("says what is wasted without an amount where the book has no price", () => {
    const unpriced = result.findings.filter(({ monthly }) => monthly === undefined);
    assert.deepEqual(
      unpriced.map(({ kind, finding }) => [kind.id, finding.resources[0]?.name]),
      [
        ["accelerated-notebook", "archive"],
        ["unstopped-notebook", "archive"],
        ["retired-family", "archive"],
      ],
    );
    for (const { finding } of unpriced) assert.match(finding.unpriced ?? "", /no price of/);
  });

  it("has the dearest first", () => {
    const amounts = result.findings.flatMap(({ monthly }) => (monthly ? [monthly.expected.toNumber()] : []));
    assert.deepEqual(
      amounts,
      [...amounts].sort((a, b) => b - a),
    );
  });

  it("counts each dollar once: the parts add up to the total, which is less than the bill and the earlier versions", () => {
    const parts = Range.sum(result.findings.flatMap(({ monthly }) => monthly ?? []));
    assert.equal(parts.expected.compare(result.total.expected), 0);
    assert.ok(result.total.expected.toNumber() < result.prices.total.expected.toNumber() + 46);
  });

  it("lists what it could not judge, with why", () => {
    assert.deepEqual(
      result.notJudged.map(({ kind, resource, why }) => `${kind.id} ${resource.name}: ${why}`),
      ["churn", "demand", "returns"].map(
        (name) => `seldom-asked ${name}-endpoint: how often it is asked is not in the usage file`,
      ),
    );
    assert.ok(result.prices.notPriced.some(({ resource, reason }) => resource.name === "bastion" && reason !== "free"));
  });

  it("judges how often endpoints are asked when the usage file tells", () => {
    const asked = examine({
      ...USAGE,
      training: { ...USAGE["training"], customers: 1000 },
      serving: { ...USAGE["serving"], forecastsPerCustomer: 30, milliseconds: 50 },
    });
    const seldom = asked.findings.filter(({ kind }) => kind.id === "seldom-asked");
    // 30,000 × 0.05 s × 0.00012 = 0.18, beside 730 × 0.115 + 30 × 0.14.
    assert.deepEqual(
      seldom.map(({ alone }) => alone?.expected.toString(2)),
      ["87.97", "87.97", "87.97"],
    );
    assert.equal(asked.notJudged.length, 0);
    // The endpoint that stays has no rival; of the two others, serverless takes less than one endpoint for all does.
    assert.deepEqual(
      seldom.map(({ countedIn }) => countedIn.map(({ id }) => id)).filter((ids) => ids.length > 0),
      [["endpoint-per-model"], ["endpoint-per-model"]],
    );
  });

  it("keeps a range where usage is not known", () => {
    const wide = examine({});
    for (const { monthly } of wide.findings) {
      if (monthly === undefined) continue;
      assert.ok(monthly.low.compare(monthly.expected) <= 0 && monthly.expected.compare(monthly.high) <= 0);
    }
    assert.ok(wide.total.low.compare(result.total.low) <= 0);
    assert.ok(wide.total.high.compare(result.total.high) >= 0);
  });

  it("prices nothing where nothing tells the Region, unless it is given", () => {
    const graph = readState(STATE, ".");
    const resources = graph.resources
      .filter(({ type }) => type !== "pulumi:providers:aws")
      .map(({ provider: _, ...resource }) => resource);
    const examineNowhere = (region?: string) =>
      findWaste({ ...graph, resources }, shippedBook(), usageWith(USAGE), TODAY, region);
    assert.ok(examineNowhere().total.isZero);
    assert.ok(examineNowhere().findings.length > 0);
    assert.equal(examineNowhere("us-east-1").total.expected.compare(result.total.expected), 0);
  });
});
