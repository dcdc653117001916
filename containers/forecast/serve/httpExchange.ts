import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { SERVICE_LIMITS } from "../../../contracts/serviceLimits";
import { ServingHeader } from "../../../contracts/servingContainer";
import { readBody } from "./requestBody";
import { type RequestHandler, respondError } from "./requestHandler";
import { ServingError } from "./servingError";
import type { Respond } from "./servingRequest";

const { payloadBytes } = SERVICE_LIMITS.sagemaker.serving;

/** Milliseconds that a client has to read the answer to a body that was too large, before the connection ends. */
const LINGER_MS = 1000;

/** One request that node:http has read, up to its answer. */
export function exchange(handler: RequestHandler, request: IncomingMessage, response: ServerResponse): void {
  const respond: Respond = (status, type, body, headers) => {
    const content = type === "" ? [] : ["Content-Type", type];
    response.writeHead(status, [...content, "Content-Length", String(body.length), ...headers]);
    response.end(body, "latin1");
  };
  readBody(request, payloadBytes, (body) => {
    if (body === undefined) {
      refuseLarge(request, response, respond);
      return;
    }
    const { method = "", url: target = "", headers } = request;
    const customAttributes = headers[ServingHeader.CustomAttributes]?.toString();
    const { "content-type": contentType, accept } = headers;
    handler.handle({ method, target, contentType, accept, customAttributes, body }, respond);
  });
}

/** Lets a client go on only when its body can be taken. */
export function exchangeExpected(handler: RequestHandler, request: IncomingMessage, response: ServerResponse): void {
  if (!(Number(request.headers["content-length"]) > payloadBytes)) response.writeContinue();
  exchange(handler, request, response);
}

/** Answers what is no HTTP, or came too slowly, as far as the connection still takes an answer. */
export function refuseMalformed(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, code] = REFUSALS[error.code ?? ""] ?? ["400 Bad Request", "MalformedRequest"];
  const { body } = new ServingError(0, code, "the request is no HTTP/1.1 that can be answered");
  const head = `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n${ServingHeader.Error}: ${code}`;
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n${head}\r\n\r\n${body}`, () => socket.destroy());
}

const REFUSALS: Readonly<Record<string, readonly [status: string, code: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: ["408 Request Timeout", "RequestTimeout"],
  HPE_HEADER_OVERFLOW: ["431 Request Header Fields Too Large", "HeadersTooLarge"],
};

/**
 * Answers before the body was read. What is still coming is dropped for a moment: a connection that ended at once could
 * take the answer with it.
 */
function refuseLarge(request: IncomingMessage, response: ServerResponse, respond: Respond): void {
  response.shouldKeepAlive = false;
  const { socket } = request;
  request.resume();
  const problem = { property: "body", given: "more", allowed: `at most ${payloadBytes} bytes` };
  const message = `the body is larger than ${payloadBytes} bytes`;
  respondError(respond, new ServingError(413, "PayloadTooLarge", message, [problem]));
  const end = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once("close", () => clearTimeout(end));
}
