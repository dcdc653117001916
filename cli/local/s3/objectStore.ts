import { randomBytes, randomUUID } from "node:crypto";
import { constants, copyFileSync, createReadStream, linkSync, openSync, renameSync, writeFileSync } from "node:fs";
import { copyFile, mkdir, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { Bucket, type BucketInfo, isBucketName, type Versioning } from "./bucket";
import type { BucketIndex } from "./bucketIndex";
import type { ByteRange } from "./byteRange";
import { type ChangeListener, ChangeListeners } from "./changeListeners";
import { KeyedMutex } from "./keyedMutex";
import { MultipartUploads } from "./multipartUploads";
import type { ObjectChange } from "./objectChange";
import { assertKey } from "./objectKey";
import { NULL_VERSION, type ObjectVersion, versionDataFile } from "./objectVersion";
import { assertWriteCondition, type WriteCondition } from "./preconditions";
import type { PutOptions } from "./putOptions";
import { S3Error } from "./s3Errors";
import { type FewBytes, type ObjectSource, type TemporaryFile, writeTemporaryFile } from "./temporaryFile";

/** Bytes up to which a file is copied at once, because handing it to another thread takes longer. */
const COPIED_AT_ONCE = 1024 * 1024;

/** Bytes up to which an object is kept in its record: to make a file takes longer than all that is done to store it. */
const KEPT_IN_RECORD = 1024;

/** What a deletion did. */
export interface DeleteResult {
  /** The version that was removed, or the delete marker that was made; absent when the bucket never was versioned. */
  readonly versionId?: string;
  /** True when a delete marker was made or removed. */
  readonly deleteMarker: boolean;
}

/**
 * Objects as files beneath one folder. Bytes stream in through a temporary file and appear whole or not at all.
 * One process owns the folder.
 */
export class ObjectStore {
  /** Uploads in parts that are in progress. */
  readonly uploads = new MultipartUploads(this);
  readonly #buckets = new Map<string, Bucket>();
  readonly #locks = new KeyedMutex();
  readonly #listeners = new ChangeListeners();
  #lastSequencer = 0n;

  private constructor(
    readonly root: string,
    readonly now: () => Date,
  ) {}

  /**
   * Opens the store in a folder, which is made when it is not there. What an earlier process left unfinished goes.
   * @throws Error that names the file that cannot be read
   */
  static async open(root: string, now: () => Date = () => new Date()): Promise<ObjectStore> {
    const store = new ObjectStore(root, now);
    await rm(store.temporary, { recursive: true, force: true });
    await mkdir(store.temporary, { recursive: true });
    await mkdir(store.#bucketsDirectory, { recursive: true });
    for (const name of await readdir(store.#bucketsDirectory)) {
      const bucket = await Bucket.load(store.#bucketsDirectory, name);
      if (bucket !== undefined) store.#buckets.set(name, bucket);
    }
    return store;
  }

  /** Folder of bytes that no key names yet; it is on the same file system as the objects. */
  get temporary(): string {
    return path.join(this.root, "temporary");
  }

  get #bucketsDirectory(): string {
    return path.join(this.root, "buckets");
  }

  /** All buckets by name. */
  buckets(): readonly BucketInfo[] {
    return [...this.#buckets.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  hasBucket(name: string): boolean {
    return this.#buckets.has(name);
  }

  /** @throws S3Error NoSuchBucket */
  bucket(name: string): BucketInfo & { readonly index: BucketIndex } {
    return this.#bucket(name);
  }

  #bucket(name: string): Bucket {
    const bucket = this.#buckets.get(name);
    if (bucket === undefined) throw new S3Error("NoSuchBucket", { details: { BucketName: name } });
    return bucket;
  }

  /** @throws S3Error InvalidBucketName, BucketAlreadyOwnedByYou */
  async createBucket(name: string, versioning?: Versioning): Promise<void> {
    if (!isBucketName(name)) throw new S3Error("InvalidBucketName", { details: { BucketName: name } });
    await this.#locks.run(name, async () => {
      if (this.#buckets.has(name)) throw new S3Error("BucketAlreadyOwnedByYou", { details: { BucketName: name } });
      this.#buckets.set(name, await Bucket.create(this.#bucketsDirectory, name, this.now(), versioning));
    });
  }

  /** @throws S3Error NoSuchBucket, BucketNotEmpty */
  async deleteBucket(name: string): Promise<void> {
    await this.#locks.run(name, async () => {
      const bucket = this.#bucket(name);
      if (bucket.index.keys.length > 0) throw new S3Error("BucketNotEmpty", { details: { BucketName: name } });
      this.#buckets.delete(name);
      await this.uploads.abortAll(name);
      await rm(bucket.directory, { recursive: true, force: true });
    });
  }

  /** @throws S3Error NoSuchBucket */
  async setVersioning(name: string, versioning: Versioning): Promise<void> {
    await this.#locks.run(name, () => this.#bucket(name).setVersioning(versioning));
  }

  /** Calls the listener after every change. Returns what ends that. */
  onChange(listener: ChangeListener): () => void {
    return this.#listeners.add(listener);
  }

  /**
   * Stores an object from a stream of bytes, from bytes in memory, or from a file that is finished. When the stream fails,
   * nothing is stored.
   * @throws S3Error NoSuchBucket, KeyTooLongError, PreconditionFailed, NoSuchKey; whatever the stream throws
   */
  async put(bucketName: string, key: string, source: ObjectSource, options: PutOptions = {}): Promise<ObjectVersion> {
    this.#bucket(bucketName);
    assertKey(key);
    const taken = await writeTemporaryFile(this.temporary, source, KEPT_IN_RECORD);
    try {
      return await this.#locks.run(`${bucketName}/${key}`, () => this.#commit(bucketName, key, taken, options));
    } catch (error) {
      if ("path" in taken) await rm(taken.path, { force: true });
      throw error;
    }
  }

  async #commit(
    bucketName: string,
    key: string,
    taken: TemporaryFile | FewBytes,
    options: PutOptions,
  ): Promise<ObjectVersion> {
    const bucket = this.#bucket(bucketName);
    assertWriteCondition(bucket.index.find(key), key, options.condition);
    const version: ObjectVersion = {
      key,
      versionId: newVersionId(bucket),
      deleteMarker: false,
      size: taken.size,
      etag: options.etag ?? taken.md5,
      lastModified: this.now(),
      sequencer: this.#nextSequencer(),
      headers: options.headers ?? {},
      metadata: options.metadata ?? {},
      checksum: options.checksum?.(),
      parts: options.parts,
      ...("path" in taken
        ? { dataFile: versionDataFile(key, randomUUID()) }
        : { content: Buffer.from(taken.bytes).toString("base64") }),
    };
    if ("path" in taken) renameSync(taken.path, this.#dataPath(bucket, version));
    await this.#publish(bucket, version);
    this.#tell(bucket, version, options.cause ?? "Put");
    return version;
  }

  /** Writes a version's record, which makes it the truth on disk, and then shows it. */
  async #publish(bucket: Bucket, version: ObjectVersion): Promise<void> {
    try {
      bucket.log.add(version);
    } catch (error) {
      await this.#removeData(bucket, version);
      throw error;
    }
    const replaced = bucket.index.put(version);
    if (replaced !== undefined) await this.#removeData(bucket, replaced);
  }

  /**
   * Deletes an object: its only version, the version named, or, where the bucket is versioned, by a delete marker.
   * Deleting what is not there succeeds, as it does in S3.
   * @throws S3Error NoSuchBucket, PreconditionFailed
   */
  async delete(
    bucketName: string,
    key: string,
    options: { readonly versionId?: string; readonly condition?: WriteCondition } = {},
  ): Promise<DeleteResult> {
    this.#bucket(bucketName);
    assertKey(key);
    return this.#locks.run(`${bucketName}/${key}`, async () => {
      const bucket = this.#bucket(bucketName);
      assertWriteCondition(bucket.index.find(key, options.versionId), key, options.condition);
      if (options.versionId === undefined && bucket.versioning !== undefined) return this.#mark(bucket, key);
      const versionId = options.versionId ?? NULL_VERSION;
      const removed = bucket.index.find(key, versionId);
      if (removed !== undefined) {
        bucket.log.remove(removed);
        bucket.index.remove(key, versionId);
        await this.#removeData(bucket, removed);
        this.#tell(bucket, { ...removed, size: 0, etag: "", sequencer: this.#nextSequencer() }, "Delete");
      }
      return {
        deleteMarker: removed?.deleteMarker ?? false,
        ...(options.versionId !== undefined && { versionId }),
      };
    });
  }

  async #mark(bucket: Bucket, key: string): Promise<DeleteResult> {
    const marker: ObjectVersion = {
      key,
      versionId: newVersionId(bucket),
      deleteMarker: true,
      size: 0,
      etag: "",
      lastModified: this.now(),
      sequencer: this.#nextSequencer(),
      headers: {},
      metadata: {},
    };
    await this.#publish(bucket, marker);
    this.#tell(bucket, marker, "DeleteMarkerCreated");
    return { versionId: marker.versionId, deleteMarker: true };
  }

  /** The newest version, which may be a delete marker, or the one with the id. @throws S3Error NoSuchBucket */
  find(bucketName: string, key: string, versionId?: string): ObjectVersion | undefined {
    return this.#bucket(bucketName).index.find(key, versionId);
  }

  /**
   * Bytes of a version that {@link find} gave in the same turn of the event loop. The reader then has all of it,
   * whatever is stored or deleted meanwhile. Read the stream to its end or destroy it.
   */
  read(bucketName: string, version: ObjectVersion, range?: ByteRange): Readable {
    if (version.size === 0) return Readable.from([], { objectMode: false });
    if (version.content !== undefined) {
      const bytes = Buffer.from(version.content, "base64");
      const asked = range === undefined ? bytes : bytes.subarray(range.start, range.end + 1);
      return Readable.from([asked], { objectMode: false });
    }
    // Opened at once: a turn later a writer may have removed the file.
    const fd = openSync(this.#dataPath(this.#bucket(bucketName), version), "r");
    return createReadStream("", { fd, highWaterMark: 256 * 1024, ...range });
  }

  /**
   * Copies the bytes of a version that {@link find} gave in the same turn of the event loop into a new file, by
   * reference where the file system can. The file is the caller's own: what is written to it changes no object.
   */
  async copyTo(bucketName: string, version: ObjectVersion, file: string): Promise<void> {
    if (version.content !== undefined) return writeFileSync(file, version.content, "base64");
    const data = this.#dataPath(this.#bucket(bucketName), version);
    if (version.size <= COPIED_AT_ONCE) return copyFileSync(data, file, constants.COPYFILE_FICLONE);
    // A second name keeps the bytes while another writer removes the first.
    const kept = path.join(this.temporary, randomUUID());
    linkSync(data, kept);
    try {
      await copyFile(kept, file, constants.COPYFILE_FICLONE);
    } finally {
      await rm(kept, { force: true });
    }
  }

  #dataPath(bucket: Bucket, version: ObjectVersion): string {
    return path.join(bucket.objects, version.dataFile ?? "");
  }

  async #removeData(bucket: Bucket, version: ObjectVersion): Promise<void> {
    if (version.dataFile !== undefined) await rm(this.#dataPath(bucket, version), { force: true });
  }

  #nextSequencer(): string {
    const time = BigInt(this.now().getTime()) << 20n;
    this.#lastSequencer = time > this.#lastSequencer ? time : this.#lastSequencer + 1n;
    return this.#lastSequencer.toString(16).toUpperCase().padStart(16, "0");
  }

  #tell(bucket: Bucket, version: ObjectVersion, cause: ObjectChange["cause"]): void {
    this.#listeners.tell({
      bucket: bucket.name,
      key: version.key,
      kind: cause === "Delete" || cause === "DeleteMarkerCreated" ? "deleted" : "created",
      cause,
      ...(bucket.versioning !== undefined && { versionId: version.versionId }),
      size: version.size,
      etag: version.etag,
      sequencer: version.sequencer,
    });
  }
}

function newVersionId(bucket: Bucket): string {
  return bucket.versioning === "Enabled" ? randomBytes(16).toString("hex") : NULL_VERSION;
}
