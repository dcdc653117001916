import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import net from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { LocalManifest } from "../../contracts/localManifest";

/** Seconds until the plane must serve, which trains a thousand models first, on a busy machine too; and until it must have stopped. */
const START_SECONDS = 600;
const STOP_SECONDS = 20;

/** Seconds for its processes to follow it. */
const GRACE_SECONDS = 3;

const ROOT = path.resolve(__dirname, "../..");

/** What became of a plane that was told to stop. */
export interface StopReport {
  readonly exitCode: number | null;
  readonly portClosed: boolean;
  /** Entries of the temporary folder that are the plane's. */
  readonly leftInTemp: readonly string[];
  /** Processes that it had started and that still run. */
  readonly leftRunning: readonly number[];
}

/** The public command, serving in a process of its own with a temporary folder of its own. */
export class ServingPlane {
  private constructor(
    private readonly child: ChildProcess,
    private readonly temp: string,
    readonly manifestFile: string,
    readonly manifest: LocalManifest,
  ) {}

  /**
   * Runs `frugal-ml local --serve` and waits until it answers.
   * @param folder its temporary folder, and below it `out`
   * @throws Error with what it printed when it does not come up
   */
  static async start(folder: string): Promise<ServingPlane> {
    const out = path.join(folder, "out");
    const child = spawn(
      process.execPath,
      ["--import", "tsx", "cli/main.ts", "local", "--serve", "--port", "0", "--out", out],
      { cwd: ROOT, env: ownEnvironment(folder), stdio: ["ignore", "pipe", "pipe"] },
    );
    let printed = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        printed += chunk.toString("utf8");
      });
    }
    const manifestFile = path.join(out, "local.json");
    const deadline = Date.now() + START_SECONDS * 1000;
    while (Date.now() < deadline && child.exitCode === null) {
      const manifest = await readManifest(manifestFile);
      if (manifest && (await isHealthy(manifest.endpoint)))
        return new ServingPlane(child, folder, manifestFile, manifest);
      await sleep(100);
    }
    child.kill("SIGKILL");
    throw new Error(`the plane did not come up:\n${printed}`);
  }

  /** Ends it with SIGTERM and looks at what is left. */
  async stop(): Promise<StopReport> {
    const started = descendants(this.child.pid ?? 0);
    const exited = once(this.child, "exit", { signal: AbortSignal.timeout(STOP_SECONDS * 1000) }).catch(
      () => undefined,
    );
    this.child.kill("SIGTERM");
    await exited;
    return {
      exitCode: this.child.exitCode,
      portClosed: await isClosed(Number(new URL(this.manifest.endpoint).port)),
      leftInTemp: readdirSync(this.temp).filter((name) => name.startsWith("frugal-ml-")),
      leftRunning: await stillRunning(started),
    };
  }

  /** Ends it at once, if it still runs. */
  kill(): void {
    this.child.kill("SIGKILL");
  }
}

/** The user's environment without their AWS settings, which must not matter. */
function ownEnvironment(temp: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("AWS_"));
  return { ...Object.fromEntries(kept), TMPDIR: temp };
}

async function readManifest(file: string): Promise<LocalManifest | undefined> {
  if (!existsSync(file)) return undefined;
  try {
    const manifest: LocalManifest = JSON.parse(await readFile(file, "utf8"));
    return manifest;
  } catch {
    // Half written: the next look finds it whole.
    return undefined;
  }
}

async function isHealthy(endpoint: string): Promise<boolean> {
  const answer = await fetch(`${endpoint}/_health`).catch(() => undefined);
  return answer?.status === 200;
}

function isClosed(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(false)).once("error", () => resolve(true));
    socket.once("connect", () => socket.destroy());
  });
}

/** Processes below a process, as Linux tells; empty on other systems. */
function descendants(pid: number): readonly number[] {
  if (!existsSync("/proc/self/stat")) return [];
  const parents = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => [Number(name), parentOf(Number(name))] as const);
  const below = (parent: number): number[] =>
    parents.filter(([, its]) => its === parent).flatMap(([child]) => [child, ...below(child)]);
  return below(pid);
}

function parentOf(pid: number): number {
  try {
    return Number(statFields(pid)[1]);
  } catch {
    return 0;
  }
}

/** Those that do not end by themselves: what hangs on a pipe of the plane ends a moment after it. */
async function stillRunning(pids: readonly number[]): Promise<readonly number[]> {
  const deadline = Date.now() + GRACE_SECONDS * 1000;
  let running = pids.filter(isRunning);
  while (running.length > 0 && Date.now() < deadline) {
    await sleep(50);
    running = running.filter(isRunning);
  }
  return running;
}

function isRunning(pid: number): boolean {
  try {
    // A process that ended and that nobody has asked about yet stays listed, as Z.
    return statFields(pid)[0] !== "Z";
  } catch {
    return false;
  }
}

/** What Linux tells of a process after its name, which stands in parentheses and may hold spaces. */
function statFields(pid: number): readonly string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}
