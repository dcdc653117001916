import type { ChildProcess } from "node:child_process";
import { readFile } from "node:fs/promises";
import { compiledFile, startPlaneProcess } from "../planeProcess";
import { FunctionError, type ProcessUsage, type RunningInvocation, RuntimeApi } from "./runtimeApi";

/** How long a process may take to start, as Lambda has it; the function's own timeout counts from its first event. */
const INIT_SECONDS = 10;

/** How often a process's memory is looked at, in milliseconds. */
const MEMORY_POLL_MS = 250;

/** Everything an execution environment needs to know of its function. */
export interface FunctionSettings {
  readonly name: string;
  readonly arn: string;
  /** Folder of the unpacked code. */
  readonly taskRoot: string;
  /** `file.export`. */
  readonly handler: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  /** Whole environment of the process; nothing is inherited. */
  readonly environment: Readonly<Record<string, string>>;
  /** Receives each line that the function writes. */
  log(line: string): void;
}

/**
 * One process that runs the function, one event at a time: Lambda's execution environment on this machine, with the
 * function's memory and timeout enforced. Memory is watched where the system tells it (Linux); elsewhere only the
 * JavaScript heap is bounded.
 */
export class ExecutionEnvironment {
  #alive = true;
  readonly #watch: NodeJS.Timeout;

  private constructor(
    private readonly settings: FunctionSettings,
    private readonly api: RuntimeApi,
    private readonly child: ChildProcess,
  ) {
    forwardLines(child.stdout, settings.log);
    forwardLines(child.stderr, settings.log);
    child.once("exit", (code, signal) => {
      this.#alive = false;
      clearInterval(this.#watch);
      const how = signal ? `signal: ${signal === "SIGKILL" ? "killed" : signal}` : `exit status ${code}`;
      api.fail(new FunctionError("Runtime.ExitError", `The function's process ended: ${how}.`));
    });
    this.#watch = setInterval(() => void this.#enforceMemory(), MEMORY_POLL_MS).unref();
  }

  /** Starts the process; it is ready when it fetches its first event. */
  static async start(settings: FunctionSettings): Promise<ExecutionEnvironment> {
    const api = await RuntimeApi.start(settings.arn);
    const child = startPlaneProcess({
      args: [`--max-old-space-size=${settings.memoryMb}`, compiledFile("lambda/bootstrap.js")],
      folder: settings.taskRoot,
      environment: {
        ...settings.environment,
        _HANDLER: settings.handler,
        LAMBDA_TASK_ROOT: settings.taskRoot,
        AWS_LAMBDA_RUNTIME_API: api.address,
        AWS_LAMBDA_FUNCTION_NAME: settings.name,
        AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(settings.memoryMb),
        AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
        TZ: ":UTC",
        // Node hands its coverage folder to every child unless the variable is there, even without a value.
        NODE_V8_COVERAGE: undefined,
      },
    });
    return new ExecutionEnvironment(settings, api, child);
  }

  /** Whether the process can take another event. */
  get alive(): boolean {
    return this.#alive;
  }

  /** CPU time and memory, as of the last event. */
  get usage(): ProcessUsage {
    return this.api.usage;
  }

  /** Runs one event. The process is ended when the function exceeds its timeout. */
  invoke(event: string): RunningInvocation {
    const { timeoutSeconds } = this.settings;
    const invocation = this.api.invoke(event, timeoutSeconds * 1000);
    let timer = this.#endAfter(INIT_SECONDS);
    void invocation.begun.then(() => {
      clearTimeout(timer);
      timer = this.#endAfter(timeoutSeconds);
    });
    return { ...invocation, settled: invocation.settled.finally(() => clearTimeout(timer)) };
  }

  /** Ends the process and everything that waits for it. */
  async stop(): Promise<void> {
    const exited = this.#alive ? new Promise((resolve) => this.child.once("exit", resolve)) : undefined;
    this.#kill();
    await this.api.stop();
    await exited;
  }

  #endAfter(seconds: number): NodeJS.Timeout {
    return setTimeout(() => {
      this.api.fail(new FunctionError("Sandbox.Timedout", `Task timed out after ${seconds.toFixed(2)} seconds`));
      this.#kill();
    }, seconds * 1000);
  }

  #kill(): void {
    if (!this.#alive) return;
    this.#alive = false;
    this.child.kill("SIGKILL");
  }

  async #enforceMemory(): Promise<void> {
    const rss = await residentBytes(this.child.pid);
    if (rss <= this.settings.memoryMb * 1024 * 1024) return;
    this.api.fail(
      new FunctionError(
        "Runtime.OutOfMemory",
        `The function used more than its ${this.settings.memoryMb} MB of memory.`,
      ),
    );
    this.#kill();
  }
}

/** Resident memory of a process in bytes; 0 where the system does not tell. */
async function residentBytes(pid: number | undefined): Promise<number> {
  try {
    const status = await readFile(`/proc/${pid}/status`, "utf8");
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

function forwardLines(stream: NodeJS.ReadableStream | null, log: (line: string) => void): void {
  let rest = "";
  stream?.setEncoding("utf8");
  stream?.on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line !== "") log(line);
  });
}
