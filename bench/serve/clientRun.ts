import { percentile } from "../../cli/job/readings";
import type { LoopTask } from "./closedLoop";
import type { LoadClients } from "./loadClients";

/** One run of clients against a server. */
export interface ClientRun {
  readonly requestsPerSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Milliseconds of the server's processor time for each request, all of its processes together; NaN if not read. */
  readonly cpuMs: number;
  /** Share of a processor that the clients' process took. */
  readonly clientBusy: number;
}

/** Who is asked what. */
export interface Asked {
  readonly name: string;
  readonly task: LoopTask;
  /** Whose processor time is read. */
  readonly process?: { cpuSeconds(): number };
}

/**
 * Runs clients against a server and reads what it cost.
 * @throws Error when any answer was other than expected: a fast wrong answer is no answer
 */
export async function clientRun(clients: LoadClients, { name, task, process }: Asked): Promise<ClientRun> {
  const read = (): number => process?.cpuSeconds() ?? Number.NaN;
  const [serverBefore, clientBefore] = [read(), clients.cpuSeconds()];
  const { latencies, milliseconds, failures, failedWith } = await clients.run(task);
  const [serverAfter, clientAfter] = [read(), clients.cpuSeconds()];
  if (failures > 0) {
    throw new Error(`${name}: ${failures} of ${latencies.length} answers were wrong, first ${failedWith ?? 200}.`);
  }
  return {
    requestsPerSecond: (latencies.length / milliseconds) * 1000,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    cpuMs: ((serverAfter - serverBefore) * 1000) / latencies.length,
    clientBusy: ((clientAfter - clientBefore) * 1000) / milliseconds,
  };
}
