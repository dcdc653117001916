import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { CsvFields, csvField } from "../../contracts/csvFields";
import { ContainerFailure } from "./containerFailure";

/** Columns of a dataset; others may stand beside them. */
const COLUMNS = ["customer_id", "timestamp", "consumption"] as const;

/** Bytes that are read at once. */
const CHUNK = 1 << 20;

/** A byte-order mark, as latin1 shows it. */
const BYTE_ORDER_MARK = /^\u00EF\u00BB\u00BF/;

/** A file of a dataset. */
export interface DatasetFile {
  readonly path: string;
  /** Bytes on disk. */
  readonly bytes: number;
}

/**
 * Takes one row as latin1: the customer, which is empty where the row has none, and `timestamp,value` as CSV.
 */
export type RowHandler = (customer: string, line: string) => void;

/**
 * Every CSV file, plain or gzip, below a folder, in the order of names.
 * @throws ContainerFailure NoData when there is none
 */
export async function datasetFiles(folder: string): Promise<readonly DatasetFile[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const csv = names.filter((name) => /\.csv(\.gz)?$/i.test(name)).sort();
  if (csv.length === 0) {
    throw new ContainerFailure(
      "NoData",
      `the dataset has ${names.length} files, none of which ends with .csv or .csv.gz`,
    );
  }
  return Promise.all(
    csv.map(async (name) => {
      const file = path.join(folder, name);
      return { path: file, bytes: (await stat(file)).size };
    }),
  );
}

/**
 * Reads a file row by row.
 * @throws ContainerFailure BadHeader when a column is missing, with what is there
 */
export async function readDataset(file: string, row: RowHandler): Promise<void> {
  const csv = new CsvFields();
  let columns: readonly number[] | undefined;
  let inOrder = false;
  const take = (fields: readonly string[]): void => {
    if (columns === undefined) {
      columns = columnsOf(fields, file);
      inOrder = fields.length === COLUMNS.length && columns.every((column, index) => column === index);
      return;
    }
    const [customer = 0, timestamp = 0, value = 0] = columns;
    row(fields[customer] ?? "", `${csvField(fields[timestamp] ?? "")},${csvField(fields[value] ?? "")}`);
  };
  // With the columns in their order, what follows the first comma is the row's line already.
  const plain = (line: string): void => {
    const comma = line.indexOf(",");
    const next = line.indexOf(",", comma + 1);
    if (!inOrder || next < 0 || line.includes(",", next + 1)) take(line.split(","));
    else row(line.slice(0, comma), line.slice(comma + 1));
  };
  const source = createReadStream(file, { highWaterMark: CHUNK });
  const stream: Readable = file.toLowerCase().endsWith(".gz")
    ? source.pipe(createGunzip({ chunkSize: CHUNK }))
    : source;
  source.on("error", (error) => stream.destroy(error));
  try {
    for await (const chunk of stream) csv.push((chunk as Buffer).toString("latin1"), take, plain);
  } catch (cause) {
    if (cause instanceof ContainerFailure || !(cause instanceof Error)) throw cause;
    throw new ContainerFailure("UnreadableData", `${path.basename(file)}: ${cause.message}`, { cause });
  }
  csv.end(take);
  if (columns === undefined)
    throw new ContainerFailure("BadHeader", `${path.basename(file)} is empty; allowed: a header`);
}

function columnsOf(fields: readonly string[], file: string): readonly number[] {
  const names = fields.map((field) => field.replace(BYTE_ORDER_MARK, "").trim().toLowerCase());
  const missing = COLUMNS.filter((column) => !names.includes(column));
  if (missing.length === 0) return COLUMNS.map((column) => names.indexOf(column));
  const given = names.slice(0, 10).join(", ").slice(0, 200);
  throw new ContainerFailure(
    "BadHeader",
    `${path.basename(file)} has the columns ${given}; missing: ${missing.join(", ")}`,
  );
}
