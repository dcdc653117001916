import { createHash, randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { rm } from "node:fs/promises";
import { SERVICE_LIMITS } from "../../../contracts/serviceLimits";
import {
  type ChecksumAlgorithm,
  type ChecksumType,
  compositeChecksum,
  createDigester,
  type Digester,
  type ObjectChecksum,
} from "./checksums";
import { digested } from "./digested";
import type { ObjectStore } from "./objectStore";
import type { ObjectVersion } from "./objectVersion";
import type { WriteCondition } from "./preconditions";
import type { ObjectAttributes } from "./putOptions";
import { S3Error } from "./s3Errors";
import { type TemporaryFile, writeTemporaryFile } from "./temporaryFile";

/** A part that was uploaded. */
export interface UploadedPart {
  readonly number: number;
  readonly file: TemporaryFile;
  readonly uploadedAt: Date;
  readonly checksum: ObjectChecksum | undefined;
}

/** How the finished object's checksum is made. */
export interface UploadChecksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly type: ChecksumType;
  /** False when the client named no algorithm and S3's default was taken. */
  readonly declared: boolean;
}

/** An upload in progress. */
export interface Upload {
  readonly id: string;
  readonly bucket: string;
  readonly key: string;
  readonly startedAt: Date;
  readonly attributes: ObjectAttributes;
  readonly checksum: UploadChecksum;
  readonly parts: Map<number, UploadedPart>;
}

/** A part as the completing request names it. */
export interface CompletedPart {
  readonly number: number;
  readonly etag: string;
  /** Base64 checksum by the upload's algorithm, when given. */
  readonly checksum: string | undefined;
}

/** Uploads in parts. They live as long as the process; only finished objects outlast it. */
export class MultipartUploads {
  readonly #uploads = new Map<string, Upload>();
  readonly #store: ObjectStore;

  constructor(store: ObjectStore) {
    this.#store = store;
  }

