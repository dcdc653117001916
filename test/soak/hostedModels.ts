import { readFileSync, readlinkSync } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { LocalEndpoint } from "../../cli/local/hosting/localEndpoint";
import type { LocalPlane } from "../../cli/local/localPlane";
import { loadModule } from "../../containers/forecast/loadedModule";
import { trainCustomer } from "../../containers/forecast/trainCustomer";
import { seededRandom } from "../../contracts/seededRandom";
import { ServingEnvironment } from "../../contracts/servingContainer";
import { handmadePlane } from "../cli/local/handmadePlane";
import { planeClient } from "../cli/local/planeClient";
import { HostedLoad } from "./hostedLoad";

const BUCKET = "soak-models";

/** Requests at once. */
export const CALLERS = 16;

/** How hosting is worked. */
export interface HostedSoakOptions {
  readonly seconds: number;
  /** Customers, each with a model. */
  readonly models: number;
  /** MB that models may take: less than all of them need, so that they are dropped and loaded again. */
  readonly modelMemoryMb: number;
  /** Seconds from one kill of the container to the next, on average. */
  readonly killEverySeconds: number;
  readonly seed: number;
  /** Is told how it goes, now and then. */
  progress?(line: string): void;
}

/** What came of it. */
export interface HostedSoakReport {
  readonly requests: number;
  /** How often each kind of request was answered how. */
  readonly answers: Readonly<Record<string, number>>;
  readonly kills: number;
  readonly restarts: number;
  /** Times that a model was loaded, by the endpoint's metric. */
  readonly loads: number;
  /** Requests that were lost with a container that died: at most one for each caller and kill. */
  readonly lost: number;
  /** Answers that were neither right nor a documented error, the first of them. */
  readonly wrong: readonly string[];
  /** Of the container that runs at the end, once it has been as long as the settled one. */
  readonly containerMb: { readonly settled: number; readonly end: number };
  /** Open files of this process, which plays the control plane. */
  readonly openFiles: { readonly settled: number; readonly end: number };
  /** Folders of models on disk at the end. */
  readonly copies: number;
  /** Processes of containers at the end, which must be one, and after the plane has stopped, which must be none. */
  readonly processes: { readonly end: number; readonly stopped: number };
}

/** Mixed load on a multi-model endpoint whose container is killed again and again. Needs Linux, which tells of processes. */
export async function soakHostedModels(options: HostedSoakOptions): Promise<HostedSoakReport> {
  const { seconds, models, modelMemoryMb, seed, progress = () => {} } = options;
  const random = seededRandom(seed);
  const plane = await startPlane(modelMemoryMb);
  let report: Omit<HostedSoakReport, "processes"> & { readonly running: number };
  try {
    const archives = trained(models);
    await upload(plane, archives);
    const [endpoint] = plane.all(LocalEndpoint);
    const variant = endpoint?.variants[0];
    if (endpoint === undefined || variant === undefined) throw new Error("no endpoint runs");
    const load = new HostedLoad({ plane, bucket: BUCKET, endpoint: endpoint.settings.name, archives, random });
    await load.learn();
    const started = performance.now();
    const due = (): boolean => performance.now() - started < seconds * 1000;
    let kills = 0;
    const settled = { containerMb: residentMb(variant.container?.life?.pid), openFiles: await openFiles() };
    const killer = (async (): Promise<void> => {
      while (due()) {
        await sleep(options.killEverySeconds * 1000 * (0.5 + random()));
        const pid = variant.container?.life?.pid;
        if (pid === undefined || !due() || variant.container?.life?.alive !== true) continue;
        load.killing();
        process.kill(pid, random() < 0.5 ? "SIGTERM" : "SIGKILL");
        kills++;
        progress(`${Math.round((performance.now() - started) / 1000)} s: kill ${kills}, ${load.requests} requests`);
      }
    })();
    await Promise.all([killer, ...Array.from({ length: CALLERS }, () => load.until(due))]);
    await load.allRight();
    const life = variant.container?.life;
    report = {
      requests: load.requests,
      answers: load.answers,
      kills,
      restarts: variant.container?.restarts ?? 0,
      loads: load.coldStarts,
      lost: load.lost,
      wrong: load.wrong,
      containerMb: { settled: settled.containerMb, end: residentMb(life?.pid) },
      openFiles: { settled: settled.openFiles, end: await openFiles() },
      copies: await countCopies(plane),
      running: await childProcesses(),
    };
  } finally {
    await plane.stop();
  }
  const { running, ...rest } = report;
  return { ...rest, processes: { end: running, stopped: await childProcesses() } };
}

