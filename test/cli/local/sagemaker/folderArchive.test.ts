import { deepEqual, equal } from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { extract } from "tar";
import { ObjectStore } from "../../../../cli/local/s3/objectStore";
import { storeFolderArchive } from "../../../../cli/local/sagemaker/folderArchive";
import { scanFolder } from "../../../../cli/local/sagemaker/folderScan";

describe("an archive of folders", () => {
  let root: string;
  let store: ObjectStore;

  before(async () => {
    root = mkdtempSync(path.join(tmpdir(), "frugal-ml-archive-"));
    store = await ObjectStore.open(path.join(root, "s3"));
    await store.createBucket("models");
  });

  after(() => rmSync(root, { recursive: true }));

  it("is read back by tar with every name and byte, long and foreign names included", async () => {
    const files: Readonly<Record<string, string>> = {
      "model.json": "{}",
      empty: "",
      "block/exact": "x".repeat(512),
      "large.bin": "y".repeat(700_001),
      [`${"long/".repeat(30)}name`]: "long",
      "κόσμος/模型.bin": "unicode",
    };
    for (const [name, body] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(root, "one", name)), { recursive: true });
      writeFileSync(path.join(root, "one", name), body);
    }
    mkdirSync(path.join(root, "two"));
    writeFileSync(path.join(root, "two", "model.json"), "of the second");
    const location = { bucket: "models", prefix: "a/model.tar.gz" };
    equal(await storeFolderArchive(store, [path.join(root, "one"), path.join(root, "two")], location), true);
    const version = store.find("models", "a/model.tar.gz");
    mkdirSync(path.join(root, "unpacked"));
    if (version === undefined) throw new Error("nothing was stored");
    const unpack = extract({ cwd: path.join(root, "unpacked"), strict: true });
    await pipeline(store.read("models", version), createGunzip(), unpack);
    const names = [...scanFolder(path.join(root, "unpacked")).keys()].sort();
    deepEqual(names, Object.keys(files).sort());
    for (const name of names) {
      const expected = name === "model.json" ? "of the second" : files[name];
      equal(readFileSync(path.join(root, "unpacked", name), "utf8"), expected, name);
    }
  });

  it("is not made of nothing", async () => {
    mkdirSync(path.join(root, "empty", "folders"), { recursive: true });
    const location = { bucket: "models", prefix: "b/model.tar.gz" };
    equal(await storeFolderArchive(store, [path.join(root, "empty"), path.join(root, "absent")], location), false);
    equal(store.find("models", "b/model.tar.gz"), undefined);
  });
});
