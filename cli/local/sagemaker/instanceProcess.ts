import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { startPlaneProcess } from "../planeProcess";

/** What an instance runs. */
export interface InstanceLaunch {
  /** Name of the host, `algo-1` and so on. */
  readonly host: string;
  /** Compiled program. */
  readonly program: string;
  readonly args: readonly string[];
  /** Whole environment of the process; nothing is inherited. */
  readonly environment: NodeJS.ProcessEnv;
  /** Folder that stands for `/opt/ml`. */
  readonly root: string;
  /** Receives each line that the process writes. */
  log(line: string): void;
}

/** How a process ended. */
export interface InstanceExit {
  readonly host: string;
  /** Exit code; null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** One instance of a job: the container's program as a process of this machine. */
export class InstanceProcess {
  /** Settles when the process has ended and all that it wrote was read. */
  readonly exited: Promise<InstanceExit>;
  readonly #child: ChildProcess;
  #alive = true;

  constructor(readonly launch: InstanceLaunch) {
    const { host, program, args, environment, root, log } = launch;
    const child = startPlaneProcess({ args: [program, ...args], folder: root, environment });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      if (stream !== null) createInterface({ input: stream }).on("line", log);
    }
    this.exited = new Promise((resolve) => {
      const end = (code: number | null, signal: NodeJS.Signals | null): void => {
        this.#alive = false;
        resolve({ host, code, signal });
      };
      child.once("close", end);
      child.once("error", (error) => {
        log(`${program} could not be started: ${error.message}`);
        if (child.pid === undefined) end(127, null);
      });
    });
  }

  /** Process id; undefined when it could not be started. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Asks the process to end, and ends it when it has not in so many seconds; with 0 it is not asked. */
  async terminate(graceSeconds: number): Promise<void> {
    if (!this.#alive) return;
    if (graceSeconds > 0) this.#child.kill("SIGTERM");
    else this.#child.kill("SIGKILL");
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), graceSeconds * 1000);
    await this.exited;
    clearTimeout(timer);
  }
}
