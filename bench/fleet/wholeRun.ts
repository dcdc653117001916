import type { ChildProcess } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { captureGraph } from "../../cli/graph/captureGraph";
import { planeS3Client } from "../../cli/job/deliveryReader";
import { startRun } from "../../cli/job/fleetRun";
import { LocalEndpoint } from "../../cli/local/hosting/localEndpoint";
import { LocalFleet } from "../../cli/local/localFleet";
import { LocalPlane } from "../../cli/local/localPlane";
import { FleetCommand } from "../../contracts/fleetContainer";
import { parseS3Uri } from "../../contracts/s3Location";
import type { Bound } from "./bounds";
import { exitOf, startContainer } from "./containerProcess";
import { measureSecondProcess, type SecondProcess } from "./secondProcess";
import { seedCsv, writeDataset } from "./seedCsv";

const ROOT = path.resolve(__dirname, "../..");

/** Whole runs, of which the median counts. */
const RUNS = 3;

/** Customers that one process trains, or two: the more, the less the start of a process and its first, slow fits weigh. */
const CUSTOMERS = [2000, 8000];

/** How many times the work of one process two must do. */
const LEAST_GAIN = 1.7;

/** What a fleet's machines do, apart from single fits. */
export interface WholeRun {
  /** Seconds of 1,000 customers of 730 rows, from the start function's call to the moved pointers, on all processors. */
  readonly seconds: number;
  /** Seconds of each step of that run. */
  readonly steps: Readonly<Record<string, number>>;
  readonly secondProcess: readonly SecondProcess[];
  /** Largest resident memory of splitting 100,000 customers, in MB, and its seconds. */
  readonly splitMb: number;
  readonly splitSeconds: number;
}

/** Measures a whole run, two processes against one, and the split of many customers. */
export async function measureWholeRun(): Promise<WholeRun> {
  const folder = await mkdtemp(path.join(tmpdir(), "frugal-ml-whole-"));
  try {
    const runs: Array<{ seconds: number; steps: Record<string, number> }> = [];
    for (let run = 0; run < RUNS; run++) runs.push(await wholeRun());
    runs.sort((a, b) => a.seconds - b.seconds);
    const { seconds, steps } = runs[RUNS >> 1] ?? { seconds: Number.NaN, steps: {} };
    const secondProcess: SecondProcess[] = [];
    for (const customers of CUSTOMERS) {
      secondProcess.push(await measureSecondProcess(path.join(folder, String(customers)), customers));
    }
    return { seconds, steps, secondProcess, ...(await largeSplit(folder)) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What is asked of it. */
export function wholeRunBounds({ seconds, secondProcess, splitMb }: WholeRun): Bound[] {
  return [
    { name: "1,000 customers x 730 rows, whole run, seconds", value: seconds, most: 8 },
    ...secondProcess.map(({ customers, gain }) => ({
      name: `two processes over one, ${customers} customers`,
      value: gain,
      least: LEAST_GAIN,
    })),
    { name: "split of 100,000 customers, MB", value: splitMb, most: 300 },
  ];
}

/** The stack `local` on this machine, as `npm start` runs it. */
async function wholeRun(): Promise<{ seconds: number; steps: Record<string, number> }> {
  const plane = await LocalPlane.listen({ port: 0, region: "us-east-1", program: ROOT });
  const client = planeS3Client(plane.manifest());
  try {
    await plane.start(
      await captureGraph({ program: ROOT, stack: "local", mode: "resolved", provider: plane.provider }),
    );
    // Containers that start would take the processors from the run.
    while (plane.all(LocalEndpoint).some(({ status }) => status === "Creating")) await sleep(50);
    const [fleet] = plane.all(LocalFleet);
    if (fleet?.settings.dataUri === undefined) throw new Error("The stack local has no fleet that splits.");
    const { bucket, prefix } = parseS3Uri(fleet.settings.dataUri);
    const Body = Buffer.from(seedCsv(1000, 730));
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: `${prefix}dataset.csv`, Body }));
    const started = performance.now();
    const execution = await startRun(plane, fleet.settings);
    await execution.finished;
    const seconds = (performance.now() - started) / 1000;
    if (execution.status !== "Succeeded") throw new Error(execution.failureReason);
    const steps = execution.steps.map(({ definition, startedAt, endedAt }) => {
      return [definition.name, ((endedAt ?? startedAt).getTime() - startedAt.getTime()) / 1000] as const;
    });
    return { seconds, steps: Object.fromEntries(steps) };
  } finally {
    client.destroy();
    await plane.stop();
  }
}

/** Splits 100,000 customers whose rows come one by one from everybody, which is the worst order there is. */
async function largeSplit(folder: string): Promise<{ splitMb: number; splitSeconds: number }> {
  const root = path.join(folder, "large");
  await writeDataset(root, async (write) => {
    await write("customer_id,timestamp,consumption\n");
    for (let row = 0; row < 60; row++) {
      const day = new Date(Date.UTC(2024, 0, 1 + row)).toISOString().slice(0, 10);
      for (let first = 0; first < 100_000; first += 5000) {
        const lines = Array.from(
          { length: 5000 },
          (_, at) => `${first + at},${day},${((first + at) * 7 + row) % 1000}\n`,
        );
        await write(lines.join(""));
      }
    }
  });
  const started = performance.now();
  const child = startContainer(root, FleetCommand.Split);
  let splitMb = 0;
  const ended = exitOf(child);
  while ((await Promise.race([ended, sleep(50)])) === undefined) splitMb = Math.max(splitMb, await peakMb(child));
  if ((await ended) !== 0) throw new Error("The split of 100,000 customers failed.");
  return { splitMb, splitSeconds: (performance.now() - started) / 1000 };
}

/** Largest resident memory so far, as Linux counts it; 0 elsewhere and after the end. */
async function peakMb({ pid }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024;
}
