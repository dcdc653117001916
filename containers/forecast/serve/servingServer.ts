import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { SERVICE_LIMITS } from "../../../contracts/serviceLimits";
import { answer, answerEmpty, answerError, answerJson, answerUnread, customAttributes } from "./exchange";
import { answerForm, MEDIA_TYPE, requestForm } from "./exchangeFormat";
import { modelNameOf } from "./modelName";
import type { ModelRegistry } from "./modelRegistry";
import { readListRequest, readLoadRequest } from "./modelRequest";
import { servingErrorOf } from "./modelShelf";
import { readBody } from "./requestBody";
import { Action, type Route, route } from "./routes";
import { ServingError } from "./servingError";

const { payloadBytes, answerSeconds, loadSeconds } = SERVICE_LIMITS.sagemaker.serving;

/** Name of the one model of a single-model endpoint. */
export const SINGLE_MODEL = "model";

/** Largest body of `POST /models`. */
const LOAD_BYTES = 64 * 1024;

/** Milliseconds that an idle connection stays: longer than the platform keeps its own, or its next request meets the end. */
const KEEP_ALIVE_MS = 75_000;

/** What batch transform may do at once: docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-batch-code.html */
const EXECUTION_PARAMETERS = { MaxConcurrentTransforms: 8, BatchStrategy: "SINGLE_RECORD", MaxPayloadInMB: 6 };

/** The HTTP side of serving: SageMaker's contract, of one model or of many. */
export class ServingServer {
  readonly #server: Server;
  #healthy = false;
  #stopping = false;

  constructor(
    private readonly registry: ModelRegistry,
    private readonly multiModel: boolean,
  ) {
    this.#server = createServer({ keepAlive: true, noDelay: true }, (request, response) =>
      this.#take(request, response),
    );
    this.#server.keepAliveTimeout = KEEP_ALIVE_MS;
    this.#server.headersTimeout = answerSeconds * 1000;
    this.#server.requestTimeout = answerSeconds * 1000;
    this.#server.timeout = loadSeconds * 1000;
    this.#server.on("checkContinue", (request, response) => {
      if (!(Number(request.headers["content-length"]) > payloadBytes)) response.writeContinue();
      this.#take(request, response);
    });
    this.#server.on("clientError", refuseMalformed);
  }

  /** @returns the port */
  async listen(port: number, address: string): Promise<number> {
    this.#server.listen(port, address);
    await once(this.#server, "listening");
    return (this.#server.address() as AddressInfo).port;
  }

  /** From now on `GET /ping` says so. */
  becomeHealthy(): void {
    this.#healthy = true;
  }

  /** Takes no more connections, and answers what is under way; what is not answered after a time is given up. */
  async stop(milliseconds: number): Promise<void> {
    this.#stopping = true;
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    const idle = setInterval(() => this.#server.closeIdleConnections(), 50);
    const end = setTimeout(() => this.#server.closeAllConnections(), milliseconds);
    await closed;
    clearInterval(idle);
    clearTimeout(end);
  }

  #take(request: IncomingMessage, response: ServerResponse): void {
    if (this.#stopping) response.shouldKeepAlive = false;
    try {
      const url = request.url as string;
      const end = url.indexOf("?");
      const found = route(this.multiModel, request.method as string, end < 0 ? url : url.slice(0, end));
      if (found === undefined || !("action" in found)) {
        request.resume();
        answerError(response, notFound(request, found), undefined, found && ["Allow", found.allowed.join(", ")]);
        return;
      }
      this.#act(found, end < 0 ? "" : url.slice(end + 1), request, response);
    } catch (error) {
      request.resume();
      answerError(response, servingErrorOf(error));
    }
  }

  #act({ action, model }: Route, query: string, request: IncomingMessage, response: ServerResponse): void {
    switch (action) {
      case Action.Invoke:
        this.#invoke(this.multiModel ? modelNameOf(model) : SINGLE_MODEL, request, response);
        return;
      case Action.Load:
        this.#load(request, response);
        return;
    }
    request.resume();
    switch (action) {
      case Action.Ping:
        if (this.#healthy) answerEmpty(response);
        else answerError(response, new ServingError(503, "NotReady", "the model is not loaded yet"));
        break;
      case Action.List: {
        const { limit, after } = readListRequest(query);
        answerJson(response, this.registry.list(limit, after));
        break;
      }
      case Action.Describe:
        answerJson(response, this.registry.describe(modelNameOf(model)));
        break;
      case Action.Unload:
        settle(this.registry.unload(modelNameOf(model)), response);
        break;
      case Action.Parameters:
        answerJson(response, EXECUTION_PARAMETERS);
        break;
    }
  }

  #invoke(name: string, request: IncomingMessage, response: ServerResponse): void {
    const attributes = customAttributes(request);
    const asked = requestForm(request.headers);
    const answered = answerForm(request.headers);
    readBody(request, payloadBytes, (body) => {
      if (body === undefined) {
        answerUnread(request, response, payloadTooLarge(payloadBytes));
        return;
      }
      this.registry.invoke(name, { body, asked, answered }, (status, code, text) => {
        if (status === 200) answer(response, 200, MEDIA_TYPE[answered], text, attributes);
        else answerError(response, { status, code, body: text }, attributes);
      });
    });
  }

  #load(request: IncomingMessage, response: ServerResponse): void {
    readBody(request, LOAD_BYTES, (body) => {
      if (body === undefined) {
        answerUnread(request, response, payloadTooLarge(LOAD_BYTES));
        return;
      }
      try {
        const { name, url } = readLoadRequest(body);
        settle(this.registry.load(name, url), response);
      } catch (error) {
        answerError(response, servingErrorOf(error));
      }
    });
  }
}

/** Answers when something is done. */
function settle(work: Promise<void>, response: ServerResponse): void {
  work.then(
    () => answerEmpty(response),
    (error: unknown) => answerError(response, servingErrorOf(error)),
  );
}

function notFound({ method, url }: IncomingMessage, wrong: { allowed: readonly string[] } | undefined): ServingError {
  const given = `${method} ${String(url).slice(0, 200)}`;
  if (wrong === undefined) return new ServingError(404, "NoSuchRoute", `there is nothing at ${given}`);
  const problem = { property: "method", given: String(method), allowed: wrong.allowed.join(", ") };
  return new ServingError(405, "MethodNotAllowed", `${given}: allowed: ${problem.allowed}`, [problem]);
}

function payloadTooLarge(limit: number): ServingError {
  const problem = { property: "body", given: "more", allowed: `at most ${limit} bytes` };
  return new ServingError(413, "PayloadTooLarge", `the body is larger than ${limit} bytes`, [problem]);
}

/** Answers what is no HTTP, or came too slowly, as far as the connection still takes an answer. */
function refuseMalformed(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const slow = error.code === "ERR_HTTP_REQUEST_TIMEOUT";
  const large = error.code === "HPE_HEADER_OVERFLOW";
  const status = slow ? "408 Request Timeout" : large ? "431 Request Header Fields Too Large" : "400 Bad Request";
  const code = slow ? "RequestTimeout" : large ? "HeadersTooLarge" : "MalformedRequest";
  const { body } = new ServingError(0, code, slow ? "the request did not come in time" : "the request is no HTTP/1.1");
  const type = "Content-Type: application/json\r\nConnection: close";
  socket.end(
    `HTTP/1.1 ${status}\r\n${type}\r\nContent-Length: ${body.length}\r\nx-frugal-ml-error: ${code}\r\n\r\n${body}`,
  );
}
