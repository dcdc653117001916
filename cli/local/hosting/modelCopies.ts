import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { ArchiveError } from "../../archive/archiveError";
import { unpackArchive } from "../../archive/unpackArchive";
import { KeyedMutex } from "../s3/keyedMutex";
import type { ObjectStore } from "../s3/objectStore";
import type { ObjectVersion } from "../s3/objectVersion";
import { RuntimeError } from "./runtimeError";

/** Bytes of models that are not loaded which stay on the disk, so that they are back sooner. */
const IDLE_BYTES = 1024 ** 3;

/** A model's archive. */
export interface ModelObject {
  /** Opaque name that the container knows it by. */
  readonly name: string;
  readonly bucket: string;
  readonly key: string;
}

interface Copy {
  readonly version: ObjectVersion;
  readonly bytes: number;
  isIdle: boolean;
}

/** The archives of models, unpacked below a folder: `{name}/model` for each. */
export class ModelCopies {
  /** In the order of their last use. */
  readonly #copies = new Map<string, Copy>();
  readonly #locks = new KeyedMutex();
  #idle = 0;

  constructor(
    private readonly store: ObjectStore,
    private readonly root: string,
    private readonly idleBytes = IDLE_BYTES,
  ) {
    mkdirSync(root, { recursive: true });
  }

  /**
   * The folder of a model, fetched unless the same version of the object is here already. It stays until {@link release}.
   * @throws RuntimeError ValidationError when there is no object, or it cannot be unpacked
   */
  folder(model: ModelObject): Promise<string> {
    return this.#locks.run(model.name, async () => {
      const version = findArchive(this.store, model);
      const folder = path.join(this.root, model.name, "model");
      const copy = this.#copies.get(model.name);
      this.#copies.delete(model.name);
      if (copy?.isIdle) this.#idle -= copy.bytes;
      if (copy?.version.sequencer === version.sequencer) {
        this.#copies.set(model.name, { ...copy, isIdle: false });
        return folder;
      }
      rmSync(path.dirname(folder), { recursive: true, force: true });
      mkdirSync(path.dirname(folder));
      const bytes = await unpackObject(this.store, model, version, folder);
      this.#copies.set(model.name, { version, bytes, isIdle: false });
      return folder;
    });
  }

  /** A model is not loaded any more: its copy stays as long as there is room. */
  release(name: string): void {
    const released = this.#copies.get(name);
    if (released === undefined || released.isIdle) return;
    released.isIdle = true;
    this.#idle += released.bytes;
    for (const [oldest, { bytes, isIdle }] of this.#copies) {
      if (this.#idle <= this.idleBytes) return;
      if (!isIdle) continue;
      this.#copies.delete(oldest);
      rmSync(path.join(this.root, oldest), { recursive: true, force: true });
      this.#idle -= bytes;
    }
  }
}

/** Finds a model's archive. @throws RuntimeError ValidationError in SageMaker's words */
function findArchive(store: ObjectStore, { bucket, key }: Omit<ModelObject, "name">): ObjectVersion {
  const version = store.hasBucket(bucket) ? store.find(bucket, key) : undefined;
  if (version !== undefined && !version.deleteMarker) return version;
  throw new RuntimeError(
    "ValidationError",
    `Failed to download model data(bucket: ${bucket}, key: ${key}). Please ensure that there is an object located at the URL and that the role passed to CreateModel has permissions to download the model.`,
  );
}

async function unpackObject(
  store: ObjectStore,
  { bucket, key }: Omit<ModelObject, "name">,
  version: ObjectVersion,
  folder: string,
): Promise<number> {
  const source = store.read(bucket, version);
  try {
    return (await unpackArchive(source, folder)).bytes;
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    throw new RuntimeError(
      "ValidationError",
      `Failed to extract model data archive from URL "s3://${bucket}/${key}". Please ensure that the object located at the URL is a valid tar.gz archive: ${error.code}: ${error.message}.`,
    );
  } finally {
    source.destroy();
  }
}

/**
 * Unpacks the one model of a single-model endpoint.
 * @param folder must not be there
 * @throws RuntimeError ValidationError when there is no object, or it cannot be unpacked
 */
export async function unpackModel(
  store: ObjectStore,
  object: Omit<ModelObject, "name">,
  folder: string,
): Promise<void> {
  await unpackObject(store, object, findArchive(store, object), folder);
}
