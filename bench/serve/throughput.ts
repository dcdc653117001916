import { checkedBytes } from "./answer";
import { ask } from "./ask";
import type { BenchServer, RunningServer } from "./benchServer";
import { type ClientRun, clientRun } from "./clientRun";
import type { LoopTask } from "./closedLoop";
import { wireText } from "./httpRequest";
import { LoadClients } from "./loadClients";
import { median } from "./median";
import type { Placement } from "./placement";

/** Connections that ask at once. */
export const MANY_CLIENTS = 16;

/** A server is warm when so many windows in a row took no less than so much of the best one's time for each request. */
const STEADY_WINDOWS = 3;
const STEADY_SHARE = 0.95;

/** A server's turns, one a round: many clients, then one. */
export interface ServerTurns {
  readonly name: string;
  readonly many: readonly ClientRun[];
  readonly single: readonly ClientRun[];
}

/** All servers in one place. */
export interface Throughput {
  readonly placement: Placement;
  readonly servers: readonly ServerTurns[];
}

/** How long each turn is. */
export interface Turns {
  readonly rounds: number;
  /** Seconds of many clients, and of one. */
  readonly many: number;
  readonly single: number;
  /** Before the first round: seconds at most, and those after which it is asked whether a server is warm. */
  readonly warmUp: { readonly seconds: number; readonly window: number };
}

/** A server with the model that it is asked for. */
export interface Contestant {
  readonly server: BenchServer;
  readonly model: string;
}

interface Ready {
  readonly running: RunningServer;
  readonly task: Omit<LoopTask, "clients" | "milliseconds">;
}

/** Lets the servers take turns, all of them up the whole time. */
export async function measureThroughput(
  contestants: readonly Contestant[],
  root: string,
  placement: Placement,
  turns: Turns,
): Promise<Throughput> {
  const clients = LoadClients.start(placement);
  const ready: Ready[] = [];
  try {
    for (const { server, model } of contestants) {
      const running = await server.start(root, placement);
      ready.push({ running, task: { port: running.port, requests: [wireText(running.invoke(model))] } });
      await (await ask(running.port, running.load(model))).arrayBuffer();
    }
    const checked: Ready[] = [];
    for (const [at, { running, task }] of ready.entries()) {
      const model = contestants[at]?.model ?? "";
      const bytes = await checkedBytes(running.name, await ask(running.port, running.invoke(model)));
      checked.push({ running, task: { ...task, bytes } });
    }
    for (const one of checked) await warmUp(clients, one, turns);
    const servers = checked.map(({ running: { name } }) => ({
      name,
      many: [] as ClientRun[],
      single: [] as ClientRun[],
    }));
    for (let round = 0; round < turns.rounds; round++) {
      for (const [at, { running, task }] of checked.entries()) {
        const { name, process } = running;
        const many = { ...task, clients: MANY_CLIENTS, milliseconds: turns.many * 1000 };
        servers[at]?.many.push(await clientRun(clients, { name, process, task: many }));
        const single = { ...task, clients: 1, milliseconds: turns.single * 1000 };
        servers[at]?.single.push(await clientRun(clients, { name, process, task: single }));
      }
    }
    return { placement, servers };
  } finally {
    clients.stop();
    await Promise.all(ready.map(({ running }) => running.process.stop()));
  }
}

/** Median over the rounds of a server's figure over another's of the same round. */
export function ratioOf(
  one: readonly ClientRun[],
  other: readonly ClientRun[],
  figure: "requestsPerSecond" | "p50" | "p99",
): number {
  return median(one.map((run, round) => run[figure] / (other[round]?.[figure] ?? Number.NaN)));
}

/**
 * Asks until a request no longer takes less processor time than before: code is compiled, and on a Java that has one
 * processor that goes on for a long time. Time on a clock would say nothing on a machine that others use too.
 */
async function warmUp(clients: LoadClients, { running, task }: Ready, { warmUp: most }: Turns): Promise<void> {
  const end = performance.now() + most.seconds * 1000;
  let [best, windows]: [number, number] = [Number.POSITIVE_INFINITY, 0];
  while (windows < STEADY_WINDOWS && performance.now() < end) {
    const many = { ...task, clients: MANY_CLIENTS, milliseconds: most.window * 1000 };
    const { cpuMs } = await clientRun(clients, { name: running.name, process: running.process, task: many });
    windows = cpuMs < best * STEADY_SHARE ? 0 : windows + 1;
    best = Math.min(best, cpuMs);
  }
}
