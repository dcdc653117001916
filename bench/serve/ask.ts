import type { WireRequest } from "./httpRequest";

/** Asks a server of this machine once, outside of what is measured. */
export function ask(port: number, { method, path, headers, body }: WireRequest): Promise<Response> {
  const given = { "content-type": "application/json", ...headers };
  return fetch(`http://127.0.0.1:${port}${path}`, { method, headers: given, body: body ?? null });
}
