import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { notRead } from "./notRead";

/** Most bytes of a text that is looked into: scripts and configurations are far smaller. */
const LARGEST_TEXT = 16 * 1024 * 1024;

/** A file of a model. */
export interface ModelFile {
  /** Path in the archive, with slashes. */
  readonly path: string;
  /** Path on this machine. */
  readonly source: string;
  readonly bytes: number;
}

/** The files of a model, as they will be unpacked below `/opt/ml/model`. */
export class ModelFolder {
  readonly #byPath: ReadonlyMap<string, ModelFile>;

  /** @param files sorted by path */
  constructor(readonly files: readonly ModelFile[]) {
    this.#byPath = new Map(files.map((file) => [file.path, file]));
  }

  /** Bytes of all files. */
  get bytes(): number {
    return this.files.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Files that are in no folder. */
  get root(): readonly ModelFile[] {
    return this.files.filter(({ path }) => !path.includes("/"));
  }

  /** Names of the folders at the top. */
  get folders(): readonly string[] {
    return [
      ...new Set(this.files.filter(({ path }) => path.includes("/")).map(({ path }) => path.split("/")[0] ?? "")),
    ];
  }

  find(path: string): ModelFile | undefined {
    return this.#byPath.get(path);
  }

  /** Files below a folder. */
  below(folder: string): readonly ModelFile[] {
    return this.files.filter(({ path }) => path.startsWith(`${folder}/`));
  }

  /** What is below a folder, as a model of its own. */
  within(folder: string): ModelFolder {
    return new ModelFolder(this.below(folder).map((file) => ({ ...file, path: file.path.slice(folder.length + 1) })));
  }

  /**
   * Bytes of a file from an offset; fewer at its end.
   * @throws CannotRunError `FolderNotRead`
   */
  read({ source }: ModelFile, offset: number, length: number): Buffer {
    let descriptor: number | undefined;
    try {
      descriptor = openSync(source, "r");
      const wanted = Math.max(0, Math.min(length, fstatSync(descriptor).size - offset));
      const bytes = Buffer.alloc(wanted);
      return bytes.subarray(0, readSync(descriptor, bytes, 0, wanted, offset));
    } catch (cause) {
      throw notRead(source, cause);
    } finally {
      if (descriptor !== undefined) closeSync(descriptor);
    }
  }

  /** Text of a file, or of its first 16 MB. */
  text(file: ModelFile): string {
    return this.read(file, 0, LARGEST_TEXT).toString("utf8");
  }

  /** What a JSON file holds; undefined when it is no JSON. */
  json(file: ModelFile): unknown {
    try {
      return JSON.parse(this.text(file));
    } catch {
      return undefined;
    }
  }
}
