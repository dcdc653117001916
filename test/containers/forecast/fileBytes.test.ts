import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { FileBytes } from "../../../containers/forecast/fileBytes";

describe("FileBytes", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "frugal-bytes-"));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("reads each file whole and nothing of the one before, whatever fits into what there is room for", async () => {
    const fileBytes = new FileBytes();
    for (const [index, size] of [5, 65_535, 65_536, 65_537, 0, 131_072, 400_000, 3].entries()) {
      const file = path.join(folder, String(index));
      const content = Buffer.alloc(size, String(index));
      await writeFile(file, content);
      assert.ok(fileBytes.read(file).equals(content), String(size));
    }
    assert.throws(() => fileBytes.read(path.join(folder, "none")), { code: "ENOENT" });
  });
});
