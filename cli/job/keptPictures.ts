import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Photograph } from "./photographs";

/** Pictures kept at most: enough to look at, however many photographs there are. */
const KEPT = 12;

/** A photograph and what became of it, as files. */
export interface KeptPicture {
  /** Key that it was uploaded under. */
  readonly key: string;
  readonly before: string;
  readonly after: string;
}

/** Keeps some photographs and what became of them side by side, to be looked at: `out/pictures/<n>.before.jpg`, `.after.jpg`. */
export class KeptPictures {
  readonly #kept: KeptPicture[] = [];

  private constructor(private readonly folder: string) {}

  /** Begins with an empty folder. */
  static async in(out: string): Promise<KeptPictures> {
    const folder = path.join(out, "pictures");
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    return new KeptPictures(folder);
  }

  /** Keeps one, unless there are enough. */
  async keep({ file, key }: Photograph, after: Uint8Array): Promise<void> {
    if (this.#kept.length >= KEPT) return;
    const { name, ext } = path.parse(key);
    const stem = path.join(this.folder, `${this.#kept.length + 1}.${name.replaceAll(/[^\w-]/g, "_")}`);
    const picture = { key, before: `${stem}.before${ext}`, after: `${stem}.after.jpg` };
    // Counted before it is written: several are kept at once.
    this.#kept.push(picture);
    await copyFile(file, picture.before);
    await writeFile(picture.after, after);
  }

  /** What was kept, in the order in which it was. */
  get pictures(): readonly KeptPicture[] {
    return this.#kept;
  }
}
