import { inParallel } from "../../../contracts/inParallel";
import type { LocalFleetEntry } from "../../../contracts/localManifest";
import type { RunSummary } from "../../../contracts/runSummary";
import type { ComparedForecast } from "../comparedForecast";
import { planeS3Client } from "../deliveryReader";
import { seedHistories } from "../fleetDataset";
import { latestVersion } from "../fleetRun";
import { HostedModels } from "../hostedModels";
import type { JobContext, JobPart } from "../jobPart";
import { percentile, rounded } from "../readings";

/** Invocations at once. */
const CALLERS = 16;

/** Steps ahead of every forecast, as in the original post. */
const PERIOD = 7;

/** Customers whose forecasts are kept, to be drawn. */
const DRAWN = 6;

type ServeFigures = NonNullable<RunSummary["serve"]>;

const NOTHING_SERVED: ServeFigures = {
  models: 0,
  requests: 0,
  perSecond: 0,
  p50Ms: 0,
  p99Ms: 0,
  coldMs: 0,
  coldP99Ms: 0,
  coveragePercent: null,
};

/** Serves the models that the fleet has just trained: every customer is asked twice, cold and warm, and some answers are kept to be drawn. */
export const servePart: JobPart<"serve"> = {
  name: "serve",
  budgetSeconds: 20,

  async run(context) {
    const { fleets, endpoints } = context.plane.manifest();
    const pairs = endpoints.flatMap(({ name, modelDataUrl }) =>
      fleets.filter(({ fleetUri }) => modelDataUrl?.startsWith(fleetUri)).map((fleet) => ({ name, fleet })),
    );
    const [first] = pairs;
    if (first === undefined) return { line: "no endpoint serves a fleet", figures: NOTHING_SERVED, failures: [] };
    const failures: string[] = [];
    try {
      const { figures, forecasts } = await serveFleet(context, first.name, first.fleet, failures);
      const covered =
        figures.coveragePercent === null
          ? ""
          : `, ${figures.coveragePercent} % of what was held back within the 80 % interval`;
      const line = `${figures.models} models behind ${first.name}: cold p50 ${figures.coldMs} ms, p99 ${figures.coldP99Ms} ms; warm ${figures.perSecond}/s, p50 ${figures.p50Ms} ms, p99 ${figures.p99Ms} ms${covered}`;
      return { line, figures, failures, forecasts };
    } catch (error) {
      failures.push(`${first.name}: ${error instanceof Error ? error.message : error}`);
      return { line: `${first.name} failed`, figures: NOTHING_SERVED, failures };
    }
  },
};

async function serveFleet(
  { plane, data, progress }: JobContext,
  endpoint: string,
  fleet: LocalFleetEntry,
  failures: string[],
): Promise<{ readonly figures: ServeFigures; readonly forecasts: readonly ComparedForecast[] }> {
  const manifest = plane.manifest();
  const client = planeS3Client(manifest);
  const models = new HostedModels(manifest, endpoint, fleet);
  try {
    const version = await latestVersion(client, fleet.fleetUri);
    const customers = version.customers.flatMap(({ customer, model }) => (model === undefined ? [] : [customer]));
    const histories = data === undefined ? seedHistories() : undefined;
    progress(`${endpoint}: ${customers.length} customers, cold`);
    const cold = await askAll(customers, async (customer) => {
      const { timestamps } = await models.forecast(customer, { period: PERIOD });
      if (timestamps.length !== PERIOD) failures.push(`${customer}: ${timestamps.length} steps, not ${PERIOD}`);
    });
    progress(`${endpoint}: warm`);
    const forecasts: ComparedForecast[] = [];
    let [held, within] = [0, 0];
    const warm = await askAll(customers, async (customer) => {
      const history = histories?.get(customer);
      const truth = history?.heldBack ?? [];
      const answer = await models.forecast(
        customer,
        truth.length > 0 ? { timestamps: truth.map(({ time }) => time.toISOString()) } : { period: PERIOD },
      );
      if (answer.customer !== customer) failures.push(`${customer}: answered by the model of ${answer.customer}`);
      truth.forEach(({ consumption }, i) => {
        held++;
        if (consumption >= (answer.lower[i] ?? Infinity) && consumption <= (answer.upper[i] ?? -Infinity)) within++;
      });
      if (customers.indexOf(customer) < DRAWN) {
        forecasts.push({ title: `customer ${customer}`, shown: history?.shown ?? [], truth, answer });
      }
    });
    const figures = {
      models: customers.length,
      requests: cold.latencies.length + warm.latencies.length,
      perSecond: Math.round(customers.length / warm.seconds),
      p50Ms: rounded(percentile(warm.latencies, 0.5)),
      p99Ms: rounded(percentile(warm.latencies, 0.99)),
      coldMs: rounded(percentile(cold.latencies, 0.5)),
      coldP99Ms: rounded(percentile(cold.latencies, 0.99)),
      coveragePercent: held === 0 ? null : Math.round((100 * within) / held),
    };
    return { figures, forecasts };
  } finally {
    models.close();
    client.destroy();
  }
}

/** Asks for every customer, some at once, and times each answer in milliseconds. */
async function askAll(
  customers: readonly string[],
  ask: (customer: string) => Promise<void>,
): Promise<{ readonly latencies: readonly number[]; readonly seconds: number }> {
  const latencies: number[] = [];
  const started = performance.now();
  await inParallel(customers, CALLERS, async (customer) => {
    const asked = performance.now();
    await ask(customer);
    latencies.push(performance.now() - asked);
  });
  return { latencies, seconds: (performance.now() - started) / 1000 };
}
