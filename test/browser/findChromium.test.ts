import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { findChromium } from "./findChromium";

describe("looking for Chromium", () => {
  let folder: string;
  const program = (...parts: readonly string[]): string => {
    const file = path.join(folder, ...parts);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, "");
    chmodSync(file, 0o755);
    return file;
  };

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "frugal-ml-test-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("finds it on PATH by any of its names, chromium before chrome", () => {
    const chrome = program("a", "google-chrome");
    const PATH = ["a", "b", ""].map((name) => (name === "" ? "" : path.join(folder, name))).join(path.delimiter);
    assert.equal(findChromium({ PATH }), chrome);
    const chromium = program("b", "chromium");
    assert.equal(findChromium({ PATH }), chromium);
  });

  it("takes what CHROMIUM_PATH names, and nothing else when that is no program", () => {
    const [mine, PATH] = [program("mine"), path.dirname(program("a", "chromium"))];
    assert.equal(findChromium({ PATH, CHROMIUM_PATH: mine }), mine);
    assert.equal(findChromium({ PATH, CHROMIUM_PATH: path.join(folder, "none") }), undefined);
    chmodSync(mine, 0o644);
    assert.equal(findChromium({ PATH, CHROMIUM_PATH: mine }), undefined);
  });

  it("finds none where there is none", () => {
    assert.equal(findChromium({ PATH: folder }), undefined);
    assert.equal(findChromium({}), undefined);
  });
});
