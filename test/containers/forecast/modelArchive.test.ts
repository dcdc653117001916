import assert from "node:assert/strict";
import { createReadStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { gzipSync } from "node:zlib";
import * as tar from "tar";
import { packModel, unpackModel } from "../../../containers/forecast/modelArchive";

const DOCUMENT = {
  schema: 2,
  customer: "ünï",
  module: "m@1",
  inputHash: "h",
  points: 3,
  axis: { last: 86_400_000, step: { unit: "months", count: 1, day: 31 } },
  backtest: { holdout: 1, mase: 0.5, mape: null, naiveMase: 1, naiveMape: 2, coverage: 1 },
  model: { text: "x".repeat(2000) },
} as const;

describe("modelArchive", () => {
  it("reads back what it packed, and packs the same bytes again", () => {
    const archive = packModel(DOCUMENT);
    assert.deepEqual(unpackModel(archive), DOCUMENT);
    assert.deepEqual(packModel(DOCUMENT), archive);
  });

  it("is an archive for everybody: one regular file, model.json", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "frugal-ml-archive-"));
    try {
      const file = path.join(folder, "k.tar.gz");
      await writeFile(file, packModel(DOCUMENT));
      const entries: unknown[] = [];
      const list = tar.t({
        strict: true,
        onReadEntry: ({ path: name, type, mode }) => void entries.push([name, type, mode]),
      });
      await pipeline(createReadStream(file), list);
      assert.deepEqual(entries, [["model.json", "File", 0o644]]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it("refuses what is no archive of a model", () => {
    const archive = packModel(DOCUMENT);
    for (const bytes of [
      archive.subarray(0, archive.length / 2),
      Buffer.from("x"),
      gzipSync("x"),
      gzipSync(Buffer.alloc(1024)),
    ]) {
      assert.throws(() => unpackModel(bytes));
    }
  });
});
