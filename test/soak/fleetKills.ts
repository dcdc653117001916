import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { LocalPlane } from "../../cli/local/localPlane";
import { FleetCommand, FleetEnvironment, RESULTS_FOLDER } from "../../contracts/fleetContainer";
import { seedDataset } from "../../contracts/seedDataset";
import { seededRandom } from "../../contracts/seededRandom";
import { FleetStore } from "../../fleet/fleetStore";

const REPOSITORY = path.resolve(__dirname, "../..");
const PROGRAM = path.join(REPOSITORY, "dist", "containers", "forecast", "main.js");
const BUCKET = "killed-fleet";
const VERSION = "killed";

/** What a fleet was left with: SHA-256 by name, of every model and of what the pointers say. */
export type FleetDigest = Readonly<Record<string, string>>;

/** What the kills did. */
export interface KillReport {
  /** Processes that got a signal while they worked. */
  readonly kills: number;
  readonly bySignal: Readonly<Record<"SIGTERM" | "SIGKILL", number>>;
  readonly byCommand: Readonly<Record<FleetCommand, number>>;
  readonly models: number;
  /** Names that differ from the uninterrupted run. */
  readonly wrong: readonly string[];
}

/**
 * Splits, trains and publishes a dataset while its processes are killed at random, and compares what is left with an
 * uninterrupted run: the same models, to the byte.
 * @param kills kills in all, shared out among the commands
 */
