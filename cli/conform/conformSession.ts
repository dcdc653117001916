import { randomBytes } from "node:crypto";
import http from "node:http";
import * as z from "zod";
import { SERVICE_LIMITS } from "../../contracts/serviceLimits";
import { ContractBreach, expectStatus, MissingPrerequisite } from "./breaches";
import { CheckNeed } from "./conformCheck";
import type { Answer, ContainerClient, SendOptions } from "./containerClient";

const LIMITS = SERVICE_LIMITS.sagemaker.serving;

/** Pages of a listing that are read at most: a container that repeats its token would never end. */
const MOST_PAGES = 10_000;

/** What is known of a container besides its address. */
export interface ConformSubject {
  /** Whether it hosts several models. Defaults to false. */
  readonly multiModel?: boolean;
  /** Folder of a model, as the container sees it. */
  readonly model?: string | undefined;
  /** Folder of another one. Defaults to the same. */
  readonly secondModel?: string | undefined;
  /** Body of a request that the model answers with 200. */
  readonly body?: string | Buffer | undefined;
  /** Type of that body. Defaults to `application/json`. */
  readonly contentType?: string | undefined;
  /** What the answer must be. */
  readonly accept?: string | undefined;
  /** Loads that may be tried until memory is short. Defaults to none. */
  readonly fill?: number | undefined;
  /** Seconds until it must be healthy. Defaults to 240, which SageMaker waits. */
  readonly startSeconds?: number | undefined;
  /** Seconds for one answer. Defaults to 60, and to 360 for a load. */
  readonly timeoutSeconds?: number | undefined;
}

const Listed = z.object({ modelName: z.string(), modelUrl: z.string() });
const Listing = z.object({ models: z.array(Listed), nextPageToken: z.string().nullish() });

/** A model as the container tells it. */
export type ListedModel = z.infer<typeof Listed>;

/** What checks do with a container. It remembers what they load, so that nothing stays. */
export class ConformSession {
  /** Names with which a load was sent, and whether it was answered with 200, or not at all. */
  readonly #names = new Map<string, boolean>();

  constructor(
    readonly client: ContainerClient,
    readonly subject: ConformSubject,
  ) {}

  /** What this run has. */
  get has(): ReadonlySet<CheckNeed> {
    const { multiModel, model, body, accept, fill } = this.subject;
    const given = [
      [CheckNeed.MultiModel, multiModel === true],
      [CheckNeed.Model, model !== undefined],
      [CheckNeed.Body, body !== undefined],
      [CheckNeed.Accept, accept !== undefined],
      [CheckNeed.Fill, fill !== undefined],
    ] as const;
    return new Set(given.flatMap(([need, is]) => (is ? [need] : [])));
  }

  get contentType(): string {
    return this.subject.contentType ?? "application/json";
  }

  /** A name as SageMaker gives: an opaque hash. */
  newName(bytes = 16): string {
    return randomBytes(bytes).toString("hex");
  }

  send(method: string, path: string, options: Partial<SendOptions> = {}): Promise<Answer> {
    return this.client.send(method, path, { seconds: this.subject.timeoutSeconds ?? LIMITS.answerSeconds, ...options });
  }

  ping(): Promise<Answer> {
    return this.send("GET", "/ping", { seconds: LIMITS.pingSeconds });
  }

  /** Sends any body to POST /models. */
  post(body: string): Promise<Answer> {
    const headers = { "content-type": "application/json", accept: "application/json" };
    return this.send("POST", "/models", { headers, body, seconds: this.subject.timeoutSeconds ?? LIMITS.loadSeconds });
  }

  /** Asks for a load. */
  async load(name: string, url = this.subject.model ?? ""): Promise<Answer> {
    this.#names.set(name, this.#names.get(name) ?? false);
    try {
      const answer = await this.post(JSON.stringify({ model_name: name, url }));
      if (answer.status < 300) this.#names.set(name, true);
      return answer;
    } catch (error) {
      this.#names.set(name, true);
      throw error;
    }
  }

  /**
   * Loads the model under a new name.
   * @throws MissingPrerequisite when that does not work
   */
  async loaded(name = this.newName(), url = this.subject.model ?? ""): Promise<string> {
    const answer = await this.load(name, url);
    prerequisite("load-200", () => expectStatus(answer, 200));
    return name;
  }

