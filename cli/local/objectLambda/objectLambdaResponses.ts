import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { LocalPlane } from "../localPlane";
import type { LocalService } from "../resourceKind";
import { SignatureError, sameText, verifySignature } from "../s3/sigV4";

/** Path of the operation (docs.aws.amazon.com/AmazonS3/latest/API/API_WriteGetObjectResponse.html). */
const PATH = "/WriteGetObjectResponse";

/** Statuses that the operation takes. */
const STATUSES = new Set([200, 206, 304, 400, 401, 403, 404, 405, 409, 411, 412, 416, 500, 503]);

/** What a function wrote for one read: the request itself, whose body is the object. */
export interface WrittenResponse {
  readonly status: number;
  readonly request: IncomingMessage;
  /** To be called when the body was passed on, or will not be. */
  accept(): void;
}

/** A read that waits for its function's WriteGetObjectResponse. */
export interface ExpectedResponse {
  readonly route: string;
  readonly token: string;
  readonly written: Promise<WrittenResponse>;
  /** Ends the wait; a later write is refused. */
  forget(): void;
}

interface Pending {
  readonly token: string;
  resolve(written: WrittenResponse): void;
}

/** Receives WriteGetObjectResponse and hands each to the read it answers. A token is good for one write. */
export class ObjectLambdaResponses implements LocalService {
  readonly #pending = new Map<string, Pending>();

  constructor(private readonly plane: LocalPlane) {
    plane.route(PATH, (request, response) => this.#answer(request, response));
  }

  /** The one of a plane. */
  static of(plane: LocalPlane): ObjectLambdaResponses {
    const [existing] = plane.all(ObjectLambdaResponses);
    const responses = existing ?? new ObjectLambdaResponses(plane);
    if (!existing) plane.register(responses, PATH);
    return responses;
  }

  /** Reads that still wait are ended by their functions. */
  async stop(): Promise<void> {
    this.#pending.clear();
  }

  /** Expects one write. */
  expect(): ExpectedResponse {
    const route = `io-${randomBytes(12).toString("hex")}`;
    const token = randomBytes(32).toString("base64url");
    const written = new Promise<WrittenResponse>((resolve) => this.#pending.set(route, { token, resolve }));
    return { route, token, written, forget: () => this.#pending.delete(route) };
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refuse = (status: number, code: string, message: string): void => {
      request.resume();
      response.writeHead(status, { "content-type": "application/xml" });
      response.end(
        `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
      );
    };
    const { method = "", url = "/", headers } = request;
    if (method !== "POST") return refuse(405, "MethodNotAllowed", "The specified method is not allowed.");
    try {
      const options = { services: ["s3-object-lambda"], region: this.plane.cloud.region };
      verifySignature({ method, url, headers }, this.plane.credentials, options);
    } catch (error) {
      if (!(error instanceof SignatureError)) throw error;
      return refuse(403, error.code, "The request is not signed as it must be.");
    }
    const route = String(headers["x-amz-request-route"] ?? "");
    const pending = this.#pending.get(route);
    if (!pending || !sameText(pending.token, String(headers["x-amz-request-token"] ?? ""))) {
      return refuse(400, "ValidationError", "The route or the token is not valid, or the token was used already.");
    }
    const status = Number(headers["x-amz-fwd-status"] ?? 200);
    if (!STATUSES.has(status))
      return refuse(400, "InvalidArgument", "The status code is not one that can be forwarded.");
    this.#pending.delete(route);
    pending.resolve({ status, request, accept: () => void response.writeHead(200).end() });
  }
}
