import { deepEqual, ok } from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import fc from "fast-check";
import sharp from "sharp";
import { formEncoded } from "../../../cli/local/bucketNotification";
import type { Versioning } from "../../../cli/local/s3/bucket";
import { DEFAULT_TRANSFORMATION, transformationHash } from "../../../contracts/transformation";
import { normalizeImage } from "../../../functions/normalize/image";
import { imageTransformer } from "../../../functions/normalize/imageTransformer";
import { answerQueue } from "../../../functions/normalize/s3Event";
import { startTestServer, type TestServer } from "../../cli/local/s3/testServer";

const TRANSFORMATION = { ...DEFAULT_TRANSFORMATION, width: 4, height: 4 };
const HASH = transformationHash(TRANSFORMATION);
const KEYS = ["a.png", "b/größe +1.png", "c"];
const PICTURES = 3;

/** Seconds in which as many histories are tried as fit, and how many are tried however long they take. */
const SECONDS = 8;
const LEAST = 8;

/** Histories that are lived through side by side, each in buckets of its own. */
const AT_ONCE = 6;

/** Deliveries after which a message would long be among the dead letters: something is broken for good. */
const TOO_OFTEN = 40;

/** One change of an original: a picture by its number, bytes that are none, or a deletion. */
interface Change {
  readonly key: string;
  readonly what: number | "bad" | "delete";
}

/** What happens to originals, and how badly their events and the requests of the workers fare. */
interface History {
  readonly versioning: Versioning | undefined;
  readonly changes: readonly Change[];
  readonly seed: number;
  readonly workers: number;
  /** Requests that fail after they were carried out, as when a process dies or an answer is lost. */
  readonly faults: number;
  /** Messages that are delivered once more after they were done. */
  readonly duplicates: number;
}

const histories: fc.Arbitrary<History> = fc.record({
  versioning: fc.constantFrom<Versioning | undefined>("Enabled", undefined),
  changes: fc.array(
    fc.record({
      key: fc.constantFrom(...KEYS),
      what: fc.oneof(fc.nat(PICTURES - 1), fc.constantFrom<"bad" | "delete">("bad", "delete")),
    }),
    { minLength: 1, maxLength: 14 },
  ),
  seed: fc.nat(),
  workers: fc.integer({ min: 1, max: 4 }),
  faults: fc.nat(4),
  duplicates: fc.nat(6),
});

