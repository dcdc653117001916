import { SortedKeys } from "./keyOrder";
import type { ObjectVersion } from "./objectVersion";

/** What a bucket holds, in memory: for every key its versions, newest first. */
export class BucketIndex {
  readonly keys = new SortedKeys();
  readonly #versions = new Map<string, ObjectVersion[]>();

  /** All versions of a key, newest first. */
  versions(key: string): readonly ObjectVersion[] {
    return this.#versions.get(key) ?? [];
  }

  /** The newest version, which may be a delete marker, or the one with the id. */
  find(key: string, versionId?: string): ObjectVersion | undefined {
    const versions = this.versions(key);
    return versionId === undefined ? versions[0] : versions.find((version) => version.versionId === versionId);
  }

  /** Adds a version; one with the same id is replaced and returned. */
  put(version: ObjectVersion): ObjectVersion | undefined {
    const replaced = this.remove(version.key, version.versionId);
    const versions = this.#versions.get(version.key) ?? [];
    // Usually the newest; not so while a bucket is read back from disk.
    const older = versions.findIndex((other) => other.sequencer < version.sequencer);
    versions.splice(older < 0 ? versions.length : older, 0, version);
    this.#versions.set(version.key, versions);
    this.keys.add(version.key);
    return replaced;
  }

  /** Removes a version and returns it. */
  remove(key: string, versionId: string): ObjectVersion | undefined {
    const versions = this.#versions.get(key) ?? [];
    const index = versions.findIndex((version) => version.versionId === versionId);
    if (index < 0) return undefined;
    const [removed] = versions.splice(index, 1);
    if (versions.length === 0) {
      this.#versions.delete(key);
      this.keys.delete(key);
    }
    return removed;
  }
}
