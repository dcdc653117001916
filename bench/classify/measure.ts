import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { percentile } from "../../cli/job/readings";
import { SERVICE_LIMITS } from "../../contracts/serviceLimits";
import { CpuQuota } from "./cpuQuota";
import { FunctionRun, type FunctionRunOptions } from "./functionRun";

/** A GET of the default image, as payload format 2.0 passes it. */
const DEFAULT_IMAGE_REQUEST = {
  version: "2.0",
  rawPath: "/",
  rawQueryString: "",
  headers: {},
  requestContext: { http: { method: "GET", path: "/", protocol: "HTTP/1.1", sourceIp: "192.0.2.1" } },
  isBase64Encoded: false,
};

/** Requests after the first that are not counted as warm: they find memory that is not laid out yet. */
const SETTLING = 2;

/** What a function of some memory does. */
export interface Measured {
  readonly memoryMb: number;
  readonly vcpus: number;
  /** Start of a process, its model fetched anew, to its first answer. */
  readonly coldMs: readonly number[];
  readonly warmMs: readonly number[];
  /** CPU time of a warm request, mean. */
  readonly cpuMs: number;
  /** Mean of what a request logs. */
  readonly logBytes: number;
  readonly answerBytes: number;
  /** Largest memory of a process. */
  readonly rssMb: number;
  readonly quota: string;
}

/** How often. */
export interface Rounds {
  readonly cold: number;
  /** Warm requests of each process. */
  readonly warm: number;
}

/** Starts processes one after another under the quota of a memory, and asks each for the default image. */
export async function measure(
  memoryMb: number,
  { cold, warm }: Rounds,
  options: Omit<FunctionRunOptions, "quota" | "memoryMb">,
): Promise<Measured> {
  const vcpus = memoryMb / SERVICE_LIMITS.lambda.oneVcpuMemoryMb;
  const quota = CpuQuota.create(vcpus);
  const coldMs: number[] = [];
  const warmMs: number[] = [];
  let [cpuMs, logBytes, answerBytes, rssMb] = [0, 0, 0, 0];
  try {
    for (let round = 0; round < cold; round++) {
      const folder = await mkdtemp(path.join(tmpdir(), "frugal-ml-cold-"));
      const environment = { ...options.environment, TMPDIR: folder };
      const started = performance.now();
      const run = await FunctionRun.start({ ...options, environment, quota, memoryMb });
      try {
        await run.ask(DEFAULT_IMAGE_REQUEST);
        coldMs.push(performance.now() - started);
        for (let turn = 0; turn < SETTLING; turn++) await run.ask(DEFAULT_IMAGE_REQUEST);
        const before = { cpuMs: run.cpuMs, logBytes: run.logBytes };
        for (let turn = 0; turn < warm; turn++) {
          const { ms, bytes } = await run.ask(DEFAULT_IMAGE_REQUEST);
          warmMs.push(ms);
          answerBytes = bytes;
        }
        cpuMs += (run.cpuMs - before.cpuMs) / warm / cold;
        logBytes += (run.logBytes - before.logBytes) / warm / cold;
        rssMb = Math.max(rssMb, run.rssBytes / (1024 * 1024));
      } finally {
        await run.stop();
        await rm(folder, { recursive: true, force: true });
      }
    }
    return { memoryMb, vcpus, coldMs, warmMs, cpuMs, logBytes, answerBytes, rssMb, quota: quota.description };
  } finally {
    quota.remove();
  }
}

/** A percentile in whole milliseconds. */
export function ms(values: readonly number[], share: number): string {
  return percentile(values, share).toFixed(0);
}

/** The mean. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
