import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";

const Live = z.object({
  urn: z.string(),
  type: z.string(),
  id: z.string(),
  inputs: z.record(z.string(), z.unknown()),
  outputs: z.record(z.string(), z.unknown()),
});

/** A resource that exists in the account of the double. */
export type LiveResource = z.infer<typeof Live>;

const Recorded = z.object({
  call: z.enum(["create", "update", "delete", "read", "invoke", "refused"]),
  type: z.string(),
  urn: z.string().optional(),
  id: z.string().optional(),
  reason: z.string().optional(),
  /** Inputs that an update changes. */
  changed: z.array(z.string()).readonly().optional(),
});

/** One call of the engine. */
export type RecordedCall = Readonly<z.infer<typeof Recorded>>;

/**
 * What exists in the account of the double, in files, since every command of the engine starts the provider anew:
 * one file for each identity, made exclusively, so that a second of the same identity cannot be.
 */
export class LiveResources {
  readonly #live: string;
  readonly #numbers: string;
  readonly #calls: string;

  /** @param folder where the account is kept; it is made when it is not there */
  constructor(folder: string) {
    this.#live = path.join(folder, "live");
    this.#numbers = path.join(folder, "numbers");
    this.#calls = path.join(folder, "calls.jsonl");
    mkdirSync(this.#live, { recursive: true });
    mkdirSync(this.#numbers, { recursive: true });
  }

  /** @throws Error when there is one of the same type and identity already */
  add(resource: LiveResource): void {
    const { type, id, urn } = resource;
    try {
      writeFileSync(this.#file(type, id), JSON.stringify(resource), { flag: "wx" });
    } catch (error) {
      if (!existsSync(this.#file(type, id))) throw error;
      throw new Error(`${type} ${id} exists already: ${urn} would take the place of ${this.get(type, id).urn}`);
    }
  }

  has(type: string, id: string): boolean {
    return existsSync(this.#file(type, id));
  }

  /** @throws Error when there is none */
  get(type: string, id: string): LiveResource {
    const file = this.#file(type, id);
    if (!existsSync(file)) throw new Error(`${type} ${id} does not exist`);
    return Live.parse(JSON.parse(readFileSync(file, "utf8")));
  }

  /** @throws Error when there is none */
  change(resource: LiveResource): void {
    this.get(resource.type, resource.id);
    writeFileSync(this.#file(resource.type, resource.id), JSON.stringify(resource));
  }

  /** @throws Error when there is none */
  remove(type: string, id: string): void {
    this.get(type, id);
    rmSync(this.#file(type, id));
  }

  /** How many there are. */
  get count(): number {
    return readdirSync(this.#live).length;
  }

  /** How many of them a stack made. */
  countOf(stack: string): number {
    return this.#all().filter(({ urn }) => urn.startsWith(`urn:pulumi:${stack}::`)).length;
  }

  /** Forgets everything, and takes what another account had. */
  become(resources: readonly LiveResource[]): void {
    for (const { type, id } of this.#all()) this.remove(type, id);
    for (const resource of resources) this.add(resource);
  }

  /** How often this was asked for the key before, counting every run. */
  nextNumber(key: string): number {
    const file = path.join(this.#numbers, digest(key));
    const number = existsSync(file) ? readFileSync(file, "utf8").length : 0;
    appendFileSync(file, ".");
    return number;
  }

  record(call: RecordedCall): void {
    appendFileSync(this.#calls, `${JSON.stringify(call)}\n`);
  }

  /** Every call of every run, in order. */
  get calls(): readonly RecordedCall[] {
    if (!existsSync(this.#calls)) return [];
    const lines = readFileSync(this.#calls, "utf8").trim().split("\n");
    return lines.map((line) => Recorded.parse(JSON.parse(line)));
  }

  #all(): readonly LiveResource[] {
    const files = readdirSync(this.#live).map((file) => path.join(this.#live, file));
    return files.map((file) => Live.parse(JSON.parse(readFileSync(file, "utf8"))));
  }

  #file(type: string, id: string): string {
    return path.join(this.#live, digest(`${type} ${id}`));
  }
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
