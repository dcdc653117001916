import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** What an HTTP request becomes an event with. */
export interface HttpEventParts {
  readonly request: IncomingMessage;
  /** Path below the function's or the API's own, with its first slash. */
  readonly path: string;
  /** Query as sent, without the question mark. */
  readonly query: string;
  readonly body: Buffer;
  /** Whether the body is text, which is passed as it is. Defaults to false: then it is encoded as base64. */
  readonly text?: boolean;
  /** Route that was matched. Defaults to `$default`. */
  readonly routeKey?: string;
  /** Stage that was asked. Defaults to `$default`. */
  readonly stage?: string;
  /** Parts of the path by the names that the route gives them. Defaults to none. */
  readonly pathParameters?: Readonly<Record<string, string>>;
  /** What more there is of the request's context. Defaults to nothing. */
  readonly context?: object;
}

/**
 * The event of payload format 2.0, which function URLs and HTTP APIs share
 * (docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html).
 */
export function httpEvent(parts: HttpEventParts): object {
  const { request, path, query, body, routeKey = "$default", stage = "$default", pathParameters, context } = parts;
  const { cookie, ...rest } = request.headers;
  const headers = Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [name, Array.isArray(value) ? value.join(",") : value]),
  );
  const now = new Date();
  const asText = parts.text ?? false;
  return {
    version: "2.0",
    routeKey,
    rawPath: path,
    rawQueryString: query,
    ...(cookie !== undefined && { cookies: cookie.split("; ") }),
    headers,
    ...(query !== "" && { queryStringParameters: joinedQuery(query) }),
    ...(pathParameters && Object.keys(pathParameters).length > 0 && { pathParameters }),
    requestContext: {
      ...context,
      http: {
        method: request.method,
        path,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: "127.0.0.1",
        userAgent: request.headers["user-agent"] ?? "",
      },
      requestId: randomUUID(),
      routeKey,
      stage,
      time: now.toISOString(),
      timeEpoch: now.getTime(),
    },
    ...(body.length > 0 && { body: body.toString(asText ? "utf8" : "base64") }),
    isBase64Encoded: body.length > 0 && !asText,
  };
}

/** Parameters by name; those that are there more than once are joined with commas. */
function joinedQuery(query: string): Record<string, string> {
  const joined = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    const before = joined.get(name);
    joined.set(name, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(joined);
}
