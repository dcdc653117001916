import assert from "node:assert/strict";
import fs from "node:fs";
import { appendFile, mkdtemp, readdir, readFile, rename, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { mock } from "node:test";
import { ObjectStore } from "../../../../cli/local/s3/objectStore";

/** More than is kept in an object's record. */
const content = (given: string): Buffer => Buffer.from(given.padEnd(2000));

describe("cli/local/s3/versionLog", () => {
  let root: string;
  let store: ObjectStore;
  let log: string;
  let objects: string;

  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), "frugal-log-"));
    log = path.join(root, "buckets", "photos", "versions.jsonl");
    objects = path.join(root, "buckets", "photos", "objects");
    store = await ObjectStore.open(root);
    await store.createBucket("photos");
  });

  afterEach(() => rm(root, { recursive: true, force: true }));

  const read = async (key: string): Promise<string> => {
    const version = store.find("photos", key);
    assert.ok(version, key);
    return (await text(store.read("photos", version))).trimEnd();
  };

  it("forgets a record that was cut off, and keeps a line for each version, whatever came and went", async () => {
    for (const one of ["one", "two", "three"]) await store.put("photos", "key", content(one));
    await store.put("photos", "gone", content("x"));
    await store.delete("photos", "gone");
    const lines = (await readFile(log, "utf8")).split("\n");
    assert.equal(lines.length, 6);
    await appendFile(log, (lines[0] ?? "").slice(0, 40));
    store = await ObjectStore.open(root);
    assert.equal(await read("key"), "three");
    assert.equal(store.find("photos", "gone"), undefined);
    assert.deepEqual((await readFile(log, "utf8")).split("\n").length, 2);
    await store.put("photos", "more", content("four"));
    store = await ObjectStore.open(root);
    assert.equal(await read("more"), "four");
  });

  it("keeps what it has when its log cannot be read", async () => {
    await store.put("photos", "key", content("one"));
    const aside = path.join(root, "aside");
    await rename(log, aside);
    await symlink(log, log);
    await assert.rejects(ObjectStore.open(root), { code: "ELOOP" });
    await rename(aside, log);
    store = await ObjectStore.open(root);
    assert.equal(await read("key"), "one");
  });

  it("is as it was, also after reopening, when the disk is full in the middle of a record", async () => {
    await store.put("photos", "key", content("one"));
    const { writeSync } = fs;
    let halves = 0;
    const full = mock.method(fs, "writeSync", (descriptor: number, record: Uint8Array, offset: number): number => {
      // Bytes of objects are written as well.
      if (record[0] !== "{".charCodeAt(0)) return writeSync(descriptor, record, offset);
      if (offset > 0) throw Object.assign(new Error("no space left"), { code: "ENOSPC" });
      halves++;
      return writeSync(descriptor, record, 0, 20);
    });
    try {
      await assert.rejects(store.put("photos", "key", content("two")), { code: "ENOSPC" });
      await assert.rejects(store.put("photos", "other", content("two")), { code: "ENOSPC" });
      await assert.rejects(store.delete("photos", "key"), { code: "ENOSPC" });
    } finally {
      full.mock.restore();
    }
    assert.equal(halves, 3);
    assert.equal(await read("key"), "one");
    assert.equal((await readdir(objects)).length, 1);
    await store.put("photos", "more", content("three"));
    store = await ObjectStore.open(root);
    assert.deepEqual([await read("key"), await read("more")], ["one", "three"]);
    assert.equal(store.find("photos", "other"), undefined);
  });
});
