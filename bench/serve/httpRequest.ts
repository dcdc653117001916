/** A request as it goes over the wire. */
export interface WireRequest {
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, in ASCII. */
  readonly body?: string;
}

/** The text of a request on a connection that is kept open. */
export function wireText({ method, path, headers = {}, body }: WireRequest): string {
  const all = {
    Host: "localhost",
    ...(body === undefined ? {} : { "Content-Type": "application/json" }),
    ...headers,
    ...(method === "POST" ? { "Content-Length": String((body ?? "").length) } : {}),
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n${body ?? ""}`;
}
