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

/** Byte-order marks, as latin1 shows them. */
const BYTE_ORDER_MARK = /^\u00EF\u00BB\u00BF/;
const UTF_16 = /^(?:\u00FF\u00FE|\u00FE\u00FF)/;

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
  const found = await Promise.all(
    csv.map(async (name) => {
      const file = path.join(folder, name);
      const status = await stat(file);
      // A folder may be named as a file is: Spark writes `data.csv/part-00000.csv`.
      return status.isFile() ? [{ path: file, bytes: status.size }] : [];
    }),
  );
  const files = found.flat();
  if (files.length === 0) {
    throw new ContainerFailure(
      "NoData",
      `the dataset has ${names.length} files, none of which ends with .csv or .csv.gz`,
    );
  }
  return files;
}

/**
 * Reads a file row by row. A row that has more than the header has columns is none that can be read, as unquoted commas
 * in numbers make it: all of it stands where the timestamp would.
 * @throws ContainerFailure BadHeader when a column is missing, with what is there; UnreadableData when the bytes are no text
 *   in UTF-8, or no gzip
 */
export async function readDataset(file: string, row: RowHandler): Promise<void> {
  const csv = new CsvFields();
  let columns: readonly number[] | undefined;
  let width = 0;
  let inOrder = false;
  const take = (fields: readonly string[]): void => {
    if (columns === undefined) {
      columns = columnsOf(fields, file);
      width = fields.length;
      inOrder = fields.length === COLUMNS.length && columns.every((column, index) => column === index);
      return;
    }
    const [customer = 0, timestamp = 0, value = 0] = columns;
    const hasMore = fields.length > width && fields.some((field, index) => index >= width && field !== "");
    if (hasMore) row(fields[customer] ?? "", `${csvField(fields.join(","))},`);
    else row(fields[customer] ?? "", `${csvField(fields[timestamp] ?? "")},${csvField(fields[value] ?? "")}`);
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
    let isFirst = true;
    for await (const chunk of stream) {
      const text = (chunk as Buffer).toString("latin1");
      csv.push(isFirst ? withoutMark(text, file) : text, take, plain);
      isFirst = false;
    }
  } catch (cause) {
    if (cause instanceof ContainerFailure || !(cause instanceof Error)) throw cause;
    throw new ContainerFailure("UnreadableData", `${path.basename(file)}: ${cause.message}`, { cause });
  }
  csv.end(take);
  if (columns === undefined)
    throw new ContainerFailure("BadHeader", `${path.basename(file)} is empty; allowed: a header`);
}

/** Before the fields are told apart: a quote behind the mark would be a part of its field. */
function withoutMark(text: string, file: string): string {
  if (!UTF_16.test(text)) return text.replace(BYTE_ORDER_MARK, "");
  throw new ContainerFailure("UnreadableData", `${path.basename(file)} is UTF-16; allowed: UTF-8`);
}

function columnsOf(fields: readonly string[], file: string): readonly number[] {
  const names = fields.map((field) => field.trim().toLowerCase());
  const missing = COLUMNS.filter((column) => !names.includes(column));
  if (missing.length === 0) return COLUMNS.map((column) => names.indexOf(column));
  const given = names
    .slice(0, 10)
    .join(", ")
    .slice(0, 200)
    .replace(/\p{Cc}/gu, "\uFFFD");
  throw new ContainerFailure(
    "BadHeader",
    `${path.basename(file)} has the columns ${given}; missing: ${missing.join(", ")}`,
  );
}
