import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { ObjectStore } from "../../../../cli/local/s3/objectStore";
import { fileState } from "../../../../cli/local/sagemaker/folderScan";
import { FolderSync } from "../../../../cli/local/sagemaker/folderSync";
import { uploadFile } from "../../../../cli/local/sagemaker/uploadFile";

describe("a folder that is kept in the store", () => {
  const location = { bucket: "checkpoints", prefix: "run/" };
  let root: string;
  let store: ObjectStore;
  let changes: string[];

  beforeEach(async () => {
    root = mkdtempSync(path.join(tmpdir(), "frugal-ml-sync-"));
    store = await ObjectStore.open(path.join(root, "s3"));
    await store.createBucket(location.bucket);
    changes = [];
    store.onChange(({ kind, key }) => changes.push(`${kind} ${key}`));
  });

  afterEach(() => rmSync(root, { recursive: true }));

  function folder(name: string): string {
    mkdirSync(path.join(root, name), { recursive: true });
    return path.join(root, name);
  }

  const synchronised = (name: string, deletes = true) => new FolderSync({ store }, folder(name), location, { deletes });

  async function stored(key: string): Promise<string> {
    const version = store.find(location.bucket, key);
    ok(version, key);
    return text(store.read(location.bucket, version));
  }

  async function until(isSo: () => boolean): Promise<void> {
    for (const end = Date.now() + 10_000; !isSo(); await delay(10)) ok(Date.now() < end, `in vain: ${changes}`);
  }

  it("uploads what is new, changed and renamed in, each once, and deletes what is deleted", async () => {
    const local = folder("a");
    const sync = synchronised("a");
    sync.start();
    mkdirSync(path.join(local, "deep", "er"), { recursive: true });
    writeFileSync(path.join(local, "deep", "er", "one"), "1");
    writeFileSync(path.join(local, ".hidden"), "h");
    await until(() => changes.length === 2);
    deepEqual(changes.splice(0).sort(), ["created run/.hidden", "created run/deep/er/one"]);
    writeFileSync(path.join(root, "aside"), "renamed in");
    renameSync(path.join(root, "aside"), path.join(local, "two"));
    appendFileSync(path.join(local, ".hidden"), "!");
    rmSync(path.join(local, "deep"), { recursive: true });
    await until(() => changes.length === 3);
    await delay(500);
    await sync.finish();
    deepEqual(changes.sort(), ["created run/.hidden", "created run/two", "deleted run/deep/er/one"]);
    deepEqual([await stored("run/.hidden"), await stored("run/two")], ["h!", "renamed in"]);
  });

  it("restores to every instance, and deletes only what an instance had", async () => {
    const first = synchronised("first");
    for (const name of ["kept", "below/gone"]) {
      mkdirSync(path.dirname(path.join(folder("first"), name)), { recursive: true });
      writeFileSync(path.join(folder("first"), name), name);
    }
    await first.finish();
    const [second, third] = [synchronised("second"), synchronised("third")];
    await Promise.all([second.restore(), third.restore()]);
    equal(await readFile(path.join(folder("second"), "below", "gone"), "utf8"), "below/gone");
    changes.splice(0);
    writeFileSync(path.join(folder("second"), "new"), "n");
    rmSync(path.join(folder("third"), "below", "gone"));
    await second.finish();
    await third.finish();
    deepEqual(changes, ["created run/new", "deleted run/below/gone"]);
    // What is written to a restored file changes no object.
    writeFileSync(path.join(folder("second"), "kept"), "changed", { flag: "r+" });
    equal(await stored("run/kept"), "kept");
  });

  it("uploads no file that changes while it is read, and no file that is being written", async () => {
    const file = path.join(folder("b"), "large");
    writeFileSync(file, Buffer.alloc(20 * 1024 * 1024, "a"));
    const state = fileState(file);
    ok(state);
    const upload = uploadFile(store, location.bucket, "run/large", file, state);
    appendFileSync(file, "b");
    equal(await upload, false);
    equal(store.find(location.bucket, "run/large"), undefined);
    rmSync(file);
    equal(await uploadFile(store, location.bucket, "run/large", file, state), false);
    const sync = synchronised("b");
    sync.start();
    for (let turn = 0; turn < 40; turn++, await delay(10)) appendFileSync(path.join(folder("b"), "growing"), "x");
    deepEqual(changes, []);
    await sync.finish();
    equal(await stored("run/growing"), "x".repeat(40));
  });

  it("copies what a process may still write to, and takes the file itself once it has ended", async () => {
    const file = path.join(folder("f"), "one");
    // More than the store keeps without a file.
    writeFileSync(file, `before${"x".repeat(2000)}`);
    const state = fileState(file);
    ok(state);
    await uploadFile(store, location.bucket, "run/running", file, state);
    writeFileSync(file, "during", { flag: "r+" });
    equal(await stored("run/running"), `before${"x".repeat(2000)}`);
    await synchronised("f").finish();
    equal(statSync(file).nlink, 2);
    rmSync(file);
    equal(await stored("run/one"), `during${"x".repeat(2000)}`);
  });

  it("uploads a file that is never left alone from time to time", async () => {
    const sync = synchronised("e");
    sync.start();
    const log = path.join(folder("e"), "log");
    const end = Date.now() + 5000;
    while (changes.length === 0 && Date.now() < end) {
      appendFileSync(log, "line\n");
      await delay(20);
    }
    deepEqual(changes, ["created run/log"]);
    await sync.finish();
    equal(await stored("run/log"), await readFile(log, "utf8"));
  });

  it("loses what it has not uploaded when it is abandoned", async () => {
    const sync = synchronised("c");
    sync.start();
    writeFileSync(path.join(folder("c"), "late"), "1");
    await sync.abandon();
    await delay(400);
    deepEqual(changes, []);
  });

  it("tells when it finishes that an upload failed", async () => {
    const sync = synchronised("d", false);
    writeFileSync(path.join(folder("d"), "one"), "1");
    await store.deleteBucket(location.bucket);
    sync.start();
    await delay(400);
    await rejects(sync.finish(), { code: "NoSuchBucket" });
  });
});
