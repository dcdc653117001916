import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import * as z from "zod";
import { signedFetch } from "../../cli/job/signedFetch";
import { LocalEndpoint } from "../../cli/local/hosting/localEndpoint";
import type { LocalPlane } from "../../cli/local/localPlane";
import { encodeCustomer } from "../../contracts/modelKeys";
import { planeClient } from "../cli/local/planeClient";

/** What the load is made of. */
export interface HostedLoadSettings {
  readonly plane: LocalPlane;
  readonly bucket: string;
  readonly endpoint: string;
  readonly archives: ReadonlyMap<string, Uint8Array>;
  readonly random: () => number;
}

/** Seconds after a kill in which a request may have been with the container that died. */
const KILL_SECONDS = 20;

const BODY = JSON.stringify({ period: 7 });
const TarGz = ".tar.gz";

const ErrorBody = z.looseObject({ OriginalStatusCode: z.number().optional() });
const Listing = z.object({ models: z.array(z.object({ modelName: z.string() })) });

/** One kind of request, and which answers to it are right. */
interface Kind {
  readonly name: string;
  /** How often it comes, beside the others. */
  readonly weight: number;
  run(): Promise<void>;
}

/** Requests of every kind at random, each answer judged. */
export class HostedLoad {
  requests = 0;
  /** Requests that a container which died took along. */
  lost = 0;
  readonly answers: Record<string, number> = {};
  readonly wrong: string[] = [];
  readonly #customers: readonly string[];
  readonly #expected = new Map<string, string>();
  readonly #client: S3Client;
  readonly #kinds: readonly Kind[];
  #killedAt = Number.NEGATIVE_INFINITY;
  #version = 0;

