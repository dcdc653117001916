import { randomUUID } from "node:crypto";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";

const API = "/2018-06-01/runtime";

/** What a function answered: bytes that arrive as it writes them. */
export interface InvocationAnswer {
  readonly contentType: string;
  readonly body: Readable;
}

/** The function reported an error, or its process ended before it answered. */
export class FunctionError extends Error {
  /**
   * @param errorType as Lambda names it, for example `Runtime.ExitError`
   * @param message what the function said
   */
  constructor(
    readonly errorType: string,
    message: string,
  ) {
    super(message);
    this.name = "FunctionError";
  }
}

/** One event for the function. */
interface Invocation {
  readonly id: string;
  readonly event: string;
  readonly timeoutMs: number;
  begin(): void;
  resolve(answer: InvocationAnswer): void;
  reject(error: FunctionError): void;
}

/** An event that was handed to a function. */
export interface RunningInvocation {
  /** The function took the event; its process has started. */
  readonly begun: Promise<void>;
  /** Resolves at the first byte of the answer. */
  readonly answer: Promise<InvocationAnswer>;
  /** The function is ready for the next event, or never will be. */
  readonly settled: Promise<void>;
}

/** What a process reports of itself when it asks for the next event. */
export interface ProcessUsage {
  /** CPU time since the process began, in microseconds. */
  readonly cpuMicros: number;
  readonly rssBytes: number;
}

/**
 * The Lambda Runtime API for one execution environment, on a loopback port of its own
 * (docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html). One event at a time, as Lambda does it.
 */
export class RuntimeApi {
  readonly #server: http.Server;
  #waiting: ServerResponse | undefined;
  #queued: Invocation | undefined;
  #current: (Invocation & { answered?: boolean }) | undefined;
  #idle: (() => void) | undefined;
  #usage: ProcessUsage = { cpuMicros: 0, rssBytes: 0 };

  private constructor(private readonly functionArn: string) {
    this.#server = http.createServer((request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
    // A process that computes hears of nothing meanwhile: closed as idle, its connection would fail its answer.
    this.#server.keepAliveTimeout = 0;
  }

  /** Starts listening on 127.0.0.1. */
  static async start(functionArn: string): Promise<RuntimeApi> {
    const api = new RuntimeApi(functionArn);
    await new Promise<void>((resolve, reject) => {
      api.#server.once("error", reject).listen(0, "127.0.0.1", resolve);
    });
    return api;
  }

  /** Value of AWS_LAMBDA_RUNTIME_API. */
  get address(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `127.0.0.1:${port}`;
  }

  /** What the process last reported. */
  get usage(): ProcessUsage {
    return this.#usage;
  }

  /**
   * Hands one event to the function as soon as it asks for one; the deadline that the function is told counts from
   * then on.
   */
  invoke(event: string, timeoutMs: number): RunningInvocation {
    const settled = new Promise<void>((resolve) => {
      this.#idle = resolve;
    });
    let begin = (): void => undefined;
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const answer = new Promise<InvocationAnswer>((resolve, reject) => {
      this.#queued = { id: randomUUID(), event, timeoutMs, begin, resolve, reject };
    });
    this.#dispatch();
    return { begun, answer, settled };
  }

  /** Fails what is under way: the process ended or was ended. */
  fail(error: FunctionError): void {
    this.#queued?.reject(error);
    this.#current?.reject(error);
    this.#queued = undefined;
    this.#current = undefined;
    this.#idle?.();
  }

  /** Stops listening; an event under way fails. */
  async stop(): Promise<void> {
    this.fail(new FunctionError("Runtime.ExitError", "The plane stopped."));
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #dispatch(): void {
    if (this.#queued === undefined || this.#waiting === undefined) return;
    const { id, event, timeoutMs, begin } = this.#queued;
    this.#current = this.#queued;
    this.#queued = undefined;
    this.#waiting.writeHead(200, {
      "content-type": "application/json",
      "lambda-runtime-aws-request-id": id,
      "lambda-runtime-deadline-ms": String(Date.now() + timeoutMs),
      "lambda-runtime-invoked-function-arn": this.functionArn,
    });
    this.#waiting.end(event);
    this.#waiting = undefined;
    begin();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url ?? "";
    if (request.method === "GET" && url === `${API}/invocation/next`) {
      this.#usage = {
        cpuMicros: Number(request.headers["x-frugal-ml-cpu-micros"] ?? 0),
        rssBytes: Number(request.headers["x-frugal-ml-rss-bytes"] ?? 0),
      };
      this.#waiting = response;
      // The first time it asks, nothing has ended yet, though an event may wait for it already.
      const hasEnded = this.#current !== undefined;
      // Rejecting what was answered already does nothing.
      this.#current?.reject(new FunctionError("Runtime.NoResponse", "The function ended without an answer."));
      this.#current = undefined;
      if (hasEnded) this.#idle?.();
      this.#dispatch();
      return;
    }
    const invocation = this.#current?.answered ? undefined : this.#current;
    if (url === `${API}/init/error`) {
      const error = parseError(await buffer(request));
      accepted(response);
      this.fail(error);
    } else if (invocation && url === `${API}/invocation/${invocation.id}/error`) {
      const error = parseError(await buffer(request));
      accepted(response);
      invocation.reject(error);
    } else if (invocation && url === `${API}/invocation/${invocation.id}/response`) {
      invocation.answered = true;
      request.once("end", () => accepted(response));
      invocation.resolve({ contentType: String(request.headers["content-type"] ?? ""), body: request });
    } else {
      response.writeHead(403, { "content-type": "application/json" });
      response.end(JSON.stringify({ errorType: "InvalidRequestID", errorMessage: "No such invocation." }));
    }
  }
}

function accepted(response: ServerResponse): void {
  response.writeHead(202, { "content-type": "application/json" });
  response.end('{"status":"OK"}');
}

function parseError(body: Buffer): FunctionError {
  try {
    const { errorType, errorMessage } = JSON.parse(body.toString("utf8")) as Record<string, unknown>;
    return new FunctionError(String(errorType), String(errorMessage));
  } catch {
    return new FunctionError("Runtime.Unknown", "The function reported an error that is not JSON.");
  }
}
