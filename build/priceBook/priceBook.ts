import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { placeRows, REGIONS, type Row } from "./placeRows";
import { keysOf, type RowKey } from "./usageTypes";

/** Where the book is committed, from the repository's root. */
export const BOOK_FILE = "cli/pricing/book/prices.json";

/** Amounts of a unit that a row's price is for, by the unit as the row has it. */
const UNITS: Readonly<Record<string, readonly [unit: string, per: number]>> = {
  "GB-second": ["GB-second", 1],
  "GB-month": ["GB-month", 1],
  "1M requests": ["request", 1_000_000],
  "1M notifications": ["notification", 1_000_000],
  "100,000 notifications": ["notification", 100_000],
  "1M invocations": ["invocation", 1_000_000],
  "1M events": ["event", 1_000_000],
  "1M traces": ["trace", 1_000_000],
  "1,000 requests": ["request", 1_000],
  "10,000 requests": ["request", 10_000],
  "10,000 calls": ["call", 10_000],
  "1,000 objects-month": ["object-month", 1_000],
  GB: ["GB", 1],
  path: ["path", 1],
  hour: ["hour", 1],
  "hour per AZ": ["hour", 1],
  second: ["second", 1],
  "instance-hour": ["instance-hour", 1],
  "secret-month": ["secret-month", 1],
  "key-month": ["key-month", 1],
  "metric-month": ["metric-month", 1],
  "alarm-metric-month": ["alarm-metric-month", 1],
  "alarm-month": ["alarm-month", 1],
  "dashboard-month": ["dashboard-month", 1],
};

interface BookTier {
  readonly from: number;
  readonly to?: number;
  readonly usd: string;
}

interface BookEntry {
  readonly service: string;
  readonly region: string;
  readonly usageType: string;
  readonly unit: string;
  readonly per: number;
  tiers: BookTier[];
  readonly source: string;
  readonly sourceDate: string;
  readonly confidence: string;
  readonly spellingNotRead?: true;
}

/** Makes the text of the book from the figures that were collected. */
export async function priceBookText(folder: string): Promise<string> {
  const rows = await readRows(folder);
  const texts = parseCsv(await readFile(path.join(folder, "sources.csv"), "utf8"));
  const sources = Object.fromEntries(texts.map(({ source = "", text = "" }) => [source, text]));
  const entries = new Map<string, BookEntry>();
  const placements = placeRows(rows);
  rows.forEach((row, index) => {
    const placement = placements[index];
    if (placement?.kind === "entry") for (const key of placement.keys) addEntry(entries, row, key);
  });
  const absent = new Map<string, object>();
  rows.forEach((row, index) => {
    const placement = placements[index];
    if (placement === undefined || placement.kind === "entry") return;
    for (const { service, usageType, region = row.region } of keysOf(row)) {
      const id = `${service}/${region}/${usageType}`;
      const ours = REGIONS.some((known) => known === region);
      if (ours && !entries.has(id) && (placement.kind === "absent" || !absent.has(id)))
        absent.set(id, { service, region, usageType, why: placement.why });
    }
  });
  const used = new Set([...entries.values()].map(({ source }) => source));
  const list = (items: Iterable<object>) => [...items].map((item) => `    ${JSON.stringify(item)}`).join(",\n");
  const named = [...used].sort().map((code) => `    ${JSON.stringify(code)}: ${JSON.stringify(sources[code])}`);
  const date = rows.map(({ sourceDate }) => sourceDate).filter((day) => /^\d{4}-\d{2}-\d{2}$/.test(day));
  return [
    "{",
    `  "date": ${JSON.stringify(date.sort().at(-1))},`,
    `  "sources": {\n${named.join(",\n")}\n  },`,
    `  "entries": [\n${list(entries.values())}\n  ],`,
    `  "absent": [\n${list(absent.values())}\n  ]`,
    "}\n",
  ].join("\n");
}

function addEntry(entries: Map<string, BookEntry>, row: Row, key: RowKey): void {
  const region = key.region ?? row.region;
  const [unit, per] = UNITS[row.unit] ?? [];
  if (unit === undefined || per === undefined) throw new Error(`no unit ${row.unit}`);
  const tier: BookTier = { from: key.from ?? 0, ...(key.to !== undefined && { to: key.to }), usd: row.usd };
  const id = `${key.service}/${region}/${key.usageType}`;
  const entry = entries.get(id);
  if (entry) {
    entry.tiers = [...entry.tiers, tier].sort((a, b) => a.from - b.from);
    return;
  }
  entries.set(id, {
    service: key.service,
    region,
    usageType: key.usageType,
    unit,
    per,
    tiers: [tier],
    source: row.source,
    sourceDate: row.sourceDate,
    confidence: row.confidence,
    ...(key.spellingNotRead && { spellingNotRead: true }),
  });
}

/** Reads the figures that were collected. */
export async function readRows(folder: string): Promise<readonly Row[]> {
  return parseCsv(await readFile(path.join(folder, "rows.csv"), "utf8")).map((cells) => ({
    service: cells["service"] ?? "",
    region: cells["region"] ?? "",
    item: cells["item"] ?? "",
    unit: cells["unit"] ?? "",
    usd: cells["usd"] ?? "",
    source: cells["source"] ?? "",
    sourceDate: cells["sourceDate"] ?? "",
    confidence: cells["confidence"] ?? "",
  }));
}

/** Reads CSV whose first line names its columns (RFC 4180, without line breaks in cells). */
function parseCsv(text: string): readonly Readonly<Record<string, string>>[] {
  const [head = "", ...lines] = text.trimEnd().split("\n");
  const names = head.split(",");
  return lines.map((line) => {
    const cells = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)];
    return Object.fromEntries(names.map((name, at) => [name, cellText(cells[at])]));
  });
}

function cellText(cell: RegExpMatchArray | undefined): string {
  return cell?.[1]?.replaceAll('""', '"') ?? cell?.[2] ?? "";
}

async function main(): Promise<void> {
  const root = path.resolve(__dirname, "../..");
  await writeFile(path.join(root, BOOK_FILE), await priceBookText(__dirname));
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(error);
    process.exitCode = 2;
  });
}
