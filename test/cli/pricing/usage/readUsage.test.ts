import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readUsage } from "../../../../cli/pricing/usage/readUsage";
import type { CannotRunError } from "../../../../contracts/cannotRunError";

describe("readUsage", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "frugal-ml-usage-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function read(text: string): ReturnType<typeof readUsage> {
    const file = join(folder, "usage.yaml");
    writeFileSync(file, text);
    return readUsage(file);
  }

  it("takes numbers and ranges, and defaults for the rest", () => {
    const usage = read(
      "images:\n  perMonth: 5000\n  epochs: { low: 1, expected: 2, high: 3 }\nresources:\n  images-function:\n    requests: 7\n",
    );
    assert.equal(JSON.stringify(usage.images.perMonth), '{"low":"5000","expected":"5000","high":"5000"}');
    assert.equal(JSON.stringify(usage.images.epochs), '{"low":"1","expected":"2","high":"3"}');
    assert.equal(JSON.stringify(usage.images.readers), '{"low":"1","expected":"1","high":"4"}');
    assert.equal(usage.resources["images-function"]?.["requests"]?.expected.toString(), "7");
    assert.deepEqual([...usage.given], ["images.perMonth", "images.epochs"]);
  });

  it("takes an empty file", () => {
    assert.equal(read("# nothing yet\n").given.size, 0);
  });

  it("refuses aliases of nothing and of too much, names that every object has, and a folder", () => {
    const bomb = [
      "a: &a [x,x,x,x,x,x,x,x,x]",
      ..."bcdef".split("").map((name, index) => {
        const of = `*${"abcde"[index]}`;
        return `${name}: &${name} [${Array(9).fill(of).join(",")}]`;
      }),
    ].join("\n");
    for (const text of ["images: { perMonth: *none }", bomb, "images: { constructor: 5 }"])
      assert.throws(
        () => read(text),
        ({ code }: CannotRunError) => code === "InvalidUsage",
      );
    assert.throws(
      () => readUsage(folder),
      ({ code, message }: CannotRunError) => code === "InvalidUsage" && message.includes("cannot be read"),
    );
  });

  it("refuses everything that is wrong at once", () => {
    const text = `
images: { perMonth: -1, liveShare: 1.5, epochs: { low: 3, expected: 2, high: 1 }, colour: 3 }
training: 7
pictures: {}
resources: { it: { gb: many } }
`;
    assert.throws(
      () => read(text),
      ({ code, message }: CannotRunError) => {
        assert.equal(code, "InvalidUsage");
        for (const property of [
          "images.perMonth",
          "images.liveShare",
          "images.epochs",
          "images.colour",
          "training",
          "pictures",
          "resources.it.gb",
        ]) {
          assert.ok(message.includes(`- ${property}: given`), `${property} in ${message}`);
        }
        return true;
      },
    );
  });

  it("refuses what is no YAML, no object, and no file", () => {
    assert.throws(() => read("images: [1"), { code: "InvalidUsage", message: /line 1/ });
    assert.throws(() => read("- 1\n"), { code: "InvalidUsage", message: /an object/ });
    assert.throws(() => readUsage(join(folder, "other.yaml")), { code: "UsageNotFound" });
  });
});
