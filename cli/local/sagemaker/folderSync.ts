import { mkdir } from "node:fs/promises";
import path from "node:path";
import { inParallel } from "../../../contracts/inParallel";
import type { S3Location } from "../../../contracts/s3Location";
import type { LocalPlane } from "../localPlane";
import { type FileState, fileState, isSameFile, scanFolder } from "./folderScan";
import { storedKeys } from "./inputSource";
import { uploadFile, type Writer } from "./uploadFile";

/** Shortest time between two looks at a folder, in milliseconds. */
const POLL_MS = 200;

/** So many looks, all but one of them find new and deleted files only: to look at each file takes most of the time. */
const FULL_LOOK = 4;

/** A look may take this share of the time at most, however many files there are. */
const POLL_SHARE = 0.1;

/** For how long a file must be left alone before its upload while its process runs, in milliseconds. */
const SETTLE_MS = 100;

/** For how long a file that is never left alone, a log for example, waits for its upload, in milliseconds. */
const LONGEST_WAIT_MS = 1000;

/** Files that are uploaded or restored at once. */
const WIDTH = 16;

/** How a folder is synchronised. */
export interface FolderSyncOptions {
  /** Whether an object goes when the file that it came from, or was restored to, is deleted. */
  readonly deletes: boolean;
  /** Told after files were uploaded. */
  onUpload?(): void;
}

/**
 * Keeps a prefix of the store as a folder of one instance is: files that are new or changed are uploaded, whole or not
 * at all, and what is deleted is deleted, but never what this instance did not have.
 */
export class FolderSync {
  /** What the store has of this folder, by path. */
  readonly #known = new Map<string, FileState>();
  /** Since when files wait to be left alone, by path. */
  readonly #waiting = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> = Promise.resolve();
  #looks = 0;
  #ended = false;
  #error: unknown;

  /** @param location a prefix that is empty or ends with a slash */
  constructor(
    private readonly plane: Pick<LocalPlane, "store">,
    private readonly folder: string,
    private readonly location: S3Location,
    private readonly options: FolderSyncOptions,
  ) {}

  /** Puts what the prefix has into the folder. @throws S3Error NoSuchBucket */
  async restore(): Promise<void> {
    const { bucket, prefix } = this.location;
    const keys = storedKeys(this.plane, this.location).filter((key) => !key.endsWith("/"));
    const names = keys.map((key) => key.slice(prefix.length));
    for (const below of new Set(names.map((name) => path.dirname(name)))) {
      await mkdir(path.join(this.folder, below), { recursive: true });
    }
    await inParallel(names, WIDTH, async (name) => {
      const version = this.plane.store.find(bucket, prefix + name);
      if (version === undefined || version.deleteMarker) return;
      const file = path.join(this.folder, name);
      await this.plane.store.copyTo(bucket, version, file);
      const state = fileState(file);
      if (state !== undefined) this.#known.set(name, state);
    });
  }

  /** Synchronises again and again, until the end. */
  start(): void {
    this.#schedule(POLL_MS);
  }

  /** Ends it, and uploads what is not yet; nobody may write to the folder any more. @throws whatever an upload failed with */
  async finish(): Promise<void> {
    await this.abandon();
    if (this.#error !== undefined) throw this.#error;
    await this.#synchronise(Number.NEGATIVE_INFINITY, "ended");
  }

  /** Ends it without another look: what was not uploaded is lost, as it is with the machine. */
  async abandon(): Promise<void> {
    this.#ended = true;
    clearTimeout(this.#timer);
    await this.#round;
  }

  #schedule(milliseconds: number): void {
    if (this.#ended) return;
    this.#timer = setTimeout(() => {
      this.#round = this.#synchronise(SETTLE_MS, "running").then(
        (scanMs) => this.#schedule(Math.max(POLL_MS, scanMs / POLL_SHARE)),
        (error: unknown) => {
          // Whoever finishes hears of it: nobody waits now.
          this.#error = error;
        },
      );
    }, milliseconds);
  }

  /**
   * One look, and what follows from it. Gives how long the look took, in milliseconds.
   * @param settleMs for how long a file must have been left alone; minus infinity uploads any file, whatever the clock says
   */
  async #synchronise(settleMs: number, writer: Writer): Promise<number> {
    const { store } = this.plane;
    const { bucket, prefix } = this.location;
    const started = performance.now();
    const isFull = this.#ended || this.#looks++ % FULL_LOOK === 0;
    const seen = scanFolder(this.folder, isFull ? undefined : this.#known);
    const scanMs = performance.now() - started;
    const changed = [...seen].filter(
      ([name, state]) => !isSameFile(this.#known.get(name), state) && this.#isDue(name, state, settleMs),
    );
    for (const name of this.#waiting.keys()) if (!seen.has(name)) this.#waiting.delete(name);
    let uploaded = 0;
    await inParallel(changed, WIDTH, async ([name, state]) => {
      const file = path.join(this.folder, name);
      if (!(await uploadFile(store, bucket, prefix + name, file, state, writer))) return;
      this.#known.set(name, state);
      this.#waiting.delete(name);
      uploaded++;
    });
    if (uploaded > 0) this.options.onUpload?.();
    if (!this.options.deletes) return scanMs;
    const gone = [...this.#known.keys()].filter((name) => !seen.has(name));
    await inParallel(gone, WIDTH, async (name) => {
      await store.delete(bucket, prefix + name);
      this.#known.delete(name);
    });
    return scanMs;
  }

  #isDue(name: string, { changedMs }: FileState, settleMs: number): boolean {
    const now = Date.now();
    const since = this.#waiting.get(name) ?? now;
    this.#waiting.set(name, since);
    return now - changedMs >= settleMs || now - since >= LONGEST_WAIT_MS;
  }
}
