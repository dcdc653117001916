import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { GetObjectCommand, paginateListObjectsV2, S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import type { LocalPlane } from "../localPlane";
import { JobFailure } from "./jobFailure";

/** Objects behind a name that is no bucket's, an access point's alias for example: read by HTTP, as any client reads. */
export class RemoteObjects {
  readonly #client: S3Client;

  constructor(
    { cloud, credentials }: LocalPlane,
    private readonly bucket: string,
  ) {
    const { endpoint, region } = cloud;
    this.#client = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
  }

  /** Keys below a prefix, in order. @throws JobFailure */
  async list(prefix: string): Promise<readonly string[]> {
    const keys: string[] = [];
    try {
      const pages = paginateListObjectsV2({ client: this.#client }, { Bucket: this.bucket, Prefix: prefix });
      for await (const { Contents = [] } of pages) keys.push(...Contents.flatMap(({ Key }) => Key ?? []));
    } catch (error) {
      throw this.#failure(error, prefix);
    }
    return keys;
  }

  /** Puts an object's bytes into a new file. @throws JobFailure */
  async fetch(key: string, file: string): Promise<void> {
    try {
      const { Body } = await this.#client.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }));
      await pipeline(Body instanceof Readable ? Body : Readable.from([]), createWriteStream(file, { flags: "wx" }));
    } catch (error) {
      throw this.#failure(error, key);
    }
  }

  #failure(error: unknown, key: string): unknown {
    if (!(error instanceof S3ServiceException)) return error;
    const where = `s3://${this.bucket}/${key}`;
    return new JobFailure("Client", `ClientError: ${where}: ${error.name}: ${error.message}`, { cause: error });
  }
}
