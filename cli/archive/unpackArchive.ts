import { randomUUID } from "node:crypto";
import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import path from "node:path";
import { printGiven } from "../../contracts/problems";
import { ArchiveError } from "./archiveError";
import { ARCHIVE_LIMITS, type ArchiveLimits } from "./archiveLimits";
import { gunzip } from "./gunzip";
import { TarReader, type TarSink } from "./tarReader";

/** What was unpacked. */
export interface UnpackedArchive {
  readonly files: number;
  /** Bytes of all files. */
  readonly bytes: number;
}

/**
 * Unpacks a `.tar.gz` that anybody may have made. Only regular files and folders come out, all of them below the
 * folder, with the modes that the process gives; an archive of which anything is refused leaves nothing behind. It is
 * written to a folder beside the wanted one, which then takes its name.
 * @param folder must not be there yet; the folder that it is in must be
 * @throws ArchiveError, whatever `source` throws, and what the file system refuses
 */
export async function unpackArchive(
  source: AsyncIterable<Uint8Array>,
  folder: string,
  limits: ArchiveLimits = ARCHIVE_LIMITS,
): Promise<UnpackedArchive> {
  const aside = `${folder}.${randomUUID()}`;
  mkdirSync(aside);
  const sink = new FolderSink(aside, limits);
  try {
    const tar = new TarReader(sink, limits);
    let plainBytes = 0;
    await gunzip(source, (plain, compressed) => {
      plainBytes += plain.length;
      if (plainBytes > limits.ratioFromBytes && plainBytes > compressed * limits.ratio) {
        throw new ArchiveError("TooLarge", `the archive grows to more than ${limits.ratio} times its size`);
      }
      tar.write(plain);
    });
    tar.end();
    renameSync(aside, folder);
    return { files: sink.files, bytes: sink.size };
  } catch (error) {
    sink.close();
    rmSync(aside, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Writes entries below a folder. Calls of the system are made at once: each takes some microseconds, a promise for it
 * ten times that.
 */
class FolderSink implements TarSink {
  files = 0;
  size = 0;
  #open: number | undefined;
  readonly #seen = new Map<string, "file" | "folder">();

  constructor(
    private readonly root: string,
    private readonly limits: ArchiveLimits,
  ) {}

  folder(names: readonly string[]): void {
    for (let depth = 1; depth <= names.length; depth++) {
      const name = names.slice(0, depth).join("/");
      if (this.#seen.get(name) === "folder") continue;
      this.#remember(name, "folder");
      this.#make(name, (target) => mkdirSync(target));
    }
  }

  file(names: readonly string[]): void {
    this.folder(names.slice(0, -1));
    const name = names.join("/");
    this.#remember(name, "file");
    this.#make(name, (target) => {
      this.#open = openSync(target, "wx");
    });
    this.files++;
  }

  bytes(chunk: Buffer): void {
    if (this.#open === undefined) return;
    for (let at = 0; at < chunk.length; ) at += writeSync(this.#open, chunk, at);
    this.size += chunk.length;
  }

  fileEnd(): void {
    this.close();
  }

  close(): void {
    if (this.#open !== undefined) closeSync(this.#open);
    this.#open = undefined;
  }

  #remember(name: string, kind: "file" | "folder"): void {
    const seen = this.#seen.get(name);
    if (seen !== undefined) {
      const both = seen === kind ? "is there twice" : "is a file and a folder";
      throw new ArchiveError("DuplicateEntry", `entry ${printGiven(name)} ${both}`);
    }
    this.#seen.set(name, kind);
    if (this.#seen.size > this.limits.entries) {
      throw new ArchiveError("TooLarge", `the archive has more than ${this.limits.entries} files and folders`);
    }
  }

  /** The file system may take two names for one, as macOS takes a name in capitals. */
  #make(name: string, make: (target: string) => void): void {
    try {
      make(path.join(this.root, ...name.split("/")));
    } catch (cause) {
      if (!(cause instanceof Error && "code" in cause && cause.code === "EEXIST")) throw cause;
      throw new ArchiveError("DuplicateEntry", `entry ${printGiven(name)} has the name of another one here`, { cause });
    }
  }
}
