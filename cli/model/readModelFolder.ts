import { lstatSync, readdirSync, type Stats } from "node:fs";
import path from "node:path";
import { CannotRunError } from "../../contracts/cannotRunError";
import { ArchiveError } from "../archive/archiveError";
import type { ArchiveLimits } from "../archive/archiveLimits";
import { entryPath } from "../archive/entryPath";
import type { ModelFindings } from "./modelFindings";
import { type ModelFile, ModelFolder } from "./modelFolder";

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

function notRead(file: string, cause: unknown): CannotRunError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new CannotRunError("FolderNotRead", `${file} cannot be read: ${reason}`, { cause });
}