/** Random numbers in [0, 1) from a seed (mulberry32), so that a failing history can be run again. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe("functions/normalize/s3Event: events late, lost, twice and out of order", function () {
  this.timeout(60_000);
  let server: TestServer;
  let plain: S3Client;
  let pictures: readonly Buffer[];
  let round = 0;

  before(async () => {
    server = await startTestServer();
    plain = server.client();
    pictures = await Promise.all(
      Array.from({ length: PICTURES }, (_, index) =>
        sharp({ create: { width: 8, height: 8, channels: 3, background: { r: 80 * index, g: 60, b: 90 } } })
          .png()
          .toBuffer(),
      ),
    );
  });

  after(() => server?.close());

  it("end with exactly what the originals are", async () => {
    let runs = 0;
    const until = performance.now() + SECONDS * 1000;
    // They wait more than they work, so several go on at once.
    const several = fc.array(histories, { minLength: AT_ONCE, maxLength: AT_ONCE, size: "max" });
    const property = fc.asyncProperty(several, async (some) => {
      // A history is lived through to its end: what is left of one that was cut off would go on.
      if (performance.now() > until && runs >= LEAST) return;
      await Promise.all(some.map(live));
      runs += some.length;
    });
    await fc.assert(property, { numRuns: 300 });
  });

  /** Lives through a history in buckets of its own, and compares what is left. */
  async function live(history: History): Promise<void> {
    const source = `source-${++round}`;
    const derived = `derived-${round}`;
    await server.store.createBucket(source, history.versioning);
    await server.store.createBucket(derived, "Enabled");
    const random = randomFrom(history.seed);
    const messages: { messageId: string; body: string; eventSource: "aws:sqs" }[] = [];
    const attempts = new Map<string, number>();
    let sent = 0;
    const send = (key: string): void => {
      const body = JSON.stringify({ Records: [{ s3: { object: { key: formEncoded(key) } } }] });
      messages.push({ messageId: `m${sent++}`, body, eventSource: "aws:sqs" });
    };
    const end = server.store.onChange(({ bucket, key }) => {
      if (bucket === source) send(key);
    });
    const client = troubled(server.client(), random, history.faults);
    let changing = true;
    let broken = false;
    let { duplicates } = history;
    const changes = async (): Promise<void> => {
      for (const { key: Key, what } of history.changes) {
        await sleep(random() * 12);
        const Body = what === "bad" ? Buffer.from("no picture") : pictures[Number(what)];
        if (what === "delete") await plain.send(new DeleteObjectCommand({ Bucket: source, Key }));
        else await plain.send(new PutObjectCommand({ Bucket: source, Key, Body }));
      }
      changing = false;
    };
    const worker = async (): Promise<void> => {
      while (!broken && (changing || messages.length > 0)) {
        const batch = Array.from({ length: 1 + Math.floor(random() * 3) }).flatMap(() =>
          messages.splice(Math.floor(random() * messages.length), 1),
        );
        if (batch.length === 0) {
          await sleep(2);
          continue;
        }
        const options = {
          client,
          accessPoint: source,
          derivedBucket: derived,
          transformer: imageTransformer(TRANSFORMATION),
        };
        const { answer, outcomes } = await answerQueue(
          { Records: batch },
          () => options,
          () => 30_000,
        );
        const failed = new Set(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
        messages.push(...batch.filter(({ messageId }) => failed.has(messageId)));
        for (const id of failed) attempts.set(id, (attempts.get(id) ?? 0) + 1);
        ok(
          [...attempts.values()].every((count) => count < TOO_OFTEN),
          String(outcomes.find(({ error }) => error)?.error),
        );
        if (duplicates > 0 && random() < 0.5) {
          duplicates--;
          messages.push(...batch);
        }
      }
    };
    await Promise.all([changes(), ...Array.from({ length: history.workers }, worker)]).finally(() => {
      broken = true;
      end();
    });
    deepEqual(await found(derived), await expected(source));
  }

  /** What should be derived, from the originals as they are. */
  async function expected(source: string): Promise<Record<string, unknown>> {
    const objects: Record<string, unknown> = {};
    for (const Key of await keysOf(source)) {
      const original = await plain.send(new GetObjectCommand({ Bucket: source, Key }));
      const bytes = (await original.Body?.transformToByteArray()) ?? new Uint8Array();
      const of = [original.ETag?.replaceAll('"', ""), original.VersionId];
      const isPicture = pictures.some((picture) => picture.equals(bytes));
      if (isPicture) objects[`${HASH}/${Key}`] = [digest((await normalizeImage(bytes, TRANSFORMATION)).bytes), ...of];
      else objects[`quarantine/${HASH}/${Key}`] = ["UnsupportedFormat", ...of];
    }
    return objects;
  }

  async function found(derived: string): Promise<Record<string, unknown>> {
    const objects: Record<string, unknown> = {};
    for (const Key of await keysOf(derived)) {
      const { Body, Metadata = {} } = await plain.send(new GetObjectCommand({ Bucket: derived, Key }));
      const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
      const of = [Metadata["frugal-ml-source-etag"], Metadata["frugal-ml-source-version"]];
      objects[Key] = [Metadata["frugal-ml-code"] ?? digest(bytes), ...of];
    }
    return objects;
  }

  async function keysOf(Bucket: string): Promise<readonly string[]> {
    const { Contents = [] } = await plain.send(new ListObjectsV2Command({ Bucket }));
    return Contents.flatMap(({ Key }) => Key ?? []);
  }

  function digest(bytes: Uint8Array): string {
    return Buffer.from(bytes).toString("base64");
  }
});

/** A client whose requests take their time before and after they are carried out, and some of which fail after. */
function troubled(client: S3Client, random: () => number, faults: number): S3Client {
  let left = faults;
  client.middlewareStack.add(
    (next) => async (args) => {
      await sleep(random() * 6);
      const result = await next(args);
      await sleep(random() * 6);
      if (left > 0 && random() < 0.1) {
        left--;
        throw new Error("the answer was lost");
      }
      return result;
    },
    { step: "initialize", name: "trouble" },
  );
  return client;
}
