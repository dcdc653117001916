import { readFile, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import path from "node:path";

const DOCUMENT = path.resolve(__dirname, "..", "docs", "benchmarks.md");

/** Day and machine of a measurement, for the line above its table. */
export function measuredOn(): string {
  const [processor] = cpus();
  const machine = `${processor?.model ?? process.arch}, ${cpus().length} cores, Node ${process.version}`;
  return `${new Date().toISOString().slice(0, 10)}, ${machine}`;
}

/**
 * Replaces a table in docs/benchmarks.md.
 * @param name what stands in the table's marks, `<!-- name:begin -->` and `<!-- name:end -->`
 * @throws Error when the document has no such marks
 */
export async function writeBenchmarkTable(name: string, table: string): Promise<void> {
  const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
  const text = await readFile(DOCUMENT, "utf8");
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/benchmarks.md has no ${begin} … ${end}`);
  await writeFile(DOCUMENT, `${text.slice(0, from + begin.length)}\n${table}\n${text.slice(to)}`);
}
