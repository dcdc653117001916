import path from "node:path";
import { LocalPlane } from "../../cli/local/localPlane";
import { checkedBytes } from "./answer";
import { ask } from "./ask";
import type { BenchServer } from "./benchServer";
import { type ClientRun, clientRun } from "./clientRun";
import { type WireRequest, wireText } from "./httpRequest";
import { LoadClients } from "./loadClients";
import { median } from "./median";
import { Placement } from "./placement";
import { planeInvocation } from "./planeInvocation";
import { modelFolder } from "./servedModels";
import { MANY_CLIENTS, type Turns } from "./throughput";

/** One model asked straight, and through the local plane. */
export interface ThroughPlane {
  readonly ways: readonly PlaneWay[];
  /** What the plane takes besides, for one client: the median of each round's own difference, in milliseconds. */
  readonly overhead: number;
}

/** A way to the model, medians of the rounds. */
export interface PlaneWay {
  readonly name: string;
  readonly requestsPerSecond: number;
  /** Milliseconds of one client. */
  readonly p50: number;
  readonly p99: number;
}

/**
 * Asks a model of a server of its own and through the stack `local`, whose plane runs in this process, by turns. The
 * request is signed once: what signing takes is the client's. The plane verifies it each time.
 */
export async function measureThroughPlane(
  server: BenchServer,
  root: string,
  model: string,
  turns: Turns,
): Promise<ThroughPlane> {
  const running = await server.start(root, Placement.Free);
  const plane = await LocalPlane.listen({ port: 0, region: "us-east-1", program: path.resolve(__dirname, "../..") });
  const clients = LoadClients.start(Placement.Free);
  try {
    await (await ask(running.port, running.load(model))).arrayBuffer();
    const invocation = await planeInvocation(plane, modelFolder(root, model));
    const ways = [
      await way("straight", running.port, running.invoke(model)),
      await way("through the local plane", Number(new URL(plane.cloud.endpoint).port), invocation),
    ];
    for (const { many } of ways) await clientRun(clients, many(turns.many));
    for (let round = 0; round < turns.rounds; round++) {
      for (const { many, single, runs } of ways) {
        runs.many.push(await clientRun(clients, many(turns.many)));
        runs.single.push(await clientRun(clients, single(turns.single)));
      }
    }
    const [straight, through] = ways.map(({ runs }) => runs.single.map(({ p50 }) => p50));
    return {
      ways: ways.map(({ name, runs }) => ({
        name,
        requestsPerSecond: median(runs.many.map(({ requestsPerSecond }) => requestsPerSecond)),
        p50: median(runs.single.map(({ p50 }) => p50)),
        p99: median(runs.single.map(({ p99 }) => p99)),
      })),
      overhead: median((through ?? []).map((p50, round) => p50 - (straight?.[round] ?? Number.NaN))),
    };
  } finally {
    clients.stop();
    await running.process.stop();
    await plane.stop();
  }
}

/** Loads and checks the model that way, and says what clients are to do. */
async function way(name: string, port: number, request: WireRequest) {
  const bytes = await checkedBytes(name, await ask(port, request));
  const task = { port, requests: [wireText(request)], bytes };
  return {
    name,
    runs: { many: [] as ClientRun[], single: [] as ClientRun[] },
    many: (seconds: number) => ({ name, task: { ...task, clients: MANY_CLIENTS, milliseconds: seconds * 1000 } }),
    single: (seconds: number) => ({ name, task: { ...task, clients: 1, milliseconds: seconds * 1000 } }),
  };
}
