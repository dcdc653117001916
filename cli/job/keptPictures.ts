import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Photograph } from "./photographs";

/** Pictures kept at most: enough to look at, however many photographs there are. */
const KEPT = 12;

/** Keeps some photographs and what became of them side by side, to be looked at: `out/pictures/<n>.before.jpg`, `.after.jpg`. */
export class KeptPictures {
  #kept = 0;

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
    if (this.#kept >= KEPT) return;
    this.#kept++;
    const { name, ext } = path.parse(key);
    const stem = path.join(this.folder, `${this.#kept}.${name.replaceAll(/[^\w-]/g, "_")}`);
    await copyFile(file, `${stem}.before${ext}`);
    await writeFile(`${stem}.after.jpg`, after);
  }
}
