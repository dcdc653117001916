import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { json } from "node:stream/consumers";
import * as z from "zod";
import { FunctionError, RuntimeApi } from "../../cli/local/lambda/runtimeApi";
import type { CpuQuota } from "./cpuQuota";

const TIMEOUT_MS = 120_000;

const Answer = z.object({ statusCode: z.literal(200), body: z.string() });

/** How a function's process is started. */
export interface FunctionRunOptions {
  readonly quota: CpuQuota;
  /** The compiled runtime inside the process. */
  readonly bootstrap: string;
  /** Folder of the unpacked archive. */
  readonly taskRoot: string;
  readonly memoryMb: number;
  /** Whole environment besides what the Runtime API itself needs. */
  readonly environment: Readonly<Record<string, string>>;
}

/** One process of the packed function under a quota, driven through the Lambda Runtime API. */
export class FunctionRun {
  #logBytes = 0;

  private constructor(
    private readonly api: RuntimeApi,
    private readonly child: ChildProcess,
  ) {
    child.stdout?.on("data", (chunk: Buffer) => {
      this.#logBytes += chunk.length;
    });
  }

  static async start(options: FunctionRunOptions): Promise<FunctionRun> {
    const { quota, bootstrap, taskRoot, memoryMb, environment } = options;
    const api = await RuntimeApi.start("arn:aws:lambda:us-east-1:123456789012:function:classify");
    const [file, args] = quota.command([process.execPath, bootstrap]);
    const child = spawn(file, args, {
      cwd: taskRoot,
      env: {
        PATH: process.env["PATH"],
        ...environment,
        _HANDLER: "index.http",
        LAMBDA_TASK_ROOT: taskRoot,
        AWS_LAMBDA_RUNTIME_API: api.address,
        AWS_LAMBDA_FUNCTION_NAME: "classify",
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
        AWS_LAMBDA_LOG_FORMAT: "JSON",
      },
      stdio: ["ignore", "pipe", "inherit"],
    });
    child.once("exit", (code, signal) =>
      api.fail(new FunctionError("Runtime.ExitError", `It ended: ${signal ?? code}.`)),
    );
    return new FunctionRun(api, child);
  }

  /** Bytes that it has logged. */
  get logBytes(): number {
    return this.#logBytes;
  }

  /** Memory that its process held after the last request, in bytes. */
  get rssBytes(): number {
    return this.api.usage.rssBytes;
  }

  /** CPU time of its process so far, in milliseconds. */
  get cpuMs(): number {
    return this.api.usage.cpuMicros / 1000;
  }

  /**
   * Sends a request of an HTTP API.
   * @returns milliseconds to the whole answer, and its bytes
   * @throws Error unless it is answered with 200
   */
  async ask(event: object): Promise<{ readonly ms: number; readonly bytes: number }> {
    const asked = performance.now();
    const { answer, settled } = this.api.invoke(JSON.stringify(event), TIMEOUT_MS);
    const { body } = Answer.parse(await json((await answer).body));
    const ms = performance.now() - asked;
    await settled;
    return { ms, bytes: Buffer.byteLength(body) };
  }

  async stop(): Promise<void> {
    const exited =
      this.child.exitCode === null && this.child.signalCode === null ? once(this.child, "exit") : undefined;
    this.child.kill("SIGKILL");
    await this.api.stop();
    await exited;
  }
}
