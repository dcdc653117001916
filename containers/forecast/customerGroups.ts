import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { CsvFields, csvField } from "../../contracts/csvFields";

/** Bytes of a dataset that is grouped in memory as it is, and of each part of a larger one: rows take many times their size. */
const GROUPED_BYTES = { whole: 32 * 1024 * 1024, part: 4 * 1024 * 1024 };

/** Most parts; each keeps a file open. */
const MOST_PARTS = 256;

/** Characters of a part that are written at once. */
const WRITTEN_AT_ONCE = 64 * 1024;

/** One customer's rows: the id as latin1, and `timestamp,value` lines in the order they came. */
export type GroupHandler = (customer: string, lines: string[]) => void;

/**
 * Brings the rows of each customer together in bounded memory: a small dataset in a map, a large one in parts on disk,
 * every customer in one part, and then part after part.
 */
export class CustomerGroups {
  readonly #parts: Part[] = [];
  readonly #folder: string | undefined;
  readonly #groups = new Map<string, string[]>();

  /** @param bytes size of the dataset */
  constructor(bytes: number) {
    if (bytes <= GROUPED_BYTES.whole) return;
    const folder = mkdtempSync(path.join(tmpdir(), "frugal-ml-split-"));
    this.#folder = folder;
    const count = Math.min(MOST_PARTS, Math.ceil(bytes / GROUPED_BYTES.part));
    for (let index = 0; index < count; index++) this.#parts.push(new Part(path.join(folder, `${index}.csv`)));
  }

  /** Adds a row: its customer, and its line as CSV; both latin1. */
  add(customer: string, line: string): void {
    if (this.#parts.length === 0) addTo(this.#groups, customer, line);
    else this.#parts[hashOf(customer) % this.#parts.length]?.write(`${csvField(customer)},${line}\n`);
  }

  /** Hands out every customer once, and forgets the rows. */
  drain(group: GroupHandler): void {
    drainMap(this.#groups, group);
    for (const part of this.#parts) {
      const groups = new Map<string, string[]>();
      const csv = new CsvFields();
      const row = ([customer = "", timestamp = "", value = ""]: readonly string[]): void =>
        addTo(groups, customer, `${csvField(timestamp)},${csvField(value)}`);
      csv.push(part.read(), row, (line) => {
        const comma = line.indexOf(",");
        addTo(groups, line.slice(0, comma), line.slice(comma + 1));
      });
      drainMap(groups, group);
    }
  }

  /** Removes what is on disk. */
  close(): void {
    for (const part of this.#parts) part.close();
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
  }
}

function addTo(groups: Map<string, string[]>, customer: string, line: string): void {
  const lines = groups.get(customer);
  if (lines === undefined) groups.set(customer, [line]);
  else lines.push(line);
}

function drainMap(groups: Map<string, string[]>, group: GroupHandler): void {
  for (const [customer, lines] of groups) {
    group(customer, lines);
    groups.delete(customer);
  }
}

/** FNV-1a: spreads ids that differ in their last digit only. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** Rows of some of the customers, on disk. */
class Part {
  readonly #descriptor: number;
  #pending = "";

  constructor(private readonly file: string) {
    this.#descriptor = openSync(file, "w");
  }

  write(row: string): void {
    this.#pending += row;
    if (this.#pending.length >= WRITTEN_AT_ONCE) this.#flush();
  }

  read(): string {
    this.#flush();
    return readFileSync(this.file, "latin1");
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #flush(): void {
    const bytes = Buffer.from(this.#pending, "latin1");
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#descriptor, bytes, at);
    this.#pending = "";
  }
}
