import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** What a function wrote with WriteGetObjectResponse. */
export interface WrittenObject {
  readonly status: string;
  readonly body: Buffer;
}

/**
 * Originals on a loopback port, whichever bucket they are asked of, and a place where WriteGetObjectResponse is
 * received. It verifies nothing: signatures are the local plane's tests' business, the processor is this one's.
 */
export class LoopbackStore {
  readonly #server: http.Server;
  readonly #written = new Map<string, WrittenObject>();

  private constructor(private readonly originals: ReadonlyMap<string, Buffer>) {
    this.#server = http.createServer((request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
  }

  /** Starts listening on 127.0.0.1. */
  static async start(originals: ReadonlyMap<string, Buffer>): Promise<LoopbackStore> {
    const store = new LoopbackStore(originals);
    await new Promise<void>((resolve, reject) => {
      store.#server.once("error", reject).listen(0, "127.0.0.1", resolve);
    });
    return store;
  }

  /** Its port. */
  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** What was written to a route. */
  written(route: string): WrittenObject | undefined {
    return this.#written.get(route);
  }

  /** Stops listening. */
  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    if (request.method === "POST" && pathname === "/WriteGetObjectResponse") {
      const route = String(request.headers["x-amz-request-route"]);
      const status = String(request.headers["x-amz-fwd-status"]);
      this.#written.set(route, { status, body: await buffer(request) });
      response.writeHead(200).end();
      return;
    }
    const original = this.originals.get(decodeURIComponent(pathname.split("/").at(-1) ?? ""));
    if (original === undefined) response.writeHead(404).end();
    else response.writeHead(200, { "content-type": "image/jpeg", "content-length": original.length }).end(original);
  }
}
