import { readdirSync, statSync } from "node:fs";
import path from "node:path";

/** What tells whether a file is still the one that it was. */
export interface FileState {
  readonly size: number;
  readonly modifiedMs: number;
  readonly inode: number;
  /** When its bytes or its name last changed, by this machine's clock. */
  readonly changedMs: number;
}

/** Whether two looks at a path saw the same bytes. */
export function isSameFile(a: FileState | undefined, b: FileState | undefined): boolean {
  return a?.size === b?.size && a?.modifiedMs === b?.modifiedMs && a?.inode === b?.inode;
}

/** What a path is at this moment; undefined when it is no file. */
export function fileState(file: string): FileState | undefined {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined || !stat.isFile()) return undefined;
  return { size: stat.size, modifiedMs: stat.mtimeMs, inode: stat.ino, changedMs: stat.ctimeMs };
}

/**
 * Every file below a folder, by its path in it with `/` between names. Read in one turn of the event loop, which takes
 * some microseconds a file where a promise for each would take ten times that.
 * @param trusted files that are only looked for, and taken to be as they were; defaults to none
 */
export function scanFolder(
  folder: string,
  trusted: ReadonlyMap<string, FileState> = new Map(),
): Map<string, FileState> {
  const files = new Map<string, FileState>();
  const folders = [""];
  for (let below = folders.pop(); below !== undefined; below = folders.pop()) {
    for (const entry of entriesOf(path.join(folder, below))) {
      const name = below === "" ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) folders.push(name);
      const state = entry.isFile() ? (trusted.get(name) ?? fileState(path.join(folder, name))) : undefined;
      if (state !== undefined) files.set(name, state);
    }
  }
  return files;
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    // The container may remove a folder between two looks.
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}
