import type { IncomingMessage, ServerResponse } from "node:http";
import { printGiven } from "../../../contracts/problems";
import { SERVICE_LIMITS } from "../../../contracts/serviceLimits";
import { ServingHeader } from "../../../contracts/servingContainer";
import { invalidRequest, type ServingError } from "./servingError";

const { customAttributesCharacters } = SERVICE_LIMITS.sagemaker.serving;

const ATTRIBUTES = new RegExp(`^[\\x20-\\x7e]{0,${customAttributesCharacters}}$`);

/** Milliseconds that a client has to read the answer to a body that was too large, before the connection ends. */
const LINGER_MS = 1000;

/** Answers with a body that is ASCII. */
export function answer(
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
  attributes: string | undefined,
): void {
  const headers = ["Content-Type", type, "Content-Length", String(body.length)];
  if (attributes !== undefined) headers.push("X-Amzn-SageMaker-Custom-Attributes", attributes);
  response.writeHead(status, headers);
  response.end(body, "latin1");
}

/** Answers with a value as JSON. */
export function answerJson(response: ServerResponse, value: unknown): void {
  const body = Buffer.from(JSON.stringify(value));
  response.writeHead(200, ["Content-Type", "application/json", "Content-Length", String(body.length)]);
  response.end(body);
}

/** Answers 200 without a body. */
export function answerEmpty(response: ServerResponse): void {
  response.writeHead(200, ["Content-Length", "0"]);
  response.end();
}

/** Answers with an error. */
export function answerError(
  response: ServerResponse,
  { status, code, body }: Pick<ServingError, "status" | "code" | "body">,
  attributes?: string,
  more: readonly string[] = [],
): void {
  if (response.headersSent) return;
  const content = Buffer.from(body);
  const headers = ["Content-Type", "application/json", "Content-Length", String(content.length), ...more];
  headers.push(ServingHeader.Error, code);
  if (attributes !== undefined) headers.push("X-Amzn-SageMaker-Custom-Attributes", attributes);
  response.writeHead(status, headers);
  response.end(content);
}

/**
 * Answers before the body was read. What is still coming is dropped for a moment: a connection that ended at once could
 * take the answer with it.
 */
export function answerUnread(request: IncomingMessage, response: ServerResponse, error: ServingError): void {
  response.shouldKeepAlive = false;
  const { socket } = request;
  request.resume();
  answerError(response, error);
  const end = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once("close", () => clearTimeout(end));
}

/**
 * Custom attributes of a request, which the answer gives back.
 * @throws ServingError InvalidRequest when they are not visible ASCII or too long
 */
export function customAttributes({ headers }: IncomingMessage): string | undefined {
  const given = headers[ServingHeader.CustomAttributes];
  if (given === undefined) return undefined;
  const text = String(given);
  if (ATTRIBUTES.test(text)) return text;
  const allowed = `at most ${customAttributesCharacters} visible characters of ASCII`;
  throw invalidRequest([{ property: "X-Amzn-SageMaker-Custom-Attributes", given: printGiven(text), allowed }]);
}
