import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { buffer, text } from "node:stream/consumers";
import type { ObjectChange } from "../../../../cli/local/s3/objectChange";
import { ObjectStore } from "../../../../cli/local/s3/objectStore";
import { S3Error } from "../../../../cli/local/s3/s3Errors";

function bytes(content: string | Buffer): Readable {
  return Readable.from([Buffer.from(content)]);
}

/** More than is kept in an object's record. */
function large(content: string): Readable {
  return bytes(content.padEnd(2000));
}

function hasCode(code: string): (error: unknown) => boolean {
  return (error) => error instanceof S3Error && error.code === code;
}

describe("cli/local/s3/objectStore", () => {
  let root: string;
  let store: ObjectStore;
  /** What the bucket has on disk beside the bytes. */
  let log: string;

  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), "frugal-store-"));
    log = path.join(root, "buckets", "photos", "versions.jsonl");
    store = await ObjectStore.open(root);
    await store.createBucket("photos");
  });

  afterEach(() => rm(root, { recursive: true, force: true }));

  const read = async (key: string, bucket = "photos"): Promise<string> => {
    const version = store.find(bucket, key);
    assert.ok(version, key);
    return (await text(store.read(bucket, version))).trimEnd();
  };

  /** Files with bytes of objects, finished or not: all but the two that a bucket has for itself. */
  const files = async (): Promise<string[]> =>
    (await readdir(root, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile() && entry.name !== "bucket.json" && entry.name !== "versions.jsonl")
      .map((entry) => entry.name);

  it("keeps every key below its root, and reads it back after reopening", async () => {
    const keys = [
      "../../etc/passwd",
      "/",
      "a//b",
      ".",
      "..",
      "CON",
      "日本/😀",
      "x".repeat(1024),
      "A",
      "a",
      "null.json",
    ];
    for (const key of keys) {
      await store.put("photos", key, large(`content of ${key}`), { headers: { "content-type": "text/plain" } });
    }
    assert.equal((await files()).length, keys.length);
    store = await ObjectStore.open(root);
    for (const key of keys) {
      assert.equal(await read(key), `content of ${key}`);
      assert.equal(store.find("photos", key)?.headers["content-type"], "text/plain");
    }
  });

  it("refuses keys that S3 refuses, and bucket names that could be paths", async () => {
    await assert.rejects(store.put("photos", "é".repeat(513), bytes("x")), hasCode("KeyTooLongError"));
    await assert.rejects(store.put("photos", "\ud800", bytes("x")), hasCode("InvalidURI"));
    await assert.rejects(store.put("nowhere", "key", bytes("x")), hasCode("NoSuchBucket"));
    for (const name of ["..", "../x", "ab", "Photos", "a..b", "a/b", "127.0.0.1", "x".repeat(64)]) {
      await assert.rejects(store.createBucket(name), hasCode("InvalidBucketName"), name);
    }
    await assert.rejects(store.createBucket("photos"), hasCode("BucketAlreadyOwnedByYou"));
  });

  it("leaves nothing of an upload that fails or is refused", async () => {
    async function* failing(): AsyncGenerator<Buffer> {
      yield Buffer.alloc(100_000);
      throw new Error("the client went away");
    }
    await assert.rejects(store.put("photos", "key", failing()), /went away/);
    assert.equal(store.find("photos", "key"), undefined);
    assert.deepEqual(await files(), []);
    await store.put("photos", "key", large("first"));
    await assert.rejects(store.put("photos", "key", failing()), /went away/);
    const condition = { ifNoneMatch: "*" };
    await assert.rejects(store.put("photos", "key", bytes("x"), { condition }), hasCode("PreconditionFailed"));
    assert.equal(await read("key"), "first");
    assert.equal((await files()).length, 1);
  });

  it("keeps small objects without files: read, in part too, copied out, reopened, replaced", async () => {
    const file = path.join(root, "finished");
    await writeFile(file, "0123456789");
    const { etag } = await store.put("photos", "finished", { finished: file });
    assert.equal(etag, createHash("md5").update("0123456789").digest("hex"));
    await store.put("photos", "key", large("at first"));
    await store.put("photos", "key", Buffer.from([0, 255, 10, 13, 128]));
    await rm(file);
    assert.deepEqual(await files(), []);
    store = await ObjectStore.open(root);
    const version = store.find("photos", "finished");
    assert.ok(version);
    assert.equal(await text(store.read("photos", version, { start: 2, end: 4 })), "234");
    assert.equal(await text(store.read("photos", version, { start: 9, end: 9 })), "9");
    const copy = path.join(root, "copy");
    await writeFile(copy, "longer than what comes");
    await store.copyTo("photos", version, copy);
    assert.equal(await readFile(copy, "utf8"), "0123456789");
    const odd = store.find("photos", "key");
    assert.ok(odd);
    assert.deepEqual([...(await buffer(store.read("photos", odd)))], [0, 255, 10, 13, 128]);
    await rm(copy);
    const most = Buffer.alloc(1024, 7);
    await store.put("photos", "key", most);
    assert.deepEqual(await files(), []);
    await store.put("photos", "key", bytes(Buffer.concat([most, most.subarray(0, 1)])));
    assert.equal((await files()).length, 1);
  });

  it("takes a finished file without copying it, and keeps it when its first name goes", async () => {
    const file = path.join(root, "finished");
    await writeFile(file, "whole".padEnd(2000));
    const { etag, dataFile } = await store.put("photos", "key", { finished: file });
    assert.equal(etag, createHash("md5").update("whole".padEnd(2000)).digest("hex"));
    const kept = await stat(path.join(root, "buckets", "photos", "objects", dataFile ?? ""));
    assert.equal((await stat(file)).ino, kept.ino);
    await rm(file);
    assert.equal(await read("key"), "whole");
    await assert.rejects(store.put("photos", "other", { finished: file }), { code: "ENOENT" });
    assert.equal((await files()).length, 1);
  });

  it("lets one of many conditional writers win, and replaces files without leaving old ones", async () => {
    const attempts = Array.from({ length: 20 }, (_, i) =>
      store.put("photos", "lock", large(`writer ${i}`), { condition: { ifNoneMatch: "*" } }),
    );
    const results = await Promise.allSettled(attempts);
    assert.equal(results.filter((result) => result.status === "fulfilled").length, 1);
    await Promise.all(Array.from({ length: 20 }, (_, i) => store.put("photos", "key", large(`writer ${i}`))));
    assert.equal((await files()).length, 2);
  });

  it("gives a reader all of an object that is replaced and deleted meanwhile", async () => {
    const contents = Array.from({ length: 8 }, (_, i) => Buffer.alloc(700_000, `${i}`));
    const whole = new Set(contents.map((content) => createHash("md5").update(content).digest("hex")));
    await store.put("photos", "key", bytes(contents[0] ?? ""));
    const writing = Promise.all(
      contents.map(async (content, i) => {
        await store.put("photos", "key", bytes(content));
        if (i % 3 === 0) await store.delete("photos", "key");
      }),
    );
    let reads = 0;
    const reading = (async () => {
      for (let i = 0; i < 60; i++) {
        const version = store.find("photos", "key");
        if (version !== undefined) {
          const md5 = createHash("md5")
            .update(await buffer(store.read("photos", version)))
            .digest("hex");
          assert.ok(whole.has(md5) && md5 === version.etag);
          reads++;
        } else {
          await new Promise((resolve) => setImmediate(resolve));
        }
      }
    })();
    await Promise.all([writing, reading]);
    assert.ok(reads > 0);
  });

  it("reads ranges and empty objects", async () => {
    const version = await store.put("photos", "key", bytes("0123456789"));
    assert.equal(await text(store.read("photos", version, { start: 3, end: 5 })), "345");
    const empty = await store.put("photos", "empty", bytes(""));
    assert.equal(empty.etag, "d41d8cd98f00b204e9800998ecf8427e");
    assert.equal(await read("empty"), "");
  });

  it("keeps versions and delete markers where versioning is enabled, and after reopening", async () => {
    await store.createBucket("versioned", "Enabled");
    const first = await store.put("versioned", "key", bytes("one"));
    const second = await store.put("versioned", "key", bytes("two"));
    const marker = await store.delete("versioned", "key");
    assert.equal(marker.deleteMarker, true);
    store = await ObjectStore.open(root);
    assert.deepEqual(
      store
        .bucket("versioned")
        .index.versions("key")
        .map((version) => version.versionId),
      [marker.versionId, second.versionId, first.versionId],
    );
    await store.delete("versioned", "key", { versionId: marker.versionId ?? "" });
    assert.equal(await read("key", "versioned"), "two");
    await store.delete("versioned", "key", { versionId: second.versionId });
    assert.equal(await read("key", "versioned"), "one");
    await assert.rejects(store.deleteBucket("versioned"), hasCode("BucketNotEmpty"));
    await store.delete("versioned", "key", { versionId: first.versionId });
    await store.deleteBucket("versioned");
    assert.deepEqual(await files(), []);
  });

  it("replaces only the null version while versioning is suspended", async () => {
    await store.put("photos", "key", bytes("before"));
    await store.setVersioning("photos", "Enabled");
    const kept = await store.put("photos", "key", bytes("kept"));
    await store.setVersioning("photos", "Suspended");
    await store.put("photos", "key", bytes("after"));
    const ids = (): string[] =>
      store
        .bucket("photos")
        .index.versions("key")
        .map((version) => version.versionId);
    assert.deepEqual(ids(), ["null", kept.versionId]);
    assert.deepEqual(await store.delete("photos", "key"), { versionId: "null", deleteMarker: true });
    assert.deepEqual(ids(), ["null", kept.versionId]);
    assert.equal(store.find("photos", "key")?.deleteMarker, true);
  });

  it("tells of every change once it is there, in order, whatever a listener does", async () => {
    const changes: ObjectChange[] = [];
    const warnings: string[] = [];
    const warn = (warning: Error): number => warnings.push(warning.message);
    process.on("warning", warn);
    store.onChange(() => {
      throw new Error("a listener failed");
    });
    const stop = store.onChange((change) => {
      assert.equal(store.find("photos", change.key) !== undefined, change.kind === "created");
      changes.push(change);
    });
    await store.put("photos", "key", bytes("one"));
    await store.put("photos", "key", bytes("two"), { cause: "Copy" });
    await store.delete("photos", "key");
    await store.delete("photos", "key");
    stop();
    await store.put("photos", "key", bytes("three"));
    await new Promise((resolve) => setImmediate(resolve));
    process.off("warning", warn);
    assert.deepEqual(
      changes.map(({ sequencer: _, ...change }) => change),
      [
        {
          bucket: "photos",
          key: "key",
          kind: "created",
          cause: "Put",
          size: 3,
          etag: "f97c5d29941bfb1b2fdab0874906ab82",
        },
        {
          bucket: "photos",
          key: "key",
          kind: "created",
          cause: "Copy",
          size: 3,
          etag: "b8a9f715dbb64fd5c56e7783c6820a61",
        },
        { bucket: "photos", key: "key", kind: "deleted", cause: "Delete", size: 0, etag: "" },
      ],
    );
    const sequencers = changes.map((change) => change.sequencer);
    assert.ok(sequencers.every((one) => /^[0-9A-F]{16}$/.test(one)));
    assert.deepEqual([...sequencers].sort(), sequencers);
    assert.equal(new Set(sequencers).size, 3);
    assert.deepEqual(new Set(warnings), new Set(["a listener failed"]));
  });

  it("removes what an earlier process left, and names a record that it cannot read", async () => {
    await store.put("photos", "key", large("one"));
    const objects = path.join(root, "buckets", "photos", "objects");
    await writeFile(path.join(objects, "stray.data"), "half");
    await writeFile(path.join(root, "temporary", "upload"), "half");
    store = await ObjectStore.open(root);
    assert.equal((await files()).length, 1);
    await appendFile(log, "{}\n");
    await assert.rejects(ObjectStore.open(root), /versions\.jsonl, line 2, is not a record/);
  });
});
