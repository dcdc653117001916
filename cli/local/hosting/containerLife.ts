import { setTimeout as sleep } from "node:timers/promises";
import { SERVE_COMMAND, ServingEnvironment } from "../../../contracts/servingContainer";
import { InstanceProcess } from "../sagemaker/instanceProcess";
import { type ContainerAnswer, ContainerClient, ContainerFailure, type ContainerRequest } from "./containerClient";
import { freePort } from "./freePort";
import type { HostingTimes } from "./hostingTimes";

/** Milliseconds between two looks at a container that starts; a program of this machine is up in some tens. */
const PING_EVERY_MS = 25;

/** What a container runs. */
export interface ContainerSettings {
  /** Name in the log. */
  readonly name: string;
  /** Compiled program that stands for the image. */
  readonly program: string;
  /** Folder that stands for `/opt/ml`. */
  readonly root: string;
  /** Whole environment of the process, but for the port. */
  readonly environment: NodeJS.ProcessEnv;
  readonly times: HostingTimes;
  /** Receives each line that the process writes, and what becomes of it. */
  log(line: string): void;
}

/** A container from its start to the end of its process. */
export class ContainerLife {
  /** Settles when the process has ended, with how. */
  readonly ended: Promise<string>;
  #alive = true;
  readonly #client: ContainerClient;

  private constructor(
    private readonly settings: ContainerSettings,
    private readonly process: InstanceProcess,
    port: number,
  ) {
    this.#client = new ContainerClient(port);
    this.ended = process.exited.then(({ code, signal }) => {
      this.#alive = false;
      this.#client.close();
      return signal === null ? `exit code ${code}` : `signal ${signal}`;
    });
  }

  /** Starts the program on a port of its own. */
  static async start(settings: ContainerSettings): Promise<ContainerLife> {
    const port = await freePort();
    const { name, program, root, environment, log } = settings;
    const process = new InstanceProcess({
      host: name,
      program,
      args: [SERVE_COMMAND],
      environment: { ...environment, [ServingEnvironment.BindToPort]: String(port) },
      root,
      log,
    });
    return new ContainerLife(settings, process, port);
  }

  /** Whether the process runs. */
  get alive(): boolean {
    return this.#alive;
  }

  /** Process id; undefined when it could not be started. */
  get pid(): number | undefined {
    return this.process.pid;
  }

  /** Sends a request. @throws ContainerFailure */
  send(request: ContainerRequest): Promise<ContainerAnswer> {
    return this.#client.send(request);
  }

  /** Waits until ping is answered 200. @returns false when the process ended or the time was over before */
  async healthy(): Promise<boolean> {
    const deadline = Date.now() + this.settings.times.startMs;
    while (this.#alive && Date.now() < deadline) {
      if ((await this.#ping()) === 200) return this.#alive;
      await Promise.race([sleep(PING_EVERY_MS), this.ended]);
    }
    return false;
  }

  /**
   * Whether the process still runs, after a request was lost: the end of a connection is seen before the end of the
   * process. One that runs but does not answer is busy, and not dead.
   */
  async survived(): Promise<boolean> {
    const { pingMs } = this.settings.times;
    const answer = await this.#ping();
    if (answer === undefined && this.#alive) await Promise.race([sleep(pingMs, undefined, { ref: false }), this.ended]);
    return this.#alive;
  }

  /** SIGKILL, as a machine ends what takes more memory than there is. */
  async kill(): Promise<void> {
    await this.process.terminate(0);
  }

  /** SIGTERM, and SIGKILL when that was not enough. */
  async stop(): Promise<void> {
    await this.process.terminate(this.settings.times.stopMs / 1000);
    await this.ended;
  }

  /** Status of the answer; undefined without one, at once when nothing listens. */
  async #ping(): Promise<number | undefined> {
    try {
      const { status } = await this.send({ method: "GET", path: "/ping", timeoutMs: this.settings.times.pingMs });
      return status;
    } catch (error) {
      if (!(error instanceof ContainerFailure)) throw error;
      return error.reason === "timeout" ? 0 : undefined;
    }
  }
}
