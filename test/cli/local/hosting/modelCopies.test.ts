import { deepEqual, equal } from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ModelCopies } from "../../../../cli/local/hosting/modelCopies";
import { ObjectStore } from "../../../../cli/local/s3/objectStore";
import { archive, file } from "../../archive/handmadeTar";

describe("copies of models on the disk", () => {
  let root: string;
  let store: ObjectStore;

  before(async () => {
    root = mkdtempSync(path.join(tmpdir(), "frugal-ml-copies-"));
    store = await ObjectStore.open(path.join(root, "s3"));
    await store.createBucket("models");
  });

  after(() => rmSync(root, { recursive: true }));

  const model = (key: string) => ({ name: `hash-${key}`, bucket: "models", key });
  const put = (key: string, content: string) => store.put("models", key, archive(file("model", content)));
  const kept = () => readdirSync(path.join(root, "models")).sort();

  it("stay while they are loaded, and beyond that up to so many bytes, the last used longest", async () => {
    const copies = new ModelCopies(store, path.join(root, "models"), 25);
    for (const key of ["a", "b", "c", "d"]) {
      await put(key, "0123456789");
      await copies.folder(model(key));
    }
    for (const key of ["b", "a", "d"]) copies.release(`hash-${key}`);
    // Four of ten bytes, one of them loaded: of the three others the one that was used longest ago goes.
    deepEqual(kept(), ["hash-b", "hash-c", "hash-d"]);

    const folder = await copies.folder(model("b"));
    writeFileSync(path.join(folder, "mark"), "");
    copies.release("hash-b");
    // The same object is not fetched again, another one is.
    deepEqual(readdirSync(await copies.folder(model("b"))).sort(), ["mark", "model"]);
    await put("b", "newer");
    deepEqual(readdirSync(await copies.folder(model("b"))), ["model"]);
    equal(readFileSync(path.join(folder, "model"), "utf8"), "newer");
  });

  it("of an object that is bad leave nothing", async () => {
    const copies = new ModelCopies(store, path.join(root, "others"));
    await store.put("models", "bad", archive(file("../evil", "x")));
    await copies.folder(model("bad")).then(
      () => Promise.reject(new Error("unpacked")),
      (error: Error) => equal(error.message.includes("UnsafeName"), true, error.message),
    );
    deepEqual(readdirSync(path.join(root, "others", "hash-bad")), []);
  });
});