  describe(name: string): Promise<Answer> {
    return this.send("GET", `/models/${name}`);
  }

  remove(name: string): Promise<Answer> {
    return this.send("DELETE", `/models/${name}`);
  }

  /**
   * Removes a model that is loaded.
   * @throws MissingPrerequisite when that does not work
   */
  async removed(name: string): Promise<void> {
    const answer = await this.remove(name);
    prerequisite("delete-200", () => expectStatus(answer, 200));
  }

  /**
   * Reads one page of the listing.
   * @throws ContractBreach when it is none
   */
  async page(query: Readonly<Record<string, string>> = {}): Promise<z.infer<typeof Listing> & { answer: Answer }> {
    const search = new URLSearchParams(query).toString();
    const answer = await this.send("GET", `/models${search && `?${search}`}`, {
      headers: { accept: "application/json" },
    });
    expectStatus(answer, 200);
    return { ...readJson(answer, Listing, '{"models":[{"modelName","modelUrl"}],"nextPageToken"}'), answer };
  }

  /** Reads the whole listing: one entry for each that was told, in order. */
  async listing(query: Readonly<Record<string, string>> = {}): Promise<readonly ListedModel[]> {
    const models: ListedModel[] = [];
    let token: string | null | undefined;
    for (let pages = 0; ; pages++) {
      const page = await this.page({ ...query, ...(token && { next_page_token: token }) });
      models.push(...page.models);
      token = page.nextPageToken;
      if (!token) return models;
      if (pages === MOST_PAGES) throw new ContractBreach("the pages do not end", page.answer.exchange);
    }
  }

  /** Path to which requests for predictions go, once there is something that answers. */
  async target(): Promise<string> {
    return this.subject.multiModel ? `/models/${await this.loaded()}/invoke` : "/invocations";
  }

  /** Sends the request that the model answers; or another body, other headers. */
  invoke(path: string, options: Partial<SendOptions> = {}): Promise<Answer> {
    const { body = "", accept } = this.subject;
    const headers = {
      "content-type": this.contentType,
      ...(accept !== undefined && { accept }),
      "x-amzn-sagemaker-target-model": "conform/model.tar.gz",
      ...options.headers,
    };
    return this.send("POST", path, { body, ...options, headers });
  }

  /** Runs something with a single connection of its own. */
  async onOneConnection<T>(run: (agent: http.Agent) => Promise<T>): Promise<T> {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    try {
      return await run(agent);
    } finally {
      agent.destroy();
    }
  }

  /** Unloads what was loaded. @returns names for which that did not work */
  async unloadAll(): Promise<readonly string[]> {
    const left: string[] = [];
    for (const [name, isLoaded] of this.#names) {
      // Also what was refused: a container may have kept it all the same.
      const answer = await this.remove(name).catch(() => undefined);
      const isGone = answer !== undefined && (answer.status === 404 || Math.floor(answer.status / 100) === 2);
      if (isLoaded && !isGone) left.push(name);
    }
    this.#names.clear();
    return left;
  }
}

/** Reads JSON of a shape. @throws ContractBreach when it is anything else */
export function readJson<T>(answer: Answer, shape: z.ZodType<T>, wanted: string): T {
  let json: unknown;
  try {
    json = JSON.parse(answer.body.toString("utf8"));
  } catch {
    throw new ContractBreach(`no JSON; allowed: ${wanted}`, answer.exchange);
  }
  const read = shape.safeParse(json);
  if (!read.success) throw new ContractBreach(`other JSON; allowed: ${wanted}`, answer.exchange);
  return read.data;
}

/** Reads a model as GET /models/{name} tells it. @throws ContractBreach when it is anything else */
export function readModel(answer: Answer): ListedModel {
  return readJson(answer, Listed, '{"modelName","modelUrl"}');
}

function prerequisite(judgedBy: string, run: () => void): void {
  try {
    run();
  } catch (error) {
    if (error instanceof ContractBreach) throw new MissingPrerequisite(judgedBy, error);
    throw error;
  }
}