  create(bucket: string, key: string, attributes: ObjectAttributes, checksum: UploadChecksum): Upload {
    const id = randomBytes(24).toString("hex");
    const upload = { id, bucket, key, startedAt: this.#store.now(), attributes, checksum, parts: new Map() };
    this.#uploads.set(id, upload);
    return upload;
  }

  /** @throws S3Error NoSuchUpload */
  find(bucket: string, key: string, id: string): Upload {
    const upload = this.#uploads.get(id);
    if (upload?.bucket !== bucket || upload.key !== key)
      throw new S3Error("NoSuchUpload", { details: { UploadId: id } });
    return upload;
  }

  /** Uploads of a bucket, oldest first. */
  of(bucket: string): readonly Upload[] {
    return [...this.#uploads.values()].filter((upload) => upload.bucket === bucket);
  }

  /** Stores a part; one of the same number is replaced. @throws S3Error NoSuchUpload; whatever the stream throws */
  async putPart(
    upload: Upload,
    number: number,
    source: AsyncIterable<Uint8Array>,
    checksum: () => ObjectChecksum | undefined,
  ): Promise<UploadedPart> {
    const file = await writeTemporaryFile(this.#store.temporary, source);
    if (this.#uploads.get(upload.id) !== upload) {
      await rm(file.path, { force: true });
      throw new S3Error("NoSuchUpload", { details: { UploadId: upload.id } });
    }
    const replaced = upload.parts.get(number);
    const part = { number, file, uploadedAt: this.#store.now(), checksum: checksum() };
    upload.parts.set(number, part);
    if (replaced !== undefined) await rm(replaced.file.path, { force: true });
    return part;
  }

  async abort(upload: Upload): Promise<void> {
    this.#uploads.delete(upload.id);
    await removeParts(upload);
  }

  /** Ends every upload of a bucket. */
  async abortAll(bucket: string): Promise<void> {
    await Promise.all(this.of(bucket).map((upload) => this.abort(upload)));
  }

  /**
   * Makes the object. When that fails, the upload stays as it is.
   * @param expected checksum that the finished object must have; a composite one with or without its number of parts
   * @throws S3Error InvalidPart, InvalidPartOrder, EntityTooSmall, InvalidRequest, BadDigest, PreconditionFailed
   */
  async complete(
    upload: Upload,
    named: readonly CompletedPart[],
    options: { readonly condition?: WriteCondition; readonly expected?: string },
  ): Promise<ObjectVersion> {
    const parts = chosenParts(upload, named);
    const { algorithm, type } = upload.checksum;
    const digester = type === "FULL_OBJECT" ? createDigester(algorithm) : undefined;
    const checksumOf = (): ObjectChecksum => {
      const checksum = digester
        ? { algorithm, type, value: digester.digest().toString("base64") }
        : compositeChecksum(
            algorithm,
            parts.map((part) => part.checksum?.value ?? ""),
          );
      const accepted = [checksum.value, checksum.value.replace(/-\d+$/, "")];
      if (options.expected !== undefined && !accepted.includes(options.expected)) {
        throw new S3Error("BadDigest", {
          message: `The ${algorithm} you specified did not match the calculated checksum.`,
        });
      }
      return checksum;
    };
    // Nobody may add, replace or complete while the parts are read.
    this.#uploads.delete(upload.id);
    try {
      const version = await this.#store.put(upload.bucket, upload.key, joined(parts, digester), {
        ...upload.attributes,
        cause: "CompleteMultipartUpload",
        etag: etagOfParts(parts),
        parts: parts.map(({ number, file, checksum }) => ({ number, size: file.size, checksum })),
        checksum: checksumOf,
        ...(options.condition && { condition: options.condition }),
      });
      await removeParts(upload);
      return version;
    } catch (error) {
      if (this.#store.hasBucket(upload.bucket)) this.#uploads.set(upload.id, upload);
      else await removeParts(upload);
      throw error;
    }
  }
}

/** MD5 of the parts' MD5s, a hyphen, and their number. */
function etagOfParts(parts: readonly UploadedPart[]): string {
  const md5 = createHash("md5");
  for (const part of parts) md5.update(part.file.md5, "hex");
  return `${md5.digest("hex")}-${parts.length}`;
}

function chosenParts(upload: Upload, named: readonly CompletedPart[]): readonly UploadedPart[] {
  if (named.some(({ number }, i) => number <= (named[i - 1]?.number ?? 0))) {
    throw new S3Error("InvalidPartOrder", { details: { UploadId: upload.id } });
  }
  const name = upload.checksum.algorithm.toLowerCase();
  return named.map(({ number, etag, checksum }, i) => {
    const part = upload.parts.get(number);
    if (upload.checksum.type === "COMPOSITE" && checksum === undefined) {
      throw new S3Error("InvalidRequest", {
        message: `The upload was created using a ${name} checksum. The complete request must include the checksum for each part. It was missing for part ${number} in the request.`,
      });
    }
    const wrongChecksum = checksum !== undefined && part?.checksum !== undefined && checksum !== part.checksum.value;
    if (part === undefined || etag !== part.file.md5 || wrongChecksum) {
      throw new S3Error("InvalidPart", {
        details: { UploadId: upload.id, PartNumber: String(number), ETag: etag },
      });
    }
    if (i < named.length - 1 && part.file.size < SERVICE_LIMITS.s3.partBytes) {
      throw new S3Error("EntityTooSmall", {
        details: {
          ProposedSize: String(part.file.size),
          MinSizeAllowed: String(SERVICE_LIMITS.s3.partBytes),
          PartNumber: String(number),
          ETag: part.file.md5,
        },
      });
    }
    return part;
  });
}

async function* joined(parts: readonly UploadedPart[], digester: Digester | undefined): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield* digested(createReadStream(part.file.path, { highWaterMark: 256 * 1024 }), digester);
}

async function removeParts(upload: Upload): Promise<void> {
  await Promise.all([...upload.parts.values()].map((part) => rm(part.file.path, { force: true })));
}
