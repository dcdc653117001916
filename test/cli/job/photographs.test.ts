import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { photographs } from "../../../cli/job/photographs";
import { CannotRunError } from "../../../contracts/cannotRunError";

describe("cli/job/photographs", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "frugal-ml-test-"));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("ships seven photographs, each with OpenCV's picture of it", async () => {
    const shipped = await photographs();
    assert.equal(shipped.length, 7);
    for (const { file, golden } of shipped) assert.ok(golden && existsSync(file) && existsSync(golden), file);
    assert.equal(new Set(shipped.map(({ key }) => key)).size, 7);
  });

  it("finds a user's own with its subfolders, in order, hidden files left out", async () => {
    mkdirSync(path.join(folder, "sub"));
    for (const name of ["b.jpg", "sub/a.png", ".hidden", "a b.jpg"]) writeFileSync(path.join(folder, name), "");
    const own = await photographs(folder);
    assert.deepEqual(
      own.map(({ key, golden }) => [key, golden]),
      [
        ["a b.jpg", undefined],
        ["b.jpg", undefined],
        ["sub/a.png", undefined],
      ],
    );
    assert.deepEqual(
      own.map(({ file }) => path.relative(folder, file)),
      own.map(({ key }) => path.normalize(key)),
    );
  });

  for (const [what, given, expected] of [
    ["an empty folder", ".", /no file in it/],
    ["a folder that does not exist", "absent", /no such folder/],
  ] as const) {
    it(`cannot run with ${what}`, async () => {
      await assert.rejects(photographs(path.join(folder, given)), (error) => {
        assert.ok(error instanceof CannotRunError);
        assert.equal(error.code, "NoPhotographs");
        assert.match(error.message, expected);
        return true;
      });
    });
  }
});
