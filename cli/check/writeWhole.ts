import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { CannotRunError } from "../../contracts/cannotRunError";

/**
 * Writes a file as a whole: whoever reads it meanwhile sees what was there before, or all of it. Missing folders are made.
 * @throws CannotRunError `ReportNotWritten`
 */
export function writeWhole(file: string, text: string): void {
  const path = resolve(file);
  const beside = `${path}.${randomUUID()}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(beside, text);
    renameSync(beside, path);
  } catch (cause) {
    // Where a folder of the path is a file, even removing what is not there fails.
    if (existsSync(beside)) rmSync(beside);
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CannotRunError("ReportNotWritten", `${file} cannot be written: ${reason}`, { cause });
  }
}
