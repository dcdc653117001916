import http from "node:http";
import { SERVICE_LIMITS } from "../../contracts/serviceLimits";

/** What was sent, and what came, each on one line. */
export interface Exchange {
  readonly sent: string;
  readonly came: string;
}

/** An answer of the container. */
export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
  /** Milliseconds from the request to the end of the answer. */
  readonly ms: number;
  /** Whether the connection had served a request before. */
  readonly reused: boolean;
  readonly exchange: Exchange;
}

/** What is sent besides method and path. */
export interface SendOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Seconds until the end of the answer. */
  readonly seconds: number;
  /** Connections to use, other than those shared by all. */
  readonly agent?: http.Agent;
}

/** Longest part of a body that is shown, in characters. */
const SHOWN = 160;

/** Most bytes of an answer that are read: ten times what SageMaker lets through, so that what is too large is still seen. */
const MOST_BYTES = SERVICE_LIMITS.sagemaker.serving.payloadBytes * 10;

/** Nothing came, or not all of it, or no HTTP. */
export class NoAnswerError extends Error {
  constructor(
    /** Code of the system or of the parser; `TIMEOUT` when the time was over, `TOO_LARGE` when it went on and on. */
    readonly code: string,
    readonly exchange: Exchange,
  ) {
    super(exchange.came);
    this.name = "NoAnswerError";
  }
}

/** Sends single requests to a container, over connections that are kept. */
export class ContainerClient {
  readonly #agent = new http.Agent({ keepAlive: true });
  /** The last exchange that ended. */
  last: Exchange | undefined;

  constructor(readonly base: URL) {}

  /**
   * Sends a request and waits for the whole answer, whatever its status.
   * @throws NoAnswerError
   */
  async send(method: string, path: string, options: SendOptions): Promise<Answer> {
    try {
      return await this.#attempt(method, path, options);
    } catch (error) {
      // A server may close an idle connection at the moment at which it is used again: only a fresh one tells.
      const { code, reused } = error instanceof AttemptError ? error : { code: "", reused: false };
      if (reused && (code === "ECONNRESET" || code === "EPIPE")) return await this.#attempt(method, path, options);
      throw error;
    }
  }

  close(): void {
    this.#agent.destroy();
  }

  #attempt(method: string, path: string, { headers = {}, body, seconds, agent }: SendOptions): Promise<Answer> {
    const sent = sentText(method, path, headers, body);
    const started = performance.now();
    return new Promise((resolve, reject) => {
      let answered = false;
      const fail = (code: string, reason: string): void => {
        const exchange = { sent, came: `no answer: ${reason}` };
        this.last = exchange;
        reject(new AttemptError(code, exchange, request.reusedSocket));
      };
      const request = http.request(
        new URL(path, this.base),
        {
          method,
          agent: agent ?? this.#agent,
          headers: { ...headers, ...(body !== undefined && { "content-length": Buffer.byteLength(body) }) },
        },
        (response) => {
          answered = true;
          const chunks: Buffer[] = [];
          let bytes = 0;
          response.on("data", (chunk: Buffer) => {
            bytes += chunk.length;
            chunks.push(chunk);
            if (bytes > MOST_BYTES) end("TOO_LARGE", `the answer is larger than ${MOST_BYTES} bytes`);
          });
          response.on("error", (error) => fail(codeOf(error), `the answer broke off (${error.message})`));
          response.on("end", () => {
            clearTimeout(timer);
            const answer = Buffer.concat(chunks);
            const ms = performance.now() - started;
            const { statusCode: status = 0, headers: told } = response;
            const exchange = { sent, came: `${status}${bodyText(answer)} (${ms.toFixed(0)} ms)` };
            this.last = exchange;
            resolve({ status, headers: told, body: answer, ms, reused: request.reusedSocket, exchange });
          });
        },
      );
      const end = (code: string, reason: string): void => {
        clearTimeout(timer);
        fail(code, reason);
        request.destroy();
      };
      const timer = setTimeout(() => end("TIMEOUT", `not within ${seconds} s`), seconds * 1000);
      request.on("error", (error) => {
        // The rest of a long body may break off when the answer has begun already.
        if (answered) return;
        clearTimeout(timer);
        fail(codeOf(error), error.message);
      });
      request.end(body);
    });
  }
}

class AttemptError extends NoAnswerError {
  constructor(
    code: string,
    exchange: Exchange,
    readonly reused: boolean,
  ) {
    super(code, exchange);
  }
}

function sentText(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer | undefined,
): string {
  const type = headers["content-type"];
  const shown = body === undefined ? "" : `${type ? ` (${type})` : ""}${bodyText(Buffer.from(body))}`;
  return `${method} ${path.length > SHOWN ? `${path.slice(0, SHOWN)}…` : path}${shown}`;
}

/** A body for a reader: text, cut; and bytes that are none by their number. */
function bodyText(body: Buffer): string {
  if (body.length === 0) return " with an empty body";
  const text = body.subarray(0, SHOWN * 4).toString("utf8");
  const binary = /[^\t\n\r -~\u00a0-\uffef]/.test(text);
  if (binary || body.length > 64 * 1024) return ` with ${body.length} bytes`;
  const line = text.replaceAll(/\s+/g, " ");
  return ` ${line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line}`;
}

function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : "ERROR";
}
