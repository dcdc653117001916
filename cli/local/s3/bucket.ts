import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { SERVICE_LIMITS } from "../../../contracts/serviceLimits";
import { BucketIndex } from "./bucketIndex";
import { VersionLog } from "./versionLog";
import { writeWholeFile } from "./wholeFile";

/** Versioning of a bucket; undefined when it never was enabled. */
export type Versioning = "Enabled" | "Suspended";

/** What is told about a bucket. */
export interface BucketInfo {
  readonly name: string;
  readonly createdAt: Date;
  readonly versioning: Versioning | undefined;
}

const record = z.object({
  createdAt: z.iso.datetime().transform((text) => new Date(text)),
  versioning: z.enum(["Enabled", "Suspended"]).optional(),
});

/** A bucket's folder and its index. Names are safe as folder names, being limited as S3 limits them. */
export class Bucket implements BucketInfo {
  readonly index = new BucketIndex();
  /** What is in the index, on disk. */
  readonly log: VersionLog;
  #versioning: Versioning | undefined;

  private constructor(
    readonly name: string,
    readonly createdAt: Date,
    readonly directory: string,
    versioning: Versioning | undefined,
  ) {
    this.#versioning = versioning;
    this.log = new VersionLog(path.join(directory, "versions.jsonl"));
  }

  get versioning(): Versioning | undefined {
    return this.#versioning;
  }

  /** Folder of the bytes. */
  get objects(): string {
    return path.join(this.directory, "objects");
  }

  static async create(
    buckets: string,
    name: string,
    createdAt: Date,
    versioning: Versioning | undefined,
  ): Promise<Bucket> {
    const bucket = new Bucket(name, createdAt, path.join(buckets, name), versioning);
    await mkdir(bucket.objects, { recursive: true });
    await bucket.#save();
    return bucket;
  }

  /**
   * Reads a bucket back from its folder; bytes that no record names are removed.
   * @throws Error that names the file that cannot be read
   */
  static async load(buckets: string, name: string): Promise<Bucket | undefined> {
    const directory = path.join(buckets, name);
    const text = await readFile(path.join(directory, "bucket.json"), "utf8").catch(() => undefined);
    if (text === undefined) {
      // Its creation or deletion was cut off.
      await rm(directory, { recursive: true, force: true });
      return undefined;
    }
    const { createdAt, versioning } = record.parse(JSON.parse(text));
    const bucket = new Bucket(name, createdAt, directory, versioning);
    const named = new Set<string>();
    for (const version of await bucket.log.load()) {
      bucket.index.put(version);
      if (version.dataFile !== undefined) named.add(version.dataFile);
    }
    const files = await readdir(bucket.objects);
    const stray = files.filter((file) => file.endsWith(".data") && !named.has(file));
    await Promise.all(stray.map((file) => rm(path.join(bucket.objects, file))));
    return bucket;
  }

  async setVersioning(versioning: Versioning): Promise<void> {
    this.#versioning = versioning;
    await this.#save();
  }

  async #save(): Promise<void> {
    const text = JSON.stringify({ createdAt: this.createdAt, versioning: this.#versioning });
    writeWholeFile(path.join(this.directory, "bucket.json"), text);
  }
}

/** True for a name that S3 allows; docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export function isBucketName(name: string): boolean {
  const { min, max } = SERVICE_LIMITS.s3.bucketNameLength;
  return (
    name.length >= min &&
    name.length <= max &&
    /^[a-z0-9][a-z0-9.-]*[a-z0-9]$/.test(name) &&
    !name.includes("..") &&
    !/^\d+\.\d+\.\d+\.\d+$/.test(name)
  );
}
