import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import type { ResourceGraph } from "../../contracts/graph";
import type { LocalManifest } from "../../contracts/localManifest";
import type { LocalProvider } from "../graph/captureGraph";
import { identify } from "./identify";
import { kindsByType } from "./kindsByType";
import { LocalPlaneError } from "./localPlaneError";
import type { LocalCloud, LocalService, ResourceKind } from "./resourceKind";
import { ObjectStore } from "./s3/objectStore";
import { createS3Handler, type S3Credentials, type S3Target } from "./s3/s3Handler";

/** Account that the plane plays: the one that AWS uses in its documentation. */
const ACCOUNT_ID = "123456789012";

/** Lines of the functions' logs that are kept to explain a failure. */
const LOG_LINES = 200;

/** Answers requests whose path begins with a prefix. `rest` is the path and query after it, as sent. */
export type RouteHandler = (request: IncomingMessage, response: ServerResponse, rest: string) => Promise<void>;

/** Answers requests of a service that AWS's JSON protocols address by a header. */
export type ProtocolHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** The lists of a manifest that services add to. */
type ManifestLists = { -readonly [K in "accessPoints" | "fleets" | "endpoints" | "apis"]: LocalManifest[K][number][] };

/** How a plane is started. */
export interface LocalPlaneOptions {
  /** Port on 127.0.0.1; 0 takes a free one. */
  readonly port: number;
  readonly region: string;
  /** Folder of the program, whose packages its functions may use. */
  readonly program: string;
}

/**
 * AWS on this machine: one port of 127.0.0.1 where S3, functions and everything else that the graph asks for answer
 * in AWS's own protocols. It knows routes, names and services; what they are is said by the files in `kinds/`.
 */
export class LocalPlane {
  readonly credentials: S3Credentials = {
    accessKeyId: `AKIA${randomBytes(8).toString("hex").toUpperCase()}`,
    secretAccessKey: randomBytes(30).toString("base64url"),
  };
  readonly cloud: LocalCloud;
  readonly #kinds = kindsByType();
  readonly #services = new Map<string, LocalService>();
  readonly #routes = new Map<string, RouteHandler>();
  readonly #protocols = new Map<string, ProtocolHandler>();
  readonly #targets = new Map<string, S3Target>();
  readonly #skipped: string[] = [];
  readonly #manifest: ManifestLists = { accessPoints: [], fleets: [], endpoints: [], apis: [] };
  readonly #log: string[] = [];
  readonly #s3: (request: IncomingMessage, response: ServerResponse) => Promise<void>;

