import type { ModuleTransform } from "../../contracts/moduleTransformation";
import { formatRow, parseRows } from "./csvRows";

/** What the access point is given as `moduleOptions`. */
interface ColumnsOptions {
  /** Columns that are kept, in this order. */
  readonly keep: readonly string[];
  /** Those of them whose digits and addresses of electronic mail are blackened. Defaults to none. */
  readonly redact?: readonly string[];
}

/** Refuses a table, with a code that its reader can act on. */
class TableError extends Error {
  constructor(
    readonly code: "NotATable" | "MissingColumn",
    message: string,
  ) {
    super(message);
  }
}

/** Keeps the named columns of a CSV table, and blackens what names a person in some of them. */
export const transform: ModuleTransform = async (bytes, options) => {
  const { keep, redact = [] } = checkedOptions(options);
  const [header, ...rows] = rowsOf(bytes);
  if (header === undefined) throw new TableError("NotATable", "It is empty.");
  const places = keep.map((column) => {
    const place = header.indexOf(column);
    if (place < 0) throw new TableError("MissingColumn", `There is no column ${column}.`);
    return { place, isRedacted: redact.includes(column) };
  });
  const kept = rows.map((row, index) => {
    if (row.length !== header.length) throw new TableError("NotATable", `Row ${index + 2} has ${row.length} fields.`);
    return places.map(({ place, isRedacted }) => (isRedacted ? redacted(row[place] ?? "") : (row[place] ?? "")));
  });
  const text = [[...keep], ...kept].map(formatRow).join("");
  return {
    bytes: new TextEncoder().encode(text),
    contentType: "text/csv; charset=utf-8",
    metadata: { rows: String(rows.length) },
  };
};

function rowsOf(bytes: Uint8Array): string[][] {
  try {
    return parseRows(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw new TableError("NotATable", error instanceof Error ? error.message : "It is no text.");
  }
}

function redacted(text: string): string {
  return text.replaceAll(/[^\s@]+@[^\s@]+/g, "█").replaceAll(/\d+/g, "█");
}

/** What is thrown here has no code: wrong options are nothing that a reader can mend, so they answer 500. */
function checkedOptions(options: unknown): ColumnsOptions {
  const { keep, redact } = Object(options) as { readonly keep?: unknown; readonly redact?: unknown };
  if (!isTexts(keep) || keep.length === 0) throw new Error("keep must be a list of columns");
  if (redact !== undefined && !isTexts(redact)) throw new Error("redact must be a list of columns");
  return { keep, ...(redact && { redact }) };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
