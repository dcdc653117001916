import { lstatSync, readdirSync, type Stats } from "node:fs";
import path from "node:path";
import { ArchiveError } from "../archive/archiveError";
import type { ArchiveLimits } from "../archive/archiveLimits";
import { entryPath } from "../archive/entryPath";
import type { ModelFindings } from "./modelFindings";
import { type ModelFile, ModelFolder } from "./modelFolder";
import { notRead } from "./notRead";

/** What stands for bytes that are not UTF-8; a file cannot be opened by such a name. */
const UNDECODED = "\ufffd";

/**
 * Reads the names and sizes of a folder's files, sorted. What SageMaker or whoever unpacks the archive could not take is a
 * finding and left out: links, devices, names that mean different things on different systems, more than the limits.
 * @throws CannotRunError `FolderNotRead`
 */
export function readModelFolder(folder: string, limits: ArchiveLimits, findings: ModelFindings): ModelFolder {
  const files: ModelFile[] = [];
  let entries = 0;
  const visit = (names: readonly string[]): void => {
    for (const name of list(path.join(folder, ...names))) {
      if (++entries > limits.entries) continue;
      const inside = [...names, name].join("/");
      if (name.includes(UNDECODED)) {
        findings.error(inside, "UnsafeName", "has a name that is not UTF-8");
        continue;
      }
      const source = path.join(folder, ...names, name);
      const stats = statOf(source);
      const isFolder = stats.isDirectory();
      if (!isFolder && !stats.isFile()) {
        const what = stats.isSymbolicLink() ? "a symbolic link" : "neither a file nor a folder";
        findings.error(inside, "UnsupportedEntry", `is ${what}; allowed: regular files and folders`);
      } else if (isUnsafe(inside, isFolder)) continue;
      else if (isFolder) visit([...names, name]);
      else files.push({ path: inside, source, bytes: stats.size });
    }
  };
  const isUnsafe = (name: string, isFolder: boolean): boolean => {
    try {
      entryPath(name, isFolder, limits);
      return false;
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error;
      findings.error(name, error.code, error.message);
      return true;
    }
  };
  visit([]);
  if (entries > limits.entries) findings.error(".", "TooLarge", `has more than ${limits.entries} files and folders`);
  const read = new ModelFolder(files.sort((a, b) => (a.path < b.path ? -1 : 1)));
  if (read.bytes > limits.bytes) findings.error(".", "TooLarge", `has more than ${limits.bytes} bytes`);
  return read;
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (cause) {
    throw notRead(folder, cause);
  }
}

function statOf(file: string): Stats {
  try {
    return lstatSync(file);
  } catch (cause) {
    throw notRead(file, cause);
  }
}
