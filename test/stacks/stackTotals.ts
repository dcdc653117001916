import assert from "node:assert/strict";
import { shippedBook } from "../../cli/pricing/book/readPriceBook";
import { priceGraph } from "../../cli/pricing/priceGraph";
import { usageOf } from "../../cli/pricing/usage/usage";
import type { ResourceGraph } from "../../contracts/graph";
import { TODAY } from "../cli/pricing/pricedGraph";

/** What a stack's file says, as far as it is paid for. */
interface StackFacts {
  readonly deliveries: number;
  readonly objectLambda: boolean;
  readonly memoryMb: number;
  readonly retentionDays: number;
  readonly trainingInstances: number;
  readonly servingInstances: number;
  /** Runs of the fleet in a month. */
  readonly runs: number;
  readonly scheduled: boolean;
  readonly dashboards: number;
  /** Memory of the serverless endpoint for newcomers, in GB. */
  readonly serverlessGb: number;
}

const STACKS: Readonly<Record<string, StackFacts>> = {
  dev: {
    deliveries: 2,
    objectLambda: false,
    memoryMb: 512,
    retentionDays: 7,
    trainingInstances: 2,
    servingInstances: 1,
    runs: 4,
    scheduled: false,
    dashboards: 0,
    serverlessGb: 1,
  },
  local: {
    deliveries: 3,
    objectLambda: true,
    memoryMb: 512,
    retentionDays: 1,
    trainingInstances: 2,
    servingInstances: 1,
    runs: 4,
    scheduled: false,
    dashboards: 0,
    serverlessGb: 1,
  },
  prod: {
    deliveries: 2,
    objectLambda: false,
    memoryMb: 1769,
    retentionDays: 365,
    trainingInstances: 4,
    servingInstances: 2,
    runs: 730 / 24,
    scheduled: true,
    dashboards: 1,
    serverlessGb: 2,
  },
};

const GB = 2 ** 30;

/** The expected bill in plain arithmetic: prices of us-east-1 and the defaults of a usage file, typed in again. */
function expectedBill(facts: StackFacts, alarmMetrics: number, repositories: number): number {
  const [arrive, months, originalBytes, derivedBytes, reads] = [100_000, 12, 200_000, 10_000, 1_000_000];
  const live = reads * 0.1;
  const invocations = live + arrive / 2;
  const milliseconds = 30 + 18 * Math.max(1, 1769 / facts.memoryMb);
  const keptMonths = facts.retentionDays / (730 / 24);
  const log = (lines: number): number => ((lines * 1500) / GB) * (0.5 + keptMonths * 0.15 * 0.03);
  const images =
    ((arrive * months * (originalBytes + derivedBytes)) / GB) * 0.023 +
    ((2 * arrive) / 1000) * 0.005 +
    ((live + arrive + (reads - live)) / 1000) * 0.0004 +
    invocations * 0.2e-6 +
    (live + arrive) * (milliseconds / 1000) * (facts.memoryMb / 1024) * 0.0000133334 +
    (facts.objectLambda ? ((live / 2) * derivedBytes * 0.005) / GB : 0) +
    log(invocations) +
    invocations * 5e-6 +
    (3 * arrive + 650_000) * 0.4e-6 +
    6 * facts.deliveries * 0.3;
  const customers = 1000;
  const forecasts = customers * 30;
  const objects = customers * 5 * facts.runs;
  const training =
    ((customers * (5 * 10_000 + 30_000)) / GB) * 0.023 +
    (objects / 1000) * 0.005 +
    ((objects + forecasts) / 1000) * 0.0004 +
    facts.runs * ((2 * 4 * 0.115) / 60 + (facts.trainingInstances * 5 * 0.204) / 60) +
    facts.runs * (0.2e-6 + 0.2 * 0.25 * 0.0000133334) +
    log(facts.runs) +
    facts.runs * 5e-6 +
    2 * 0.3 +
    (facts.scheduled ? facts.runs * 1e-6 : 0);
  const serving =
    facts.servingInstances * (730 * 0.087 + 30 * 0.14) + ((forecasts * (20 + 1500)) / GB) * 0.016 + log(forecasts);
  const unknownBucket = 10 * 0.023 + 10 * 0.005 + 100 * 0.0004;
  const asked = 100_000;
  const each = asked * (0.2e-6 + 0.2 * (facts.memoryMb / 1024) * 0.0000133334 + 5e-6) + log(asked);
  const classifier =
    2 * each + 0.5 + keptMonths * 0.15 * 0.03 + asked * 1e-6 + (3 * 10_000 + 650_000) * 0.4e-6 + unknownBucket;
  const newcomers =
    forecasts * 0.05 * 0.00002 * facts.serverlessGb +
    0.3 * (730 * 0.087 + 30 * 0.14) +
    2 * (((forecasts * (20 + 1500)) / GB) * 0.016 + log(forecasts)) +
    (facts.runs * 20 * 0.115) / 60 +
    (facts.scheduled ? facts.runs * 1e-6 + 3 * 10_000 * 0.4e-6 : 0) +
    unknownBucket;
  return (
    images +
    training +
    serving +
    classifier +
    newcomers +
    alarmMetrics * 0.1 +
    facts.dashboards * 3 +
    repositories * 0.5 * 0.1
  );
}

function count(graph: ResourceGraph): { readonly alarmMetrics: number; readonly repositories: number } {
  const of = (type: string) => graph.resources.filter((resource) => resource.type === type);
  const metrics = of("aws:cloudwatch/metricAlarm:MetricAlarm").map(({ inputs }) => {
    const { metricQueries } = inputs;
    if (!Array.isArray(metricQueries)) return 1;
    return metricQueries.filter((query) => JSON.stringify(query).includes('"metric":')).length;
  });
  return {
    alarmMetrics: metrics.reduce((sum, one) => sum + one, 0),
    repositories: of("aws:ecr/repository:Repository").length,
  };
}

/** Holds the price of a stack of this repository to an independent arithmetic, within 0.5 %. */
export function assertStackTotal(stack: string, graph: ResourceGraph): void {
  const { [stack]: facts } = STACKS;
  assert.ok(facts, stack);
  const result = priceGraph(graph, shippedBook(), usageOf(), TODAY);
  const { alarmMetrics, repositories } = count(graph);
  const wanted = expectedBill(facts, alarmMetrics, repositories);
  const got = result.total.expected.toNumber();
  assert.ok(Math.abs(got / wanted - 1) < 0.005, `${got} and ${wanted}`);
  assert.ok(result.total.low.compare(result.total.expected) <= 0);
  // Every resource of a cloud is priced or has a reason.
  const named = new Set([...result.items, ...result.notPriced].map(({ resource }) => resource.urn));
  for (const { urn, type } of graph.resources) if (type.startsWith("aws:")) assert.ok(named.has(urn), urn);
  assert.deepEqual(
    result.notPriced.filter(({ reason }) => reason === "kind not known"),
    [],
  );
}
