import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { RequestHandler } from "./requestHandler";
import { plainHead, type RequestHead } from "./requestHead";
import type { Respond } from "./servingRequest";

/** Largest request that is read here, head and body. */
const LARGEST = 65_536;

/** Milliseconds that the rest of a request is waited for. */
const REST_MS = 2000;

/** What a connection belongs to. */
export interface DirectConnections {
  readonly handler: RequestHandler;
  /** Whether connections end with the answer under way. */
  readonly stopping: boolean;
  /** Milliseconds that an idle connection stays, and one whose client does not read. */
  readonly idleMs: number;
  /** Gives a connection to node:http for good, with what was read of the next request. */
  handOver(socket: Socket, rest: Buffer): void;
}

/**
 * A connection whose requests are plain, and answered without node:http, which costs several times what a model does. Only
 * what cannot be misunderstood is read here ({@link plainHead}); with the first request that is anything else, right or
 * wrong, the connection goes to node:http.
 */
export class DirectConnection {
  #rest: Buffer | undefined;
  #busy = false;
  #ended = false;
  #idleSince = performance.now();
  #lastText = "";
  #lastHead: RequestHead | undefined;

  constructor(
    private readonly socket: Socket,
    private readonly all: DirectConnections,
  ) {
    socket.on("data", this.#onData).on("end", this.#onEnd).on("error", ignore).on("drain", this.#onDrain);
  }

  /** Ends it when nothing is under way. */
  endIfIdle(): void {
    if (!this.#busy && this.#rest === undefined) this.socket.end();
  }

  /** Looks whether it has been still for too long. */
  look(now: number): void {
    const still = now - this.#idleSince;
    if (this.#busy) return;
    if (this.#rest !== undefined && !this.socket.writableNeedDrain && still > REST_MS) this.#handOver();
    else if (still > this.all.idleMs) this.socket.destroy();
  }

  readonly #onData = (chunk: Buffer): void => {
    this.#rest = this.#rest === undefined ? chunk : Buffer.concat([this.#rest, chunk]);
    this.#idleSince = performance.now();
    if (this.#busy || this.socket.writableNeedDrain) {
      // One answer at a time, in order; whoever sends ahead waits.
      if (this.#rest.length > LARGEST) this.socket.pause();
    } else this.#read();
  };

  readonly #onDrain = (): void => {
    if (this.#busy) return;
    this.#read();
    this.socket.resume();
  };

  readonly #onEnd = (): void => {
    this.#ended = true;
    if (!this.#busy && !this.socket.writableNeedDrain) this.socket.end();
  };

  /** Answers requests as long as whole ones are there. */
  #read(): void {
    while (this.#rest !== undefined && !this.#busy && !this.socket.writableNeedDrain) {
      const chunk = this.#rest;
      const end = chunk.indexOf("\r\n\r\n");
      if (end < 0) {
        if (chunk.length > LARGEST) this.#handOver();
        return;
      }
      const head = this.#headOf(chunk.toString("latin1", 0, end));
      if (head === undefined) {
        this.#handOver();
        return;
      }
      const from = end + 4;
      const to = from + head.length;
      if (chunk.length < to) return;
      this.#rest = chunk.length === to ? undefined : chunk.subarray(to);
      const { method, target, contentType, accept, customAttributes } = head;
      const body = head.length === 0 ? "" : chunk.toString("utf8", from, to);
      this.#busy = true;
      this.all.handler.handle({ method, target, contentType, accept, customAttributes, body }, this.#respond);
    }
  }

  /** A client sends the same head again and again, but for what a proxy may add. */
  #headOf(text: string): RequestHead | undefined {
    if (text !== this.#lastText) {
      this.#lastHead = plainHead(text, LARGEST);
      this.#lastText = text;
    }
    return this.#lastHead;
  }

  readonly #respond: Respond = (status, type, body, headers) => {
    const { socket } = this;
    this.#busy = false;
    if (socket.destroyed) return;
    const closes = this.all.stopping || this.#ended;
    socket.write(head(status, type, body.length, headers, closes) + body, "latin1");
    if (closes) {
      socket.end();
      this.#rest = undefined;
      return;
    }
    if (this.#rest === undefined) return;
    // Another request came meanwhile; not at once, or many of them would nest.
    process.nextTick(() => {
      this.#read();
      if (!this.#busy) socket.resume();
    });
  };

  #handOver(): void {
    const { socket } = this;
    const rest = this.#rest ?? Buffer.alloc(0);
    this.#rest = undefined;
    socket.off("data", this.#onData).off("end", this.#onEnd).off("error", ignore).off("drain", this.#onDrain);
    this.all.handOver(socket, rest);
  }
}

function head(status: number, type: string, length: number, headers: readonly string[], closes: boolean): string {
  let text = status === 200 ? "HTTP/1.1 200 OK\r\n" : `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n`;
  if (type !== "") text += `Content-Type: ${type}\r\n`;
  for (let i = 0; i < headers.length; i += 2) text += `${headers[i]}: ${headers[i + 1]}\r\n`;
  if (closes) text += "Connection: close\r\n";
  return `${text}Content-Length: ${length}\r\n${dateLine()}\r\n`;
}

let dateSecond = 0;
let dateText = "";

/** `Date`, which RFC 9110 (6.6.1) wants of servers with a clock; written once a second. */
function dateLine(): string {
  const second = Math.floor(Date.now() / 1000);
  if (second !== dateSecond) {
    dateSecond = second;
    dateText = `Date: ${new Date(second * 1000).toUTCString()}\r\n`;
  }
  return dateText;
}

function ignore(): void {}
