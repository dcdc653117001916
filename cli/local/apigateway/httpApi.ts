import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { SERVICE_LIMITS } from "../../../contracts/serviceLimits";
import { isSigned } from "../isSigned";
import { bufferedAnswer } from "../lambda/bufferedAnswer";
import { httpEvent } from "../lambda/httpEvent";
import type { LocalFunction } from "../lambda/localFunction";
import { FunctionError } from "../lambda/runtimeApi";
import { limitedBody } from "../limitedBody";
import type { LocalPlane } from "../localPlane";
import type { LocalService } from "../resourceKind";
import { HttpApiError } from "./httpApiError";
import type { JwtAuthorizer } from "./jwtAuthorizer";
import { matchRoute } from "./routeKey";
import type { TokenBucket } from "./tokenBucket";

/** What a route leads to. */
export interface HttpApiIntegration {
  readonly lambda: LocalFunction;
  /** Milliseconds that the API waits. */
  readonly timeoutMs: number;
}

/** How a route is guarded. */
export type RouteAuthorization =
  | { readonly type: "NONE" }
  | { readonly type: "AWS_IAM" }
  | { readonly type: "JWT"; readonly authorizer: JwtAuthorizer };

/** A route of an API. */
export interface HttpApiRoute {
  readonly routeKey: string;
  readonly authorization: RouteAuthorization;
  readonly integration: HttpApiIntegration;
}

/** Content types whose bodies reach the function as text. */
const TEXT = /^(text\/|application\/(json|javascript|xml)\b)/i;

/**
 * An HTTP API of API Gateway on this machine: throttles, matches routes, authorises, makes the event of payload format
 * 2.0, and answers what the function says. Errors are the gateway's own
 * (docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-lambda.html).
 */
export class HttpApi implements LocalService {
  readonly integrations = new Map<string, HttpApiIntegration>();
  readonly authorizers = new Map<string, JwtAuthorizer>();
  readonly routes: HttpApiRoute[] = [];
  /** Throttling of each stage by its name; undefined for one that has none. */
  readonly stages = new Map<string, TokenBucket | undefined>();

  constructor(
    readonly apiId: string,
    private readonly plane: Pick<LocalPlane, "cloud" | "credentials" | "log">,
  ) {}

  async stop(): Promise<void> {
    this.routes.length = 0;
  }

  /**
   * Answers one request.
   * @param rest path and query below the API's own path, as sent and without the first slash
   */
  async answer(request: IncomingMessage, response: ServerResponse, rest: string): Promise<void> {
    const requestId = randomUUID();
    try {
      await this.#pass(request, response, rest, requestId);
    } catch (error) {
      const known = error instanceof HttpApiError ? error : HttpApiError.of(error);
      if (known.cause !== undefined) this.plane.log(this.apiId, `${known.message}: ${known.cause}`);
      request.resume();
      if (response.headersSent) response.destroy();
      else {
        const headers = { "content-type": "application/json", "apigw-requestid": requestId };
        response.writeHead(known.status, headers).end(JSON.stringify({ message: known.message }));
      }
    }
  }

  async #pass(request: IncomingMessage, response: ServerResponse, rest: string, requestId: string): Promise<void> {
    const [whole = "", query = ""] = rest.split(/\?(.*)/s);
    const { stage, path } = this.#stage(`/${whole}`);
    const throttle = this.stages.get(stage);
    const match = matchRoute(this.routes, request.method ?? "GET", path);
    if (match === undefined) throw new HttpApiError("NotFound");
    const tooLarge = (): HttpApiError => new HttpApiError("RequestTooLarge");
    const body = await limitedBody(request, SERVICE_LIMITS.httpApi.payloadBytes, tooLarge);
    const identity = await this.#authorise(match.route.authorization, request, body);
    if (throttle !== undefined && !throttle.take()) throw new HttpApiError("TooManyRequests");
    const { routeKey, integration } = match.route;
    const event = httpEvent({
      request,
      // As the cloud has it, the path begins with the stage unless that is $default.
      path: `/${whole}`,
      query,
      body,
      text: TEXT.test(request.headers["content-type"] ?? ""),
      routeKey,
      stage,
      pathParameters: match.pathParameters,
      context: {
        accountId: this.plane.cloud.accountId,
        apiId: this.apiId,
        domainName: request.headers.host ?? "",
        domainPrefix: this.apiId,
        ...(identity && { authorizer: identity }),
      },
    });
    const result = await this.#invoke(integration, event);
    const answer = bufferedAnswer(result);
    if (answer === undefined) throw new HttpApiError("InternalServerError", "the function's answer is not valid");
    const headers = { ...answer.headers, "apigw-requestid": requestId };
    response.writeHead(answer.statusCode, headers).end(request.method === "HEAD" ? undefined : answer.body);
  }

  #stage(path: string): { readonly stage: string; readonly path: string } {
    const [, first = "", below = ""] = /^\/([^/]*)(.*)$/s.exec(path) ?? [];
    if (this.stages.has(first)) return { stage: first, path: below || "/" };
    if (!this.stages.has("$default")) throw new HttpApiError("NotFound");
    return { stage: "$default", path };
  }

  async #authorise(
    authorization: RouteAuthorization,
    request: IncomingMessage,
    body: Buffer,
  ): Promise<object | undefined> {
    if (authorization.type === "NONE") return undefined;
    if (authorization.type === "AWS_IAM") {
      const { credentials, cloud } = this.plane;
      if (!isSigned(request, body, credentials, { service: "execute-api", region: cloud.region })) {
        throw new HttpApiError("Forbidden");
      }
      return { iam: { accountId: cloud.accountId, accessKey: credentials.accessKeyId, callerId: null } };
    }
    const claims = await authorization.authorizer.claims(request.headers.authorization);
    if (claims === undefined) throw new HttpApiError("Unauthorized");
    return { jwt: { claims, scopes: null } };
  }

  async #invoke({ lambda, timeoutMs }: HttpApiIntegration, event: object): Promise<string> {
    const { bufferedPayloadBytes } = SERVICE_LIMITS.lambda;
    if (Buffer.byteLength(JSON.stringify(event)) > bufferedPayloadBytes) throw new HttpApiError("RequestTooLarge");
    const invoked = lambda.invoke(event).then(async ({ body }) => (await buffer(body)).toString("utf8"));
    let timer: NodeJS.Timeout | undefined;
    const expired = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new HttpApiError("ServiceUnavailable")), timeoutMs);
    });
    try {
      const result = await Promise.race([invoked, expired]);
      if (Buffer.byteLength(result) <= bufferedPayloadBytes) return result;
      throw new HttpApiError("InternalServerError", "the function's answer is larger than Lambda takes");
    } catch (error) {
      invoked.catch(() => undefined);
      if (!(error instanceof FunctionError)) throw error;
      throw new HttpApiError(
        error.errorType === "TooManyRequestsException" ? "ServiceUnavailable" : "InternalServerError",
        error.message,
      );
    } finally {
      clearTimeout(timer);
    }
  }
}
