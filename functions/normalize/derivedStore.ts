import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { DerivedMetadata } from "../../contracts/derived";
import { clientError } from "./accessPointOriginal";
import { NormalizeError } from "./errors";

/** Which original, as its store names it. */
export interface SourceIdentity {
  /** Without quotes. */
  readonly etag: string;
  /** Absent when the bucket of originals is not versioned. */
  readonly version?: string;
}

/** What an object of the derived bucket says of itself. */
export interface MadeFrom extends SourceIdentity {
  /** It stands in for an original that cannot be normalised. */
  readonly isPlaceholder: boolean;
}

/** Whether two identities name the same bytes. */
export function isSameSource(a: SourceIdentity, b: SourceIdentity): boolean {
  return a.etag === b.etag && a.version === b.version;
}

/** What is written: bytes and what is said of them. */
export interface DerivedContent {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * The originals and the derived bucket, as the reconciliation sees them. Every call ends when the signal aborts.
 * Errors are coded: a store that refuses, asks to slow down or does not answer in time.
 */
export class DerivedStore {
  /**
   * @param source alias or ARN of the access point over the originals
   * @param derived name of the derived bucket
   */
  constructor(
    private readonly client: S3Client,
    readonly source: string,
    private readonly derived: string,
    private readonly signal: AbortSignal,
  ) {}

  /** The original as it is now; undefined when the store has none. */
  async original(key: string): Promise<SourceIdentity | undefined> {
    const found = await this.#head(this.source, key);
    if (found === undefined) return undefined;
    const { ETag = "", VersionId } = found;
    return { etag: bare(ETag), ...(VersionId !== undefined && VersionId !== "null" && { version: VersionId }) };
  }

  /** The original that an object of the derived bucket was made from; undefined when there is no such object. */
  async madeFrom(key: string): Promise<MadeFrom | undefined> {
    const found = await this.#head(this.derived, key);
    if (found === undefined) return undefined;
    const etag = found.Metadata?.[DerivedMetadata.SourceEtag] ?? "";
    const version = found.Metadata?.[DerivedMetadata.SourceVersion];
    const isPlaceholder = found.Metadata?.[DerivedMetadata.Placeholder] !== undefined;
    return { etag, ...(version !== undefined && { version }), isPlaceholder };
  }

  /** Writes an object of the derived bucket. */
  async put(key: string, source: SourceIdentity, { bytes, contentType, metadata }: DerivedContent): Promise<void> {
    await this.#attempt((abortSignal) =>
      this.client.send(
        new PutObjectCommand({
          Bucket: this.derived,
          Key: key,
          Body: bytes,
          ContentType: contentType,
          Metadata: {
            ...metadata,
            [DerivedMetadata.SourceEtag]: source.etag,
            ...(source.version !== undefined && { [DerivedMetadata.SourceVersion]: source.version }),
          },
        }),
        { abortSignal },
      ),
    );
  }

  /** Deletes an object of the derived bucket. */
  async delete(key: string): Promise<void> {
    await this.#attempt((abortSignal) =>
      this.client.send(new DeleteObjectCommand({ Bucket: this.derived, Key: key }), { abortSignal }),
    );
  }

  /**
   * Makes sure that an original is gone, before what was derived from it goes too. HEAD answers 404 for a missing
   * bucket or access point as well, and says no more; GET says which.
   * @returns false when it is back
   */
  async isGone(key: string): Promise<boolean> {
    return this.#attempt(async (abortSignal) => {
      try {
        const { Body } = await this.client.send(new GetObjectCommand({ Bucket: this.source, Key: key }), {
          abortSignal,
        });
        await Body?.transformToWebStream().cancel();
        return false;
      } catch (error) {
        if (error instanceof S3ServiceException && error.name === "NoSuchKey") return true;
        throw error;
      }
    });
  }

  #head(bucket: string, key: string) {
    return this.#attempt(async (abortSignal) => {
      try {
        return await this.client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }), { abortSignal });
      } catch (error) {
        if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) return undefined;
        throw error;
      }
    });
  }

  async #attempt<T>(call: (signal: AbortSignal) => Promise<T>): Promise<T> {
    try {
      return await call(this.signal);
    } catch (cause) {
      if (this.signal.aborted) throw new NormalizeError("SourceTimeout", undefined, { cause });
      if (!(cause instanceof S3ServiceException)) throw new NormalizeError("SourceFailed", undefined, { cause });
      throw clientError(cause);
    }
  }
}

function bare(etag: string): string {
  return etag.replaceAll('"', "");
}