export async function killFleet(options: { customers: number; kills: number; seed: number }): Promise<KillReport> {
  const folder = await mkdtemp(path.join(tmpdir(), "frugal-ml-kills-"));
  const plane = await LocalPlane.listen({ port: 0, region: "us-east-1", program: REPOSITORY });
  try {
    const random = seededRandom(options.seed);
    const data = datasetOf(options.customers);
    const reference = new KilledFleet(path.join(folder, "reference"), plane, "reference/", data);
    const killed = new KilledFleet(path.join(folder, "killed"), plane, "killed/", data);
    await plane.store.createBucket(BUCKET);
    const expected = await reference.run(0, random);
    const actual = await killed.run(options.kills, random);
    const names = [...new Set([...Object.keys(expected), ...Object.keys(actual)])];
    const wrong = names.filter((name) => expected[name] !== actual[name]);
    return { ...killed.report, models: Object.keys(expected).filter((name) => name.endsWith(".tar.gz")).length, wrong };
  } finally {
    await plane.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** One fleet below one folder of the bucket. */
class KilledFleet {
  readonly report = {
    kills: 0,
    bySignal: { SIGTERM: 0, SIGKILL: 0 },
    byCommand: { split: 0, train: 0, publish: 0 },
  };

  constructor(
    private readonly root: string,
    private readonly plane: LocalPlane,
    private readonly prefix: string,
    private readonly data: string,
  ) {}

  async run(kills: number, random: () => number): Promise<FleetDigest> {
    const at = (...parts: string[]): string => path.join(this.root, ...parts);
    await mkdir(at("processing/input/data"), { recursive: true });
    await mkdir(at("processing/input/state"), { recursive: true });
    await writeFile(at("processing/input/data/dataset.csv"), this.data);
    const each = Math.ceil(kills / 3);
    await this.#until(FleetCommand.Split, each, random);
    await mkdir(at("input/data"), { recursive: true });
    await cp(at("processing/output/series"), at("input/data/series"), { recursive: true });
    await this.#until(FleetCommand.Train, each, random);
    const store = this.#store();
    for (const name of await readdir(at("checkpoints"))) {
      if (name === RESULTS_FOLDER) continue;
      await store.writeBytes(`${this.prefix}models/${VERSION}/${name}`, await readFile(at("checkpoints", name)));
    }
    await cp(at("checkpoints", RESULTS_FOLDER), at("processing/input/results"), { recursive: true });
    await cp(at("processing/output/plan"), at("processing/input/plan"), { recursive: true });
    await this.#until(FleetCommand.Publish, kills - 2 * each, random);
    const digest: Record<string, string> = {};
    for await (const { key } of store.list(this.prefix)) {
      const name = key.slice(this.prefix.length);
      // The manifest tells times and durations, which are never the same.
      if (/^(models\/.*\.tar\.gz|pointers\/)/.test(name)) {
        digest[name] = createHash("sha256")
          .update((await store.readBytes(key)) ?? "")
          .digest("hex");
      } else if (!/(manifest|latest)\.json$/.test(name)) {
        digest[name] = "not expected";
      }
    }
    store.close();
    return digest;
  }

  /** Runs a command again and again until it was killed so often and then ends by itself. */
  async #until(command: FleetCommand, kills: number, random: () => number): Promise<void> {
    let usual = 1500;
    for (let left = kills; ; ) {
      const child = this.#start(command);
      const started = performance.now();
      const ended = exitOf(child);
      if (left > 0) {
        const code = await Promise.race([ended, sleep(150 + random() * usual)]);
        if (code === undefined) {
          const signal = random() < 0.5 ? "SIGTERM" : "SIGKILL";
          const signalled = child.kill(signal);
          const end = await ended;
          // After SIGTERM a step may finish what it is at, to its last customer: it was asked to stop all the same.
          if (signalled && (end !== 0 || signal === "SIGTERM")) {
            left--;
            this.report.kills++;
            this.report.bySignal[signal]++;
            this.report.byCommand[command]++;
          }
          if (end === 0) await this.#startOver(command);
          continue;
        }
        // It was done before its turn: next time sooner, from the start.
        usual = Math.max(50, (performance.now() - started) / 2);
        if (code !== 0) throw new Error(`${command} ended with ${code}`);
        await this.#startOver(command);
        continue;
      }
      const code = await ended;
      if (code !== 0) throw new Error(`${command} ended with ${code}`);
      return;
    }
  }

  /** Forgets what a step has done, where it would skip that, so that the next kill meets it at work. */
  async #startOver(command: FleetCommand): Promise<void> {
    if (command === FleetCommand.Train) await rm(path.join(this.root, "checkpoints"), { recursive: true, force: true });
  }

  #start(command: FleetCommand): ChildProcess {
    const { endpoint, region } = this.plane.cloud;
    const uri = `s3://${BUCKET}/${this.prefix}`;
    return spawn(process.execPath, [PROGRAM, command], {
      stdio: "ignore",
      env: {
        AWS_REGION: region,
        AWS_ACCESS_KEY_ID: this.plane.credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: this.plane.credentials.secretAccessKey,
        AWS_ENDPOINT_URL: endpoint,
        [FleetEnvironment.Root]: this.root,
        [FleetEnvironment.Fleet]: "killed",
        [FleetEnvironment.Version]: VERSION,
        [FleetEnvironment.FleetUri]: uri,
        NODE_V8_COVERAGE: undefined,
      },
    });
  }

  #store(): FleetStore {
    const { endpoint, region } = this.plane.cloud;
    return new FleetStore(BUCKET, { endpoint, region, ...this.plane.credentials });
  }
}

/** The seed's customers, and among them some that must end in quarantine. */
function datasetOf(customers: number): string {
  const lines = ["customer_id,timestamp,consumption"];
  for (const { customer, time, consumption } of seedDataset({ customers, points: 120, seed: 11 })) {
    lines.push(`${customer},${time.toISOString()},${consumption}`);
  }
  for (let day = 1; day < 10; day++) lines.push(`constant,2024-01-0${day},5`);
  lines.push("short,2024-01-01,5", '"odd, ""id""",2024-01-01,1', '"odd, ""id""",2024-01-02,2');
  return `${lines.join("\n")}\n`;
}

function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => child.once("exit", (code) => resolve(code ?? 137)));
}