function startPlane(modelMemoryMb: number): Promise<LocalPlane> {
  return handmadePlane((stack) => {
    stack.add("aws:s3/bucket:Bucket", BUCKET, { bucket: BUCKET });
    stack.add("aws:sagemaker/model:Model", "soak-model", {
      name: "soak-model",
      executionRoleArn: "arn:aws:iam::123456789012:role/soak",
      primaryContainer: {
        image: `123456789012.dkr.ecr.us-east-1.amazonaws.com/forecast@sha256:${"0".repeat(64)}`,
        mode: "MultiModel",
        modelDataUrl: `s3://${BUCKET}/models/`,
        environment: { [ServingEnvironment.ModelMemoryMb]: String(modelMemoryMb) },
      },
    });
    stack.add("aws:sagemaker/endpointConfiguration:EndpointConfiguration", "soak-config", {
      name: "soak-config",
      productionVariants: [
        { variantName: "AllTraffic", modelName: "soak-model", instanceType: "ml.c7g.large", initialInstanceCount: 1 },
      ],
    });
    stack.add("aws:sagemaker/endpoint:Endpoint", "soak", { name: "soak", endpointConfigName: "soak-config" });
  });
}

/** Archives of daily series by customer, each another one. */
function trained(count: number): ReadonlyMap<string, Uint8Array> {
  const module = loadModule({});
  const archives = new Map<string, Uint8Array>();
  for (let i = 0; i < count; i++) {
    const customer = `customer-${i}`;
    const rows = Array.from({ length: 120 }, (_, day) => {
      const date = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
      return `${date},${(100 + i + 10 * Math.sin((2 * Math.PI * (day + i)) / 7)).toFixed(3)}`;
    });
    const text = `timestamp,consumption\n${rows.join("\n")}\n`;
    const { archive, result } = trainCustomer({ customer, inputHash: "", text }, module, false);
    if (archive === undefined) throw new Error(`${customer}: ${result.detail}`);
    archives.set(customer, archive);
  }
  return archives;
}

async function upload(plane: LocalPlane, archives: ReadonlyMap<string, Uint8Array>): Promise<void> {
  const client = planeClient(plane);
  try {
    for (const [customer, body] of archives) {
      await HostedLoad.put(client, BUCKET, `models/v0/${HostedLoad.file(customer)}`, body);
    }
    await HostedLoad.put(client, BUCKET, "models/v0/broken.tar.gz", gzipSync("this is no archive"));
  } finally {
    client.destroy();
  }
}

function residentMb(pid: number | undefined): number {
  if (pid === undefined) return 0;
  const kb = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Math.round(Number(kb) / 102.4) / 10;
}

async function openFiles(): Promise<number> {
  const files = await readdir("/proc/self/fd");
  return files.filter((file) => {
    try {
      return readlinkSync(`/proc/self/fd/${file}`) !== "";
    } catch {
      return false;
    }
  }).length;
}

async function countCopies(plane: LocalPlane): Promise<number> {
  let count = 0;
  for (const folder of await readdir(plane.folder)) {
    if (!folder.startsWith("endpoint-")) continue;
    const models = await readdir(path.join(plane.folder, folder, "models")).catch(() => []);
    count += models.length;
  }
  return count;
}

/** Processes of this one that serve. */
async function childProcesses(): Promise<number> {
  let count = 0;
  for (const pid of await readdir("/proc")) {
    if (!/^\d+$/.test(pid)) continue;
    try {
      const parent = / (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) \S/, ""))?.[1];
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
      if (Number(parent) === process.pid && command.includes("\0serve")) count++;
    } catch {
      // It ended meanwhile.
    }
  }
  return count;
}
