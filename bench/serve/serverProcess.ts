import { type ChildProcess, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { closeSync, openSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Placement, placed } from "./placement";
import { treeCpuSeconds } from "./processTree";

const START_MS = 60_000;
const STOP_MS = 10_000;

/** How a server is started. */
export interface ServerCommand {
  readonly name: string;
  readonly command: readonly string[];
  /** Where it runs, and where what it prints is kept. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly port: number;
  /** Path that answers 200 once it is up. */
  readonly health: string;
}

/** Groups of processes that are to end with this one, however it ends. */
const groups = new Set<number>();
process.once("exit", () => {
  for (const id of groups) signalGroup(id, "SIGKILL");
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));

/** A started server with all of its processes. */
export class ServerProcess {
  private constructor(
    private readonly child: ChildProcess,
    private readonly id: number,
  ) {}

  /**
   * Starts a server and waits until it is up.
   * @throws Error with the end of what it printed when it ends, or is not up within a minute
   */
  static async start(server: ServerCommand, placement: Placement): Promise<ServerProcess> {
    const log = path.join(server.folder, "output.log");
    const output = openSync(log, "w");
    const { file, args } = placed(placement, "server", server.command);
    const env = { PATH: process.env["PATH"], HOME: process.env["HOME"], ...server.environment };
    // A group of its own, so that its workers end with it.
    const child = spawn(file, args, { cwd: server.folder, env, detached: true, stdio: ["ignore", output, output] });
    closeSync(output);
    if (child.pid !== undefined) groups.add(child.pid);
    let ended: string | undefined;
    child.once("error", ({ message }) => {
      ended = message;
    });
    child.once("exit", (code, signal) => {
      ended = `it ended with ${code ?? signal}`;
    });
    const deadline = Date.now() + START_MS;
    while (ended === undefined && Date.now() < deadline) {
      const up = await fetch(`http://127.0.0.1:${server.port}${server.health}`).catch(() => undefined);
      await up?.arrayBuffer();
      if (up?.status === 200 && child.pid !== undefined) return new ServerProcess(child, child.pid);
      await sleep(100);
    }
    if (child.pid !== undefined) signalGroup(child.pid, "SIGKILL");
    const printed = readFileSync(log, "utf8").slice(-2000);
    throw new Error(`${server.name} did not start: ${ended ?? "not up within a minute"}. ${printed}`);
  }

  /** Seconds of processor time so far, of all its processes. */
  cpuSeconds(): number {
    return treeCpuSeconds(this.id);
  }

  /** Ends it and its workers. */
  async stop(): Promise<void> {
    const gone = new Promise<void>((resolve) => {
      if (this.child.exitCode !== null || this.child.signalCode !== null) resolve();
      else this.child.once("exit", () => resolve());
    });
    signalGroup(this.id, "SIGTERM");
    await Promise.race([gone, sleep(STOP_MS, undefined, { ref: false })]);
    signalGroup(this.id, "SIGKILL");
    await gone;
    groups.delete(this.id);
  }
}

function signalGroup(id: number, name: NodeJS.Signals): void {
  try {
    process.kill(-id, name);
  } catch {
    // Nobody of the group is left.
  }
}

/** multi-model-server takes no port from 32767 on, and the system gives away those from 32768 on. */
const PORTS = { from: 20_000, below: 30_000 } as const;

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(PORTS.from, PORTS.below);
    const free = await new Promise<boolean>((resolve) => {
      const server = createServer().once("error", () => resolve(false));
      server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
    });
    if (free) return port;
  }
}
