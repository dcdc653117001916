import { percentile } from "../../cli/job/readings";
import type { BenchServer, RunningServer } from "./benchServer";
import type { LoopResult } from "./closedLoop";
import { wireText } from "./httpRequest";
import { LoadClients } from "./loadClients";
import { median } from "./median";
import { Placement } from "./placement";

/** Loads at once. */
export const AT_ONCE = 8;

/** What loading models took that nobody had loaded before. Milliseconds, medians of the rounds. */
export interface ColdLoads {
  readonly name: string;
  readonly models: number;
  /** The very first load of a server that has just started. */
  readonly first: number;
  readonly p50: number;
  readonly p99: number;
}

/**
 * Each round starts each server anew and loads every model once.
 * @param models names of models, of which the first {@link AT_ONCE} are for the first loads of a server and not counted
 */
export async function measureColdLoads(
  servers: readonly BenchServer[],
  root: string,
  models: readonly string[],
  rounds: number,
): Promise<ColdLoads[]> {
  const clients = LoadClients.start(Placement.Free);
  const found = servers.map(({ name }) => ({ name, first: [] as number[], p50: [] as number[], p99: [] as number[] }));
  try {
    for (let round = 0; round < rounds; round++) {
      for (const [at, server] of servers.entries()) {
        const running = await server.start(root, Placement.Free);
        try {
          const [first = "", ...early] = models.slice(0, AT_ONCE);
          const [alone] = (await load(clients, running, [first])).latencies;
          await load(clients, running, early);
          const { latencies } = await load(clients, running, models.slice(AT_ONCE));
          found[at]?.first.push(alone ?? Number.NaN);
          found[at]?.p50.push(percentile(latencies, 0.5));
          found[at]?.p99.push(percentile(latencies, 0.99));
        } finally {
          await running.process.stop();
        }
      }
    }
  } finally {
    clients.stop();
  }
  return found.map(({ name, first, p50, p99 }) => {
    return { name, models: models.length - AT_ONCE, first: median(first), p50: median(p50), p99: median(p99) };
  });
}

async function load(clients: LoadClients, server: RunningServer, models: readonly string[]): Promise<LoopResult> {
  const requests = models.map((model) => wireText(server.load(model)));
  const result = await clients.run({ port: server.port, requests, clients: Math.min(AT_ONCE, models.length) });
  if (result.failures > 0) throw new Error(`${server.name} answered ${result.failedWith} to ${result.failures} loads.`);
  return result;
}
