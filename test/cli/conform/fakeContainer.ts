import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** Folders that the container has. */
export const MODEL = "/opt/ml/models/one/model";
export const SECOND_MODEL = "/opt/ml/models/two/model";

/** The request that its models answer. */
export const BODY = '{"period": 7}';

/** A request as the fake sees it. */
export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

/** What it answers. */
export interface FakeAnswer {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Takes the place of an answer, or leaves it: how a container is broken. */
export type Flaw = (
  request: FakeRequest,
  answer: () => Promise<FakeAnswer>,
  container: FakeContainer,
) => FakeAnswer | Promise<FakeAnswer>;

/** A hosting container in this process that keeps to the contract, or breaks it in one way. */
export class FakeContainer {
  /** Loaded models: name to folder. */
  readonly models = new Map<string, string>();
  /** Loads and invocations under way. */
  loading = 0;
  invoking = 0;
  /** Requests that ask for a load. */
  loads = 0;
  /** Models that fit. */
  capacity = Number.POSITIVE_INFINITY;
  readonly #server: http.Server;
  readonly #pending = new Set<string>();

  private constructor(private readonly flaw: Flaw) {
    this.#server = http.createServer((request, response) => void this.#serve(request, response));
  }

  static async start(flaw: Flaw = (_request, answer) => answer()): Promise<FakeContainer> {
    const container = new FakeContainer(flaw);
    await new Promise<void>((resolve) => container.#server.listen(0, "127.0.0.1", resolve));
    return container;
  }

  get url(): URL {
    const { port } = this.#server.address() as AddressInfo;
    return new URL(`http://127.0.0.1:${port}`);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { pathname, searchParams } = new URL(incoming.url ?? "/", "http://fake");
    const { method = "", headers } = incoming;
    const request = { method, path: pathname, query: searchParams, headers, body: Buffer.concat(chunks) };
    try {
      const { status, body = "", headers: told = {} } = await this.flaw(request, () => this.#answer(request), this);
      response.writeHead(status, told).end(body);
    } catch {
      response.destroy();
    }
  }

  async #answer(request: FakeRequest): Promise<FakeAnswer> {
    const { method, path } = request;
    const name = /^\/models\/([^/]+)$/.exec(path)?.[1];
    const invoked = /^\/models\/([^/]+)\/invoke$/.exec(path)?.[1];
    switch (`${method} ${name === undefined ? path : "/models/"}`) {
      case "GET /ping":
        return { status: 200 };
      case "GET /models":
        return this.#list(request.query);
      case "POST /models":
        return this.#load(request.body);
      case "GET /models/":
        return this.#describe(name ?? "");
      case "DELETE /models/":
        return { status: this.models.delete(name ?? "") ? 200 : 404 };
      case "POST /invocations":
        return this.#invoke(request);
      case "GET /execution-parameters":
        return json({ MaxConcurrentTransforms: 2, BatchStrategy: "MULTI_RECORD", MaxPayloadInMB: 6 });
    }
    if (method === "POST" && invoked !== undefined)
      return this.models.has(invoked) ? this.#invoke(request) : { status: 404 };
    return { status: path === "/ping" || path === "/models" ? 405 : 404 };
  }

  #list(query: URLSearchParams): FakeAnswer {
    const limit = Math.min(Number(query.get("limit") ?? 100), 100);
    const start = Number(query.get("next_page_token") ?? 0);
    if (!Number.isInteger(limit) || limit < 1 || !Number.isInteger(start) || start < 0) return { status: 400 };
    const all = [...this.models].map(([modelName, modelUrl]) => ({ modelName, modelUrl }));
    const models = all.slice(start, start + limit);
    return json({ models, ...(start + limit < all.length && { nextPageToken: String(start + limit) }) });
  }

  #describe(name: string): FakeAnswer {
    const modelUrl = this.models.get(name);
    return modelUrl === undefined ? { status: 404 } : json({ modelName: name, modelUrl });
  }

  async #load(body: Buffer): Promise<FakeAnswer> {
    this.loads++;
    const asked = parse(body);
    if (typeof asked !== "object" || asked === null || !("model_name" in asked) || !("url" in asked))
      return { status: 400 };
    const { model_name: name, url } = asked;
    if (typeof name !== "string" || typeof url !== "string") return { status: 400 };
    if (this.models.has(name) || this.#pending.has(name)) return { status: 409 };
    if (url !== MODEL && url !== SECOND_MODEL) return { status: 404 };
    if (this.models.size >= this.capacity) return { status: 507 };
    this.#pending.add(name);
    this.loading++;
    await sleep(3);
    this.loading--;
    this.#pending.delete(name);
    this.models.set(name, url);
    return { status: 200 };
  }

  async #invoke({ headers, body }: FakeRequest): Promise<FakeAnswer> {
    if (headers["content-type"] !== "application/json") return { status: 415 };
    const asked = parse(body);
    if (typeof asked !== "object" || asked === null || !("period" in asked)) return { status: 400 };
    this.invoking++;
    await sleep(3);
    this.invoking--;
    const attributes = headers["x-amzn-sagemaker-custom-attributes"];
    const told: Record<string, string> = { "content-type": "application/json; charset=utf-8" };
    if (typeof attributes === "string") told["x-amzn-sagemaker-custom-attributes"] = attributes;
    return { status: 200, body: '{"mean":[1]}', headers: told };
  }
}

/** An answer in JSON. */
export function json(body: unknown): FakeAnswer {
  return { status: 200, body: JSON.stringify(body), headers: { "content-type": "application/json" } };
}

/** What a body says; undefined when it is no JSON. */
export function parse(body: Buffer): unknown {
  // The largest payload is megabytes of something else: its first byte says so.
  if (!'{["-0123456789tfn \t\r\n'.includes(String.fromCharCode(body[0] ?? 0))) return undefined;
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}
