import http, { type IncomingHttpHeaders, type OutgoingHttpHeaders } from "node:http";
import type { Readable } from "node:stream";

/** A body that is read when it is sent, and again when it is sent again. */
export interface StreamedBody {
  readonly bytes: number;
  open(): Readable;
}

/** A request to a container. */
export interface ContainerRequest {
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: Buffer | StreamedBody;
  /** Milliseconds until the whole answer must be there. */
  readonly timeoutMs: number;
  /** Bytes of the answer that are read; more is a {@link ContainerFailure}. */
  readonly maxBytes?: number;
}

/** What a container answered, whole. */
export interface ContainerAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Why a container gave no answer. */
export type ContainerFailureReason =
  /** It cannot be reached, so that it knows nothing of the request. */
  | "unreached"
  /** The connection broke off; `reused` when it had carried a request before. */
  | "broken"
  | "timeout"
  | "tooLarge";

/** A request that got no answer. */
export class ContainerFailure extends Error {
  constructor(
    readonly reason: ContainerFailureReason,
    /** Whether the connection was one that may have been closed while nobody used it. */
    readonly reused: boolean,
    options?: ErrorOptions,
  ) {
    super(`the container gave no answer: ${reason}`, options);
    this.name = "ContainerFailure";
  }
}

/** A container's port, over connections that are kept. */
export class ContainerClient {
  readonly #agent = new http.Agent({ keepAlive: true, scheduling: "lifo" });

  constructor(private readonly port: number) {}

  /**
   * Sends a request and reads the answer, whatever its status.
   * @throws ContainerFailure
   */
  send({ method, path, headers = {}, body, timeoutMs, maxBytes }: ContainerRequest): Promise<ContainerAnswer> {
    return new Promise((resolve, reject) => {
      let reason: ContainerFailureReason | undefined;
      const bodyBytes = body === undefined || Buffer.isBuffer(body) ? body?.length : body.bytes;
      const request = http.request(
        {
          host: "127.0.0.1",
          port: this.port,
          agent: this.#agent,
          method,
          path,
          headers: { ...headers, ...(bodyBytes !== undefined && { "content-length": bodyBytes }) },
        },
        (response) => {
          const chunks: Buffer[] = [];
          let bytes = 0;
          response.on("data", (chunk: Buffer) => {
            bytes += chunk.length;
            chunks.push(chunk);
            if (maxBytes !== undefined && bytes > maxBytes) give("tooLarge");
          });
          response.on("end", () => {
            clearTimeout(timer);
            const [first = Buffer.alloc(0)] = chunks;
            const whole = chunks.length > 1 ? Buffer.concat(chunks) : first;
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body: whole });
          });
          response.on("error", fail);
        },
      );
      const give = (why: ContainerFailureReason): void => {
        reason = why;
        request.destroy();
        fail();
      };
      const fail = (cause?: NodeJS.ErrnoException): void => {
        clearTimeout(timer);
        const why = reason ?? (cause?.code === "ECONNREFUSED" ? "unreached" : "broken");
        reject(new ContainerFailure(why, request.reusedSocket, { cause }));
      };
      const timer = setTimeout(() => give("timeout"), timeoutMs);
      request.on("error", fail);
      if (body === undefined || Buffer.isBuffer(body)) request.end(body);
      else {
        const source = body.open();
        request.once("close", () => source.destroy());
        source.once("error", (cause) => request.destroy(cause)).pipe(request);
      }
    });
  }

  /** Closes every connection. */
  close(): void {
    this.#agent.destroy();
  }
}
