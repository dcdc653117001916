import type { IncomingMessage, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { SERVICE_LIMITS } from "../../../contracts/serviceLimits";
import { isSigned } from "../isSigned";
import { limitedBody } from "../limitedBody";
import { passOn } from "../passOn";
import type { SigningCredentials } from "../s3/sigV4";
import { bufferedAnswer } from "./bufferedAnswer";
import { httpEvent } from "./httpEvent";
import { splitPrelude } from "./httpPrelude";
import type { LocalFunction } from "./localFunction";
import { FunctionError } from "./runtimeApi";

/** Of a request that no function gets. */
const TOO_LARGE = "RequestEntityTooLarge";

/**
 * A function URL on this machine: verifies the signature, makes the event of payload format 2.0, and passes the
 * answer on, as it is streamed or as a buffered answer describes it.
 */
export class FunctionUrlServer {
  /** @param credentials what requests must be signed with; undefined for a URL that is open to all */
  constructor(
    private readonly lambda: LocalFunction,
    private readonly credentials: SigningCredentials | undefined,
    private readonly region: string,
  ) {}

  /**
   * Answers one request.
   * @param rest path and query below the function's own path, as sent and without the first slash
   */
  async answer(request: IncomingMessage, response: ServerResponse, rest: string): Promise<void> {
    const { bufferedPayloadBytes } = SERVICE_LIMITS.lambda;
    const tooLarge = (): FunctionError => new FunctionError(TOO_LARGE, "Request Entity Too Large");
    try {
      const body = await limitedBody(request, bufferedPayloadBytes, tooLarge);
      const signed = { service: "lambda", region: this.region };
      if (this.credentials && !isSigned(request, body, this.credentials, signed)) {
        return refuse(response, 403, "Forbidden");
      }
      await this.#invoke(request, response, rest, body);
    } catch (error) {
      if (response.headersSent) response.destroy();
      else if (error instanceof FunctionError && error.errorType === TOO_LARGE) refuse(response, 413, error.message);
      else if (error instanceof FunctionError && error.errorType === "Sandbox.Timedout")
        refuse(response, 504, "Gateway Timeout");
      else if (error instanceof FunctionError && error.errorType === "TooManyRequestsException")
        refuse(response, 429, "Too Many Requests");
      else refuse(response, 502, "Internal Server Error");
      if (!(error instanceof FunctionError) && !response.destroyed) throw error;
    }
  }

  async #invoke(request: IncomingMessage, response: ServerResponse, rest: string, body: Buffer): Promise<void> {
    const { contentType, body: answer } = await this.lambda.invoke(urlEvent(request, rest, body));
    if (contentType.startsWith("application/vnd.awslambda.http-integration-response")) {
      const { metadata, body: streamed } = await splitPrelude(answer);
      response.writeHead(metadata.statusCode, metadata.headers);
      return passOn(streamed, response);
    }
    if (contentType !== "application/json") {
      // Streamed without metadata.
      response.writeHead(200, { "content-type": contentType });
      return passOn(answer, response);
    }
    const text = (await buffer(answer)).toString("utf8");
    const {
      statusCode,
      headers,
      body: content,
    } = bufferedAnswer(text) ?? {
      statusCode: 200,
      headers: { "content-type": "application/json" },
      body: Buffer.from(text),
    };
    response.writeHead(statusCode, { ...headers }).end(content);
  }
}

function urlEvent(request: IncomingMessage, rest: string, body: Buffer): object {
  const [path = "", query = ""] = rest.split(/\?(.*)/s);
  return httpEvent({ request, path: `/${path}`, query, body });
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { "content-type": "application/json", "x-amzn-errortype": message.replaceAll(" ", "") });
  response.end(JSON.stringify({ Message: message }));
}
