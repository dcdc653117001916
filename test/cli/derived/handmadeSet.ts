import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { DeleteObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { LocalPlane } from "../../../cli/local/localPlane";
import { LocalQueue } from "../../../cli/local/sqs/localQueue";
import { handmadePlane } from "../local/handmadePlane";
import { planeClient } from "../local/planeClient";

export const HASH = "0123456789ab";

/** Originals and derived objects that a test makes as it wants them; nothing works on the queue. */
export class HandmadeSet {
  private constructor(
    readonly plane: LocalPlane,
    readonly client: S3Client,
    private readonly folder: string,
  ) {}

  static async start(): Promise<HandmadeSet> {
    const plane = await handmadePlane((stack) => {
      stack.add("aws:s3/bucket:Bucket", "originals", {});
      stack.add("aws:s3/bucket:Bucket", "derived", {});
      stack.add("aws:sqs/queue:Queue", "changes", {});
    });
    return new HandmadeSet(plane, planeClient(plane), await mkdtemp(path.join(tmpdir(), "frugal-ml-derived-")));
  }

  async stop(): Promise<void> {
    this.client.destroy();
    await this.plane.stop();
    await rm(this.folder, { recursive: true });
  }

  get queueUrl(): string {
    return `${this.plane.cloud.endpoint}/123456789012/changes`;
  }

  get queue(): LocalQueue {
    return this.plane.find(LocalQueue, this.queueUrl);
  }

  /** Stores an original; returns its ETag without quotes. */
  async original(Key: string, Body = Key): Promise<string> {
    const { ETag = "" } = await this.client.send(new PutObjectCommand({ Bucket: "originals", Key, Body }));
    return ETag.replaceAll('"', "");
  }

  /** Stores a derived object, or with a code a quarantine entry, that says it was made from an original. */
  async derived(key: string, sourceEtag: string, metadata: Record<string, string> = {}): Promise<void> {
    const prefix = metadata["frugal-ml-code"] === undefined ? `${HASH}/` : `quarantine/${HASH}/`;
    const Metadata = { "frugal-ml-source-etag": sourceEtag, ...metadata };
    await this.client.send(new PutObjectCommand({ Bucket: "derived", Key: prefix + key, Body: "derived", Metadata }));
  }

  async remove(Bucket: string, Key: string): Promise<void> {
    await this.client.send(new DeleteObjectCommand({ Bucket, Key }));
  }

  /** A file as `frugal-ml local --serve` writes it. */
  manifest(): Promise<string> {
    const accessPoint = {
      name: "images",
      delivery: "materialized",
      arn: "arn:aws:s3:::derived",
      alias: "derived",
      prefix: `${HASH}/`,
      queueUrl: this.queueUrl,
      bucket: "originals",
      hash: HASH,
    };
    return this.file("local.json", { ...this.plane.manifest(), accessPoints: [accessPoint] });
  }

  async file(name: string, content: unknown): Promise<string> {
    const file = path.join(this.folder, name);
    await writeFile(file, typeof content === "string" ? content : JSON.stringify(content));
    return file;
  }
}
