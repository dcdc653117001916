import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { SERVICE_LIMITS } from "../../../contracts/serviceLimits";
import { DirectConnection, type DirectConnections } from "./directConnection";
import { exchange, exchangeExpected, refuseMalformed } from "./httpExchange";
import type { RequestHandler } from "./requestHandler";

const { answerSeconds, loadSeconds } = SERVICE_LIMITS.sagemaker.serving;

/** Milliseconds that an idle connection stays: longer than the platform keeps its own, or its next request meets the end. */
const KEEP_ALIVE_MS = 75_000;

/** Milliseconds between looks at connections. */
const LOOK_MS = 1000;

/**
 * The server of HTTP/1.1. node:http listens, and answers whatever is not plain; connections with plain requests never reach
 * it ({@link DirectConnection}).
 */
export class ServingServer implements DirectConnections {
  readonly idleMs = KEEP_ALIVE_MS;
  readonly #server: Server;
  readonly #direct = new Map<Socket, DirectConnection>();
  readonly #look: NodeJS.Timeout;
  #stopping = false;

  constructor(readonly handler: RequestHandler) {
    const server = createServer({ noDelay: true }, (request, response) => {
      if (this.#stopping) response.shouldKeepAlive = false;
      exchange(handler, request, response);
    });
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    server.headersTimeout = answerSeconds * 1000;
    server.requestTimeout = answerSeconds * 1000;
    // Of silence on a connection that waits for an answer, which may be that of a load.
    server.timeout = loadSeconds * 1000;
    server.on("checkContinue", (request, response) => exchangeExpected(handler, request, response));
    server.on("clientError", refuseMalformed);
    this.#server = server;
    this.#handOver = takeConnections(server, (socket) => this.#accept(socket));
    this.#look = setInterval(() => {
      const now = performance.now();
      for (const connection of this.#direct.values()) connection.look(now);
    }, LOOK_MS);
    this.#look.unref();
  }

  readonly #handOver: (socket: Socket) => void;

  get stopping(): boolean {
    return this.#stopping;
  }

  /** @returns the port */
  async listen(port: number, address: string): Promise<number> {
    this.#server.listen(port, address);
    await once(this.#server, "listening");
    return (this.#server.address() as AddressInfo).port;
  }

  handOver(socket: Socket, rest: Buffer): void {
    this.#direct.delete(socket);
    socket.pause();
    this.#handOver(socket);
    if (rest.length > 0) socket.unshift(rest);
    socket.resume();
  }

  /** Takes no more connections, and answers what is under way; what is not answered after a time is given up. */
  async stop(milliseconds: number): Promise<void> {
    this.#stopping = true;
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    const endIdle = (): void => {
      this.#server.closeIdleConnections();
      for (const connection of this.#direct.values()) connection.endIfIdle();
    };
    endIdle();
    const idle = setInterval(endIdle, 50);
    const end = setTimeout(() => {
      this.#server.closeAllConnections();
      for (const socket of this.#direct.keys()) socket.destroy();
    }, milliseconds);
    await closed;
    clearInterval(idle);
    clearInterval(this.#look);
    clearTimeout(end);
  }

  #accept(socket: Socket): void {
    this.#direct.set(socket, new DirectConnection(socket, this));
    socket.once("close", () => this.#direct.delete(socket));
  }
}

/**
 * Takes new connections in node:http's place.
 * @returns what gives one to it, as Node.js documents for the event `connection`
 */
function takeConnections(server: Server, accept: (socket: Socket) => void): (socket: Socket) => void {
  const listeners = server.listeners("connection");
  server.removeAllListeners("connection");
  server.on("connection", accept);
  return (socket) => {
    for (const listener of listeners) listener.call(server, socket);
  };
}
