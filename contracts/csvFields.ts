/**
 * Splits complete lines of CSV (RFC 4180) into fields. Text is latin1: one character for each byte, so that no
 * character is ever cut at the end of a chunk; fields are decoded by whoever reads them.
 */
export class CsvFields {
  #rest = "";

  /**
   * Takes the next piece of text.
   * @param row called for each complete record that is not empty, with its fields, quotes removed
   * @param plain called in its place for a record without quotes, with its line: for readers that need not take it apart
   */
  push(text: string, row: (fields: readonly string[]) => void, plain?: (line: string) => void): void {
    const all = this.#rest === "" ? text : this.#rest + text;
    let from = 0;
    // Looked for once, not for every line: most files have none.
    let quote = all.indexOf('"');
    for (;;) {
      const end = all.indexOf("\n", from);
      if (end < 0) break;
      if (quote >= 0 && quote < from) quote = all.indexOf('"', from);
      if (quote < 0 || quote > end) {
        const line = all.slice(from, all[end - 1] === "\r" && end > from ? end - 1 : end);
        if (plain === undefined) emit(line.split(","), row);
        else if (line !== "") plain(line);
        from = end + 1;
        continue;
      }
      const next = readQuoted(all, from, row);
      if (next < 0) break;
      from = next;
    }
    this.#rest = all.slice(from);
  }

  /** The last record, when no line end follows it. */
  end(row: (fields: readonly string[]) => void): void {
    const rest = this.#rest;
    this.#rest = "";
    if (rest === "") return;
    if (!rest.includes('"')) emit(rest.split(","), row);
    // A quote that is never closed takes the rest of the file, as every reader of CSV has it.
    else if (readQuoted(`${rest}\n`, 0, row) < 0) readQuoted(`${rest}"\n`, 0, row);
  }
}

function emit(fields: readonly string[], row: (fields: readonly string[]) => void): void {
  if (fields.length > 1 || fields[0] !== "") row(fields);
}

/** Reads one record with quotes. Returns where the next one begins, or -1 when this one is not complete. */
function readQuoted(text: string, from: number, row: (fields: readonly string[]) => void): number {
  const fields: string[] = [];
  let at = from;
  for (;;) {
    let field = "";
    if (text[at] === '"') {
      at++;
      for (;;) {
        const close = text.indexOf('"', at);
        if (close < 0 || close === text.length - 1) return -1;
        field += text.slice(at, close);
        at = close + 1;
        if (text[at] !== '"') break;
        field += '"';
        at++;
      }
    }
    let end = at;
    while (end < text.length && text[end] !== "," && text[end] !== "\n") end++;
    if (end >= text.length) return -1;
    const last = text[end] === "\n";
    field += text.slice(at, last && text[end - 1] === "\r" && end > at ? end - 1 : end);
    fields.push(field);
    at = end + 1;
    if (last) {
      emit(fields, row);
      return at;
    }
  }
}

/** One field as CSV: quoted when it must be. */
export function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
