import {
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  NoSuchKey,
  type ObjectIdentifier,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { SERVICE_LIMITS } from "../contracts/serviceLimits";
import { RepeatedPut } from "./repeatedPut";

/** An object of a listing. */
export interface ListedObject {
  readonly key: string;
  readonly modified: Date;
}

/** What must hold for an object to be written: it is as it was, or it is not there. */
export type WriteCondition = { readonly etag: string } | "absent";

/** An endpoint of one's own, as `out/local.json` has it. */
export interface FleetConnection {
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** The bucket of a fleet, as far as publishing needs it. */
export class FleetStore {
  readonly #client: S3Client;
  readonly #repeated: RepeatedPut;

  /** @param connection where the bucket is; defaults to what the environment says, as for every client of AWS */
  constructor(
    readonly bucket: string,
    connection?: FleetConnection,
  ) {
    this.#client = new S3Client({
      maxAttempts: 8,
      // A pointer is a request for each customer, and what a request goes through is the same for all.
      cacheMiddleware: true,
      // Path style where an endpoint is given: other stores than S3 have no host for each bucket.
      forcePathStyle:
        connection !== undefined || Boolean(process.env["AWS_ENDPOINT_URL_S3"] ?? process.env["AWS_ENDPOINT_URL"]),
      ...(connection && {
        endpoint: connection.endpoint,
        region: connection.region,
        credentials: { accessKeyId: connection.accessKeyId, secretAccessKey: connection.secretAccessKey },
      }),
    });
    this.#repeated = new RepeatedPut(this.#client, bucket);
  }

  /** Whether an object is there. */
  async has(key: string): Promise<boolean> {
    for await (const found of this.list(key)) if (found.key === key) return true;
    return false;
  }

  /** Text and ETag of an object; undefined when it is not there. */
  async read(key: string): Promise<{ readonly text: string; readonly etag: string } | undefined> {
    try {
      const answer = await this.#client.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }));
      return { text: (await answer.Body?.transformToString()) ?? "", etag: answer.ETag ?? "" };
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  }

  /** The first bytes of an object as text; undefined when it is not there. */
  async readHead(key: string, bytes: number): Promise<string | undefined> {
    try {
      const Range = `bytes=0-${bytes - 1}`;
      const answer = await this.#client.send(new GetObjectCommand({ Bucket: this.bucket, Key: key, Range }));
      return await answer.Body?.transformToString();
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  }

  /** Bytes of an object; undefined when it is not there. */
  async readBytes(key: string): Promise<Uint8Array | undefined> {
    try {
      const answer = await this.#client.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }));
      return answer.Body?.transformToByteArray();
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  }

  /** Replaces an object. */
  async writeBytes(key: string, bytes: Uint8Array): Promise<void> {
    await this.#client.send(new PutObjectCommand({ Bucket: this.bucket, Key: key, Body: bytes }));
  }

  /**
   * Writes JSON whole.
   * @param condition defaults to none
   * @returns its ETag, or undefined when the condition does not hold
   */
  async write(key: string, text: string, condition?: WriteCondition): Promise<string | undefined> {
    const etag = await this.#repeated.put(key, text, {
      "content-type": "application/json",
      ...(condition === "absent" && { "if-none-match": "*" }),
      ...(typeof condition === "object" && { "if-match": condition.etag }),
    });
    if (etag !== undefined) return etag;
    try {
      const answer = await this.#client.send(
        new PutObjectCommand({
          Bucket: this.bucket,
          Key: key,
          Body: text,
          ContentType: "application/json",
          ...(condition === "absent" && { IfNoneMatch: "*" }),
          ...(typeof condition === "object" && { IfMatch: condition.etag }),
        }),
      );
      return answer.ETag ?? "";
    } catch (error) {
      // 412 when it is another, 404 when If-Match names what is gone, 409 when somebody writes it at this moment.
      if (condition !== undefined && error instanceof S3ServiceException) {
        if ([404, 409, 412].includes(error.$metadata.httpStatusCode ?? 0)) return undefined;
      }
      throw error;
    }
  }

  /** Every object below a prefix. */
  async *list(prefix: string): AsyncGenerator<ListedObject> {
    let token: string | undefined;
    do {
      const page = await this.#client.send(
        new ListObjectsV2Command({ Bucket: this.bucket, Prefix: prefix, ContinuationToken: token }),
      );
      for (const { Key, LastModified } of page.Contents ?? []) {
        if (Key !== undefined) yield { key: Key, modified: LastModified ?? new Date(0) };
      }
      token = page.NextContinuationToken;
    } while (token !== undefined);
  }

  /** Names of the folders directly below a prefix that ends with a slash. */
  async folders(prefix: string): Promise<readonly string[]> {
    const folders: string[] = [];
    let token: string | undefined;
    do {
      const page = await this.#client.send(
        new ListObjectsV2Command({ Bucket: this.bucket, Prefix: prefix, Delimiter: "/", ContinuationToken: token }),
      );
      for (const { Prefix } of page.CommonPrefixes ?? []) {
        if (Prefix !== undefined) folders.push(Prefix.slice(prefix.length, -1));
      }
      token = page.NextContinuationToken;
    } while (token !== undefined);
    return folders;
  }

  /** Removes objects. */
  async remove(keys: readonly string[]): Promise<void> {
    const most = SERVICE_LIMITS.s3.deleteKeys;
    for (let at = 0; at < keys.length; at += most) {
      const Objects = keys.slice(at, at + most).map((Key) => ({ Key }));
      await this.#remove(Objects);
    }
  }

  /**
   * Removes every version of some objects, and the marks of their deletion: afterwards nothing of them is left.
   * @param keep whether a version stays
   * @returns of how many of the objects something was removed, and how many versions
   * @throws Error when one of them cannot be removed
   */
  async removeVersions(
    keys: ReadonlySet<string>,
    keep: (key: string, isLatest: boolean) => boolean,
  ): Promise<{ readonly objects: number; readonly versions: number }> {
    let [objects, versions] = [0, 0];
    for (const prefix of keys) {
      const before = versions;
      let marker: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
      for (;;) {
        const page: ListObjectVersionsCommandOutput = await this.#client.send(
          new ListObjectVersionsCommand({ Bucket: this.bucket, Prefix: prefix, ...marker }),
        );
        const found = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
        const Objects = found.flatMap(({ Key, VersionId, IsLatest }) =>
          Key === prefix && !keep(Key, IsLatest ?? false) ? [{ Key, ...(VersionId && { VersionId }) }] : [],
        );
        if (Objects.length > 0) {
          await this.#remove(Objects);
          versions += Objects.length;
        }
        if (!page.IsTruncated) break;
        marker = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
      }
      if (versions > before) objects++;
    }
    return { objects, versions };
  }

  async #remove(Objects: ObjectIdentifier[]): Promise<void> {
    const answer = await this.#client.send(
      new DeleteObjectsCommand({ Bucket: this.bucket, Delete: { Objects, Quiet: true } }),
    );
    const [first] = answer.Errors ?? [];
    if (first !== undefined) throw new Error(`${first.Key} could not be removed: ${first.Code} ${first.Message}`);
  }

  close(): void {
    this.#client.destroy();
  }
}
