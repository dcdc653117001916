import { checkedBytes } from "./answer";
import type { BenchServer, RunningServer } from "./benchServer";
import { type ClientRun, clientRun } from "./clientRun";
import type { LoopTask } from "./closedLoop";
import { type WireRequest, wireText } from "./httpRequest";
import { LoadClients } from "./loadClients";
import { median } from "./median";
import type { Placement } from "./placement";

/** Connections that ask at once. */
export const MANY_CLIENTS = 16;

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
  /** Before the first round: seconds at most, and requests after which a server is warm. */
  readonly warmUp: { readonly seconds: number; readonly requests: number };
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
      await (await ask(running, running.load(model))).arrayBuffer();
    }
    const checked: Ready[] = [];
    for (const [at, { running, task }] of ready.entries()) {
      const model = contestants[at]?.model ?? "";
      const bytes = await checkedBytes(running.name, await ask(running, running.invoke(model)));
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
        const many = { ...task, clients: MANY_CLIENTS, milliseconds: turns.many * 1000 };
        servers[at]?.many.push(await clientRun(clients, running, many));
        const single = { ...task, clients: 1, milliseconds: turns.single * 1000 };
        servers[at]?.single.push(await clientRun(clients, running, single));
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

/** Code is compiled, on a Java that has one processor for a long time. */
async function warmUp(clients: LoadClients, { running, task }: Ready, { warmUp: most }: Turns): Promise<void> {
  const end = performance.now() + most.seconds * 1000;
  for (let done = 0; done < most.requests && performance.now() < end; ) {
    const result = await clients.run({ ...task, clients: MANY_CLIENTS, milliseconds: 500 });
    if (result.failures > 0) throw new Error(`${running.name} answered ${result.failedWith ?? "another body"}.`);
    done += result.latencies.length;
  }
}

function ask({ port }: RunningServer, { method, path, headers, body }: WireRequest): Promise<Response> {
  const given = { "content-type": "application/json", ...headers };
  return fetch(`http://127.0.0.1:${port}${path}`, { method, headers: given, body: body ?? null });
}
