import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { finished } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { captureGraph } from "../../cli/graph/captureGraph";
import { planeS3Client } from "../../cli/job/deliveryReader";
import { startRun } from "../../cli/job/fleetRun";
import { LocalEndpoint } from "../../cli/local/hosting/localEndpoint";
import { LocalFleet } from "../../cli/local/localFleet";
import { LocalPlane } from "../../cli/local/localPlane";
import { FleetCommand, FleetEnvironment } from "../../contracts/fleetContainer";
import { parseS3Uri } from "../../contracts/s3Location";
import { seedDataset } from "../../contracts/seedDataset";
import type { Bound } from "./bounds";

const ROOT = path.resolve(__dirname, "../..");
const PROGRAM = path.join(ROOT, "dist", "containers", "forecast", "main.js");

/** Runs of each measurement, of which the median counts. */
const RUNS = 3;

/** Customers that one process trains, or two. */
export const CUSTOMERS = 2000;
export const MORE_CUSTOMERS = 8000;

/** What a fleet's machines do, apart from single fits. */
export interface WholeRun {
  /** Seconds of 1,000 customers of 730 rows, from the start function's call to the moved pointers, on all processors. */
  readonly seconds: number;
  /** Seconds of each step of that run. */
  readonly steps: Readonly<Record<string, number>>;
  /** One process's time to train over two processes' for the same customers. */
  readonly twoOverOne: number;
  /** The same for more customers, beside which the start of a process and its first, slow fits weigh less. */
  readonly twoOverOneOfMore: number;
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
    return {
      seconds,
      steps,
      twoOverOne: await twoOverOne(path.join(folder, "few"), CUSTOMERS),
      twoOverOneOfMore: await twoOverOne(path.join(folder, "more"), MORE_CUSTOMERS),
      ...(await largeSplit(folder)),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What is asked of it. */
export function wholeRunBounds({ seconds, twoOverOne: gain, splitMb }: WholeRun): Bound[] {
  return [
    { name: "1,000 customers x 730 rows, whole run, seconds", value: seconds, most: 8 },
    { name: "two processes over one", value: gain, least: 1.7 },
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

/** Trains the same customers with one process, and with two that have half of them each, by turns. */
async function twoOverOne(folder: string, customers: number): Promise<number> {
  const split = path.join(folder, "series");
  await dataset(split, async (write) => write(seedCsv(customers, 365)));
  await run(split, FleetCommand.Split);
  const series = path.join(split, "processing", "output", "series");
  const names = (await readdir(series)).sort();
  const ratios: number[] = [];
  for (let round = 0; round < RUNS; round++) {
    const seconds: number[] = [];
    for (const count of [1, 2]) {
      const roots = Array.from({ length: count }, (_, index) => path.join(folder, `train-${round}-${count}-${index}`));
      for (const root of roots) await mkdir(path.join(root, "input", "data", "series"), { recursive: true });
      const place = (index: number): string => path.join(roots[index % count] ?? "", "input", "data", "series");
      for (const [index, name] of names.entries()) await rename(path.join(series, name), path.join(place(index), name));
      const started = performance.now();
      await Promise.all(roots.map((root) => run(root, FleetCommand.Train)));
      seconds.push(performance.now() - started);
      for (const [index, name] of names.entries()) await rename(path.join(place(index), name), path.join(series, name));
    }
    const [one = Number.NaN, two = Number.NaN] = seconds;
    ratios.push(one / two);
  }
  return ratios.sort((a, b) => a - b)[RUNS >> 1] ?? Number.NaN;
}

/** Splits 100,000 customers whose rows come one by one from everybody, which is the worst order there is. */
async function largeSplit(folder: string): Promise<{ splitMb: number; splitSeconds: number }> {
  const root = path.join(folder, "large");
  await dataset(root, async (write) => {
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
  const child = start(root, FleetCommand.Split);
  let splitMb = 0;
  const ended = exitOf(child);
  while ((await Promise.race([ended, sleep(50)])) === undefined) splitMb = Math.max(splitMb, await peakMb(child));
  if ((await ended) !== 0) throw new Error("The split of 100,000 customers failed.");
  return { splitMb, splitSeconds: (performance.now() - started) / 1000 };
}

function seedCsv(customers: number, points: number): string {
  const lines = ["customer_id,timestamp,consumption"];
  for (const { customer, time, consumption } of seedDataset({ customers, points, seed: 4 })) {
    lines.push(`${customer},${time.toISOString().slice(0, 19)},${consumption}`);
  }
  return `${lines.join("\n")}\n`;
}

async function dataset(root: string, fill: (write: (text: string) => Promise<void>) => Promise<void>): Promise<void> {
  const data = path.join(root, "processing", "input", "data");
  await mkdir(data, { recursive: true });
  const file = createWriteStream(path.join(data, "dataset.csv"));
  await fill(async (text) => {
    if (!file.write(text)) await once(file, "drain");
  });
  file.end();
  await finished(file);
}

async function run(root: string, command: FleetCommand): Promise<void> {
  const code = await exitOf(start(root, command));
  if (code !== 0) throw new Error(`${command} ended with ${code}.`);
}

/** One process with one thread. */
function start(root: string, command: FleetCommand): ChildProcess {
  const env = { [FleetEnvironment.Root]: root, [FleetEnvironment.Workers]: "1" };
  return spawn(process.execPath, [PROGRAM, command], { env, stdio: "ignore" });
}

function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => child.once("exit", (code) => resolve(code ?? 137)));
}

/** Largest resident memory so far, as Linux counts it; 0 elsewhere and after the end. */
async function peakMb({ pid }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024;
}