  constructor(private readonly settings: HostedLoadSettings) {
    this.#customers = [...settings.archives.keys()];
    this.#client = planeClient(settings.plane);
    this.#kinds = [
      { name: "forecast", weight: 70, run: () => this.#forecast(`v0/${HostedLoad.file(this.#customer())}`) },
      { name: "new version", weight: 5, run: () => this.#newVersion() },
      { name: "deleted behind its back", weight: 4, run: () => this.#deleteModel() },
      { name: "bad period", weight: 5, run: () => this.#refused({ body: '{"period":0}' }, 424, 400) },
      { name: "no JSON", weight: 3, run: () => this.#refused({ body: "{" }, 424, 400) },
      { name: "unknown type", weight: 3, run: () => this.#refused({ type: "image/png" }, 424, 415) },
      { name: "unknown model", weight: 4, run: () => this.#refused({ target: "v0/nobody.tar.gz" }, 400) },
      { name: "broken archive", weight: 2, run: () => this.#refused({ target: "v0/broken.tar.gz" }, 400) },
      { name: "traversal", weight: 2, run: () => this.#refused({ target: "../v0/customer-0.tar.gz" }, 400) },
      { name: "no target", weight: 2, run: () => this.#refused({ target: "" }, 400) },
    ];
  }

  static file(customer: string): string {
    return `${encodeCustomer(customer)}${TarGz}`;
  }

  static async put(client: S3Client, Bucket: string, Key: string, Body: Uint8Array): Promise<void> {
    await client.send(new PutObjectCommand({ Bucket, Key, Body }));
  }

  /** Times that a model was not loaded when it was asked for, by the endpoint's metric. */
  get coldStarts(): number {
    const [variant] = this.settings.plane.all(LocalEndpoint)[0]?.variants ?? [];
    const hits = variant?.metrics.total("ModelCacheHit");
    return hits === undefined ? 0 : Math.round(hits.SampleCount - hits.Sum);
  }

  /** Remembers what each customer's model answers while nothing disturbs it. */
  async learn(): Promise<void> {
    for (const customer of this.#customers) {
      const target = `v0/${HostedLoad.file(customer)}`;
      const { status, text } = await this.#invoke({ target });
      if (status !== 200 || !text.includes(`"customer":${JSON.stringify(customer)}`)) {
        throw new Error(`${target}: ${status} ${text.slice(0, 300)}`);
      }
      this.#expected.set(HostedLoad.file(customer), text);
    }
  }

  /** The container is killed at this moment. */
  killing(): void {
    this.#killedAt = performance.now();
  }

  /** Sends requests one after another. */
  async until(due: () => boolean): Promise<void> {
    const drawn = this.#kinds.flatMap((kind) => Array.from({ length: kind.weight }, () => kind));
    while (due()) await drawn[Math.floor(this.settings.random() * drawn.length)]?.run();
  }

  /** Asks every model once more: all must be right now. */
  async allRight(): Promise<void> {
    this.#killedAt = Number.NEGATIVE_INFINITY;
    for (const customer of this.#customers) await this.#forecast(`v0/${HostedLoad.file(customer)}`);
    this.#client.destroy();
  }

  #customer(): string {
    // The square makes some customers be asked for far more often than others, as they are.
    const index = Math.floor(this.settings.random() ** 2 * this.#customers.length);
    return this.#customers[index] ?? "";
  }

  async #forecast(target: string): Promise<void> {
    const sent = performance.now();
    const { status, text } = await this.#invoke({ target });
    const file = target.slice(target.indexOf("/") + 1);
    if (status === 200) return this.#judge("forecast", status, text === this.#expected.get(file), text);
    this.#judge("forecast", status, this.#isLost(sent, { status, text }), text);
  }

  async #newVersion(): Promise<void> {
    const customer = this.#customer();
    const file = HostedLoad.file(customer);
    const target = `n${++this.#version}/${file}`;
    const body = this.settings.archives.get(customer) ?? new Uint8Array();
    await HostedLoad.put(this.#client, this.settings.bucket, `models/${target}`, body);
    await this.#forecast(target);
  }

  /** Takes a loaded model from the container, as though it had lost it. */
  async #deleteModel(): Promise<void> {
    const life = this.settings.plane.all(LocalEndpoint)[0]?.variants[0]?.container?.life;
    if (life?.alive !== true) return;
    try {
      const { body } = await life.send({ method: "GET", path: "/models", timeoutMs: 10_000 });
      const { models } = Listing.parse(JSON.parse(body.toString("utf8")));
      const model = models[Math.floor(this.settings.random() * models.length)];
      if (model === undefined) return;
      const { status } = await life.send({ method: "DELETE", path: `/models/${model.modelName}`, timeoutMs: 60_000 });
      this.#judge("delete", status, status === 200 || status === 404, "");
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      this.#judge("delete", 0, performance.now() - this.#killedAt < KILL_SECONDS * 1000, text);
    }
  }

  async #refused(request: Invocation, wanted: number, wantedOriginal?: number): Promise<void> {
    const sent = performance.now();
    const target = request.target ?? `v0/${HostedLoad.file(this.#customer())}`;
    const { status, text } = await this.#invoke({ ...request, target });
    const right = status === wanted && (wantedOriginal === undefined || originalStatus(text) === wantedOriginal);
    this.#judge("refusal", status, right || this.#isLost(sent, { status, text }), `${JSON.stringify(request)} ${text}`);
  }

  /** Whether a request was with the container that died, or none ran: both are documented. Each is counted. */
  #isLost(sent: number, { status, text }: Answer): boolean {
    const disturbed = this.#killedAt > sent - KILL_SECONDS * 1000;
    const lost = disturbed && ((status === 424 && originalStatus(text) === 0) || status === 503);
    if (lost) this.lost++;
    return lost;
  }

  async #invoke({ target, body = BODY, type = "application/json" }: Invocation): Promise<Answer> {
    this.requests++;
    const { plane, endpoint } = this.settings;
    const manifest = plane.manifest();
    const headers = { "content-type": type, ...(target && { "x-amzn-sagemaker-target-model": target }) };
    const address = `${manifest.endpoint}/endpoints/${endpoint}/invocations`;
    const response = await signedFetch(address, manifest, { service: "sagemaker", method: "POST", headers, body });
    return { status: response.status, text: await response.text() };
  }

  #judge(kind: string, status: number, right: boolean, text: string): void {
    const name = `${kind} ${status}`;
    this.answers[name] = (this.answers[name] ?? 0) + 1;
    if (!right && this.wrong.length < 20) this.wrong.push(`${name}: ${text.slice(0, 300)}`);
  }
}

interface Invocation {
  readonly target?: string;
  readonly body?: string;
  readonly type?: string;
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

function originalStatus(text: string): number | undefined {
  try {
    return ErrorBody.parse(JSON.parse(text)).OriginalStatusCode;
  } catch {
    return undefined;
  }
}