  private constructor(
    readonly options: LocalPlaneOptions,
    private readonly server: http.Server,
    /** Folder that goes when the plane stops. */
    readonly folder: string,
    readonly store: ObjectStore,
  ) {
    const { port } = server.address() as AddressInfo;
    this.cloud = {
      region: options.region,
      accountId: ACCOUNT_ID,
      partition: "aws",
      endpoint: `http://127.0.0.1:${port}`,
    };
    this.#s3 = createS3Handler({
      store,
      credentials: this.credentials,
      region: options.region,
      resolve: (name) => this.#targets.get(name),
    });
    server.on("request", (request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
  }

  /**
   * Listens on 127.0.0.1, with nothing running yet: addresses must be known before the program is.
   * @throws LocalPlaneError PortInUse
   */
  static async listen(options: LocalPlaneOptions): Promise<LocalPlane> {
    // A large upload may take longer than Node's default of five minutes.
    const server = http.createServer({ requestTimeout: 0 });
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject).listen(options.port, "127.0.0.1", resolve);
    }).catch((cause: NodeJS.ErrnoException) => {
      const reason =
        cause.code === "EADDRINUSE"
          ? "is in use; choose another with --port"
          : `cannot be listened on: ${cause.message}`;
      throw new LocalPlaneError("PortInUse", `port ${options.port} ${reason}`, { cause });
    });
    const folder = await mkdtemp(path.join(tmpdir(), "frugal-ml-"));
    return new LocalPlane(options, server, folder, await ObjectStore.open(path.join(folder, "s3")));
  }

  /** Plays the provider while the program runs: deterministic ids, ARNs and addresses. */
  get provider(): LocalProvider {
    const { region, accountId } = this.cloud;
    return {
      region,
      accountId,
      create: (registration) => identify(registration, this.cloud, this.#kind(registration.type)),
    };
  }

  /** Starts what the graph has, in its order, which puts dependencies first. What cannot run here is skipped, with its reason. */
  async start(graph: ResourceGraph): Promise<void> {
    for (const resource of graph.resources) {
      try {
        await this.#kind(resource.type)?.start?.(resource, this);
      } catch (error) {
        if (!(error instanceof LocalPlaneError)) throw error;
        this.#skipped.push(`${resource.name}: ${error.message}`);
      }
    }
  }

  /** What of the graph could not run here, one line each. */
  get skipped(): readonly string[] {
    return this.#skipped;
  }

  /** Makes a running thing known by its names: ARN, id, alias. */
  register(service: LocalService, ...names: readonly string[]): void {
    for (const name of names) this.#services.set(name, service);
  }

  /**
   * Finds a running thing by one of its names.
   * @throws LocalPlaneError NotRunning
   */
  find<T extends LocalService>(kind: abstract new (...args: never[]) => T, name: string): T {
    const service = this.#services.get(name);
    if (service instanceof kind) return service;
    throw new LocalPlaneError("NotRunning", `no ${kind.name} runs here by the name ${name}`);
  }

  /** All running things of a class. */
  all<T extends LocalService>(kind: abstract new (...args: never[]) => T): readonly T[] {
    return [...new Set(this.#services.values())].filter((service): service is T => service instanceof kind);
  }

  /** Answers requests below a path, for example `/_functions/images/`. */
  route(prefix: string, handler: RouteHandler): void {
    this.#routes.set(prefix, handler);
  }

  /** Answers requests whose header `x-amz-target` is `<service>.<operation>`, for example `AmazonSQS`. */
  protocol(service: string, handler: ProtocolHandler): void {
    this.#protocols.set(service, handler);
  }

  /** Answers S3 requests for a bucket-like name: an alias or an ARN. */
  target(name: string, target: S3Target): void {
    this.#targets.set(name, target);
  }

  /** Adds an entry to the manifest. */
  describe<K extends keyof ManifestLists>(list: K, entry: ManifestLists[K][number]): void {
    // Each list takes entries of its own type; TypeScript cannot see that through the union.
    (this.#manifest[list] as ManifestLists[K][number][]).push(entry);
  }

  /** What clients need to know to use the plane. */
  manifest(): LocalManifest {
    const { endpoint, region, accountId } = this.cloud;
    const buckets = this.store.buckets().map((bucket) => bucket.name);
    return { version: 1, endpoint, region, accountId, ...this.credentials, buckets, ...this.#manifest };
  }

  /** Keeps the last lines that a function wrote. */
  log(functionName: string, line: string): void {
    this.#log.push(`${functionName}: ${line}`);
    if (this.#log.length > LOG_LINES) this.#log.shift();
  }

  /** The last lines that functions wrote, oldest first. */
  get recentLog(): readonly string[] {
    return this.#log;
  }

  /** Stops everything and removes the plane's folder. */
  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await Promise.allSettled([...new Set(this.#services.values())].map((service) => service.stop()));
    await closed;
    // What is being written at this moment makes a folder not empty once more.
    await rm(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }

  #kind(type: string): ResourceKind | undefined {
    return this.#kinds.get(type);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url ?? "/";
    if (url === "/_health") {
      response.writeHead(200, { "content-type": "application/json" }).end('{"status":"ok"}');
      return;
    }
    const [service = ""] = String(request.headers["x-amz-target"] ?? "").split(".");
    const protocol = this.#protocols.get(service);
    if (protocol !== undefined) return protocol(request, response);
    for (const [prefix, handler] of this.#routes) {
      if (url.startsWith(prefix)) return handler(request, response, url.slice(prefix.length));
    }
    return this.#s3(request, response);
  }
}
