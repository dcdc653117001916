import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { buffer } from "node:stream/consumers";
import { type HttpPrelude, splitPrelude } from "../../cli/local/lambda/httpPrelude";
import { FunctionError, RuntimeApi } from "../../cli/local/lambda/runtimeApi";

/** Milliseconds for one event; emulated processors are slow. */
const TIMEOUT_MS = 300_000;

/** How a function's process is run. */
export interface FunctionProcessOptions {
  /** Node, with what must stand before it. */
  readonly command: readonly string[];
  /** The compiled runtime inside the process. */
  readonly bootstrap: string;
  /** Folder of the unpacked archive. */
  readonly taskRoot: string;
  /** `file.export`. Defaults to `index.handler`. */
  readonly handler?: string;
  /** Whole environment besides what the Runtime API itself needs. */
  readonly environment: Readonly<Record<string, string>>;
}

/** An HTTP answer of a function. */
export interface FunctionAnswer {
  readonly metadata: HttpPrelude;
  readonly body: Buffer;
}

/** A packed function in a process of any Node, driven through the Lambda Runtime API. */
export class FunctionProcess {
  private constructor(
    private readonly api: RuntimeApi,
    private readonly child: ChildProcess,
  ) {}

  /** Starts the process. */
  static async start(options: FunctionProcessOptions): Promise<FunctionProcess> {
    const { command, bootstrap, taskRoot, handler = "index.handler", environment } = options;
    const api = await RuntimeApi.start("arn:aws:lambda:us-east-1:123456789012:function:normalize");
    const [program = process.execPath, ...before] = command;
    const child = spawn(program, [...before, bootstrap], {
      cwd: taskRoot,
      env: {
        ...environment,
        _HANDLER: handler,
        LAMBDA_TASK_ROOT: taskRoot,
        AWS_LAMBDA_RUNTIME_API: api.address,
        AWS_LAMBDA_FUNCTION_NAME: "normalize",
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "512",
        AWS_LAMBDA_LOG_FORMAT: "JSON",
      },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let complaints = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      complaints = (complaints + chunk.toString("utf8")).slice(-2000);
    });
    child.once("error", (error) => api.fail(new FunctionError("Runtime.ExitError", error.message)));
    child.once("exit", (code, signal) =>
      api.fail(new FunctionError("Runtime.ExitError", `The process ended: ${signal ?? code}. ${complaints}`)),
    );
    return new FunctionProcess(api, child);
  }

  /**
   * Runs one event whose answer is HTTP.
   * @throws FunctionError
   */
  async http(event: object): Promise<FunctionAnswer> {
    const { answer, settled } = this.api.invoke(JSON.stringify(event), TIMEOUT_MS);
    const { metadata, body } = await splitPrelude((await answer).body);
    const bytes = await buffer(body);
    await settled;
    return { metadata, body: bytes };
  }

  /**
   * Runs one event whose answer goes elsewhere.
   * @returns what the function returned, as text
   * @throws FunctionError
   */
  async text(event: object): Promise<string> {
    const { answer, settled } = this.api.invoke(JSON.stringify(event), TIMEOUT_MS);
    const bytes = await buffer((await answer).body);
    await settled;
    return bytes.toString("utf8");
  }

  /** Ends the process. */
  async stop(): Promise<void> {
    const running = this.child.exitCode === null && this.child.signalCode === null;
    const exited = running && this.child.pid !== undefined ? once(this.child, "exit") : undefined;
    this.child.kill("SIGKILL");
    await this.api.stop();
    await exited;
  }
}
