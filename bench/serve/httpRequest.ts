/** A request as it goes over the wire. */
export interface WireRequest {
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, in ASCII. */
  readonly body?: string;
}

/** The text of a request on a connection that is kept open. Names of headers are in lower case. */
export function wireText({ method, path, headers = {}, body }: WireRequest): string {
  const all = {
    host: "localhost",
    ...(body === undefined ? {} : { "content-type": "application/json" }),
    ...(method === "POST" ? { "content-length": String((body ?? "").length) } : {}),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n${body ?? ""}`;
}
