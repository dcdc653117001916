import { readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { captureGraph } from "../../cli/graph/captureGraph";
import { photographs } from "../../cli/job/photographs";
import { LocalPlane } from "../../cli/local/localPlane";
import type { ResourceGraph } from "../../contracts/graph";
import { planeClient } from "../cli/local/planeClient";
import { type Reader, sdkReader, urlReader } from "../cli/local/readers";
import { type SoakObject, soakObjects, soakRequests } from "./soakRequests";

const ROOT = path.resolve(__dirname, "../..");
const BOOTSTRAP = path.join("local", "lambda", "bootstrap");

/** How a soak is run. */
export interface SoakOptions {
  readonly requests: number;
  /** Requests after which the memory is taken that the end is compared with. */
  readonly settled: number;
  /** Largest object that is read, in bytes; 4 MiB unless told: the limit on bytes is not what a soak is about. */
  readonly largest?: number;
  /** Folder of the program whose stack local is read; this repository unless told. */
  readonly program?: string;
  /** Told how it goes, now and then. */
  readonly progress?: (line: string) => void;
}

/** What a soak found. */
export interface SoakReport {
  readonly requests: number;
  readonly seconds: number;
  /** How often each status was answered. */
  readonly statuses: Readonly<Record<number, number>>;
  /** Answers of another status than they should have, first ones only. */
  readonly wrong: readonly string[];
  /** Processes of the function that ended before the soak did. */
  readonly crashes: number;
  /** Resident memory of the function's process, in MB, at {@link SoakOptions.settled} and at the end; medians of samples. */
  readonly settledMb: number;
  readonly endMb: number;
}

/** Readers that ask at once; the function has one execution environment, so that they queue for it. */
const READERS = 2;

/** Requests between two looks at the memory, and how many looks make a median. */
const LOOK_EVERY = 10;
const LOOKS = 21;

/**
 * Runs the stack local with one execution environment a function, and reads through both of its read deliveries, in
 * turn, whatever {@link soakRequests} asks.
 */
export async function soakNormalize(options: SoakOptions): Promise<SoakReport> {
  const { program = ROOT } = options;
  const plane = await LocalPlane.listen({ port: 0, region: "us-east-1", program });
  const client = planeClient(plane);
  try {
    const { provider } = plane;
    const capture = { program, stack: "local", mode: "resolved", provider } as const;
    await plane.start(oneAtATime(await captureGraph(capture)));
    const manifest = plane.manifest();
    const objectLambda = manifest.accessPoints.find(({ delivery }) => delivery === "object-lambda");
    const functionUrl = manifest.accessPoints.find(({ delivery }) => delivery === "function-url");
    if (objectLambda === undefined || functionUrl?.url === undefined) throw new Error("a read delivery is missing");
    const objects = await soakObjects(await storedPhotographs(), options.largest);
    for (const { key, bytes } of objects) {
      await client.send(new PutObjectCommand({ Bucket: objectLambda.bucket, Key: key, Body: bytes }));
    }
    return await read(options, objects, [sdkReader(client, objectLambda.alias), urlReader(functionUrl.url, manifest)]);
  } finally {
    client.destroy();
    await plane.stop();
  }
}

async function read(
  { requests, settled, progress }: SoakOptions,
  objects: readonly SoakObject[],
  deliveries: readonly Reader[],
): Promise<SoakReport> {
  const asks = soakRequests(objects);
  const statuses: Record<number, number> = {};
  const wrong: string[] = [];
  const seen = new Set<number>();
  const looks: number[] = [];
  const started = performance.now();
  const seconds = (): number => Math.round((performance.now() - started) / 100) / 10;
  let settledMb = 0;
  let begun = 0;
  let done = 0;
  const reader = async (): Promise<void> => {
    while (begun < requests) {
      const turn = begun++;
      const next = asks.next();
      const deliver = deliveries[turn % deliveries.length];
      if (next.done === true || deliver === undefined) throw new Error("nothing to ask");
      const { ask, statuses: right } = next.value;
      const { status, code } = await deliver(ask);
      statuses[status] = (statuses[status] ?? 0) + 1;
      if (!right.includes(status)) wrong.push(`${JSON.stringify(ask)}: ${status} ${code}, not ${right.join(" or ")}`);
      done++;
      if (done % LOOK_EVERY === 0) look(seen, looks);
      if (done === settled) settledMb = median(looks);
      if (done % 500 === 0) progress?.(`${done} requests, ${seconds()} s, ${median(looks).toFixed(1)} MB`);
    }
  };
  await Promise.all(Array.from({ length: READERS }, reader));
  look(seen, looks);
  const crashes = [...seen].filter((pid) => !functionProcesses().includes(pid)).length;
  return {
    requests,
    seconds: seconds(),
    statuses,
    wrong: wrong.slice(0, 10),
    crashes,
    settledMb,
    endMb: median(looks),
  };
}

/** Notes which processes there are, and what they hold; of the looks only the last are kept. */
function look(seen: Set<number>, looks: number[]): void {
  const processes = functionProcesses();
  for (const pid of processes) seen.add(pid);
  looks.push(processes.reduce((sum, pid) => sum + residentMb(pid), 0));
  if (looks.length > LOOKS) looks.shift();
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** The same stack with one execution environment for each function. */
function oneAtATime(graph: ResourceGraph): ResourceGraph {
  const resources = graph.resources.map((resource) =>
    resource.type === "aws:lambda/function:Function"
      ? { ...resource, inputs: { ...resource.inputs, reservedConcurrentExecutions: 1 } }
      : resource,
  );
  return { ...graph, resources };
}

async function storedPhotographs(): Promise<readonly SoakObject[]> {
  const pictures = await photographs();
  return Promise.all(pictures.map(async ({ key, file }) => ({ key, bytes: await readFile(file), statuses: [200] })));
}

/** Processes of functions that this process has started, as Linux tells. */
function functionProcesses(): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      const status = processFile(pid, "status");
      return (
        Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]) === process.pid && processFile(pid, "cmdline").includes(BOOTSTRAP)
      );
    });
}

function residentMb(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(processFile(pid, "status"))?.[1] ?? 0) / 1024;
}

/** Empty when the process has ended meanwhile. */
function processFile(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}
