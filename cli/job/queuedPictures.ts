import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod";
import { inParallel } from "../../contracts/inParallel";
import type { LocalApiEntry, LocalManifest } from "../../contracts/localManifest";
import { type S3Location, s3LocationOf } from "../../contracts/s3Location";
import type { ClassifiedAnswer } from "./classifierClient";
import { planeS3Client } from "./deliveryReader";
import type { Refusals } from "./hostileRequests";
import type { LabelledPicture } from "./labelledPictures";

/** Longest wait for all results, in seconds: a bound for a machine that is busy otherwise. */
const RESULT_SECONDS = 60;

/** Milliseconds between two looks for results. */
const LOOK_MS = 100;

/** Messages of one call to SQS. */
const BATCH = 10;

/** A picture that was never put there. */
const GONE = "gone.png";

/** A link that must not be followed whoever names it: an address is no name that `*` allows. */
const HOSTILE_LINK = "http://169.254.169.254/latest/meta-data/";

const Result = z.object({
  return: z.array(z.object({ label: z.string(), score: z.number() })).optional(),
  error: z.object({ code: z.string() }).optional(),
});

/** Pictures that go through a classifier's queue. */
export class QueuedPictures {
  readonly #s3: S3Client;
  readonly #sqs: SQSClient;

  private constructor(
    private readonly queueUrl: string,
    private readonly pictures: S3Location,
    private readonly results: S3Location,
    manifest: LocalManifest,
  ) {
    const { endpoint, region, accessKeyId, secretAccessKey } = manifest;
    this.#s3 = planeS3Client(manifest);
    this.#sqs = new SQSClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1 });
  }

  /**
   * Puts pictures into the bucket and their names into the queue, and holds each result against what the API answered.
   * A classifier without a queue, or whose results go to another, has nothing to hold.
   */
  static async classify(
    { queueUrl, pictureUris = [], resultsUri }: LocalApiEntry,
    manifest: LocalManifest,
    pictures: readonly LabelledPicture[],
    answers: ReadonlyMap<string, ClassifiedAnswer>,
  ): Promise<Refusals> {
    const [from] = pictureUris.map(s3LocationOf);
    const to = resultsUri === undefined ? undefined : s3LocationOf(resultsUri);
    if (queueUrl === undefined || from === undefined || to === undefined) return { refused: 0, failures: [] };
    const queued = new QueuedPictures(queueUrl, from, to, manifest);
    try {
      return await queued.#classify(pictures, answers);
    } finally {
      queued.#s3.destroy();
      queued.#sqs.destroy();
    }
  }

  async #classify(
    pictures: readonly LabelledPicture[],
    answers: ReadonlyMap<string, ClassifiedAnswer>,
  ): Promise<Refusals> {
    const { bucket, prefix } = this.pictures;
    await inParallel(pictures, BATCH, async ({ name, bytes }) => {
      await this.#s3.send(new PutObjectCommand({ Bucket: bucket, Key: prefix + name, Body: bytes }));
    });
    await this.#send([
      ...pictures.map(({ name }) => ({ bucket, key: prefix + name })),
      { bucket, key: prefix + GONE },
      { imagelink: HOSTILE_LINK },
    ]);
    const keys = await this.#keys(pictures.length + 2);
    const failures: string[] = [];
    await inParallel(pictures, BATCH, async ({ name }) => {
      const result = await this.#read(keys, `${bucket}/${prefix}${name}.json`);
      const expected = answers.get(name)?.labels[0]?.label;
      const given = result?.return?.[0]?.label ?? result?.error?.code ?? "nothing";
      if (given !== expected) failures.push(`${name} through the queue: ${given}; the API answers ${expected}`);
    });
    const refused = { "a picture that is gone": "NoSuchObject", [HOSTILE_LINK]: "LinkHostRefused" };
    const link = keys.find((key) => key.startsWith(`${this.results.prefix}links/`)) ?? "";
    const codes = [
      await this.#read(keys, `${bucket}/${prefix}${GONE}.json`),
      await this.#read(keys, link.slice(this.results.prefix.length)),
    ].map((result) => result?.error?.code);
    Object.entries(refused).forEach(([what, code], index) => {
      if (codes[index] !== code) failures.push(`${what}: the queue's result is ${codes[index]}; expected ${code}`);
    });
    return { refused: Object.values(refused).filter((code, index) => codes[index] === code).length, failures };
  }

  async #send(messages: readonly object[]): Promise<void> {
    for (let at = 0; at < messages.length; at += BATCH) {
      const Entries = messages
        .slice(at, at + BATCH)
        .map((message, index) => ({ Id: String(index), MessageBody: JSON.stringify(message) }));
      const { Failed = [] } = await this.#sqs.send(new SendMessageBatchCommand({ QueueUrl: this.queueUrl, Entries }));
      if (Failed.length > 0) throw new Error(`${Failed.length} messages were not taken by the queue`);
    }
  }

  /** Keys of all results, once there are so many, or of those that came in time. */
  async #keys(count: number): Promise<readonly string[]> {
    const deadline = performance.now() + RESULT_SECONDS * 1000;
    const { bucket, prefix } = this.results;
    for (;;) {
      const { Contents = [] } = await this.#s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }));
      if (Contents.length >= count || performance.now() > deadline) return Contents.map(({ Key = "" }) => Key);
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  /** A result below the folder of results; undefined when it did not come. */
  async #read(keys: readonly string[], name: string): Promise<z.infer<typeof Result> | undefined> {
    const key = this.results.prefix + name;
    if (!keys.includes(key)) return undefined;
    const { Body } = await this.#s3.send(new GetObjectCommand({ Bucket: this.results.bucket, Key: key }));
    return Result.parse(JSON.parse((await Body?.transformToString()) ?? ""));
  }
}
