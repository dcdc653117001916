import { randomUUID } from "node:crypto";
import { renameSync, rmSync, writeFileSync } from "node:fs";

/**
 * Writes a small file so that a reader sees all of the old text or all of the new. It is done in one turn of the event
 * loop: for so few bytes the turns of promises cost several times what the file system does.
 */
export function writeWholeFile(file: string, text: string): void {
  const temporary = `${file}.${randomUUID()}`;
  try {
    writeFileSync(temporary, text, { flag: "wx" });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
