import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { strToU8, zipSync } from "fflate";
import { unpackFunction } from "../../../../cli/local/lambda/unpack";

describe("cli/local/lambda/unpack", () => {
  let folder: string;
  let target: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "frugal-ml-test-"));
    target = path.join(folder, "task");
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const archive = (entries: Readonly<Record<string, string>>): string => {
    const file = path.join(folder, "function.zip");
    const contents = Object.entries(entries).map(([name, text]) => [name, strToU8(text)] as const);
    writeFileSync(file, zipSync(Object.fromEntries(contents)));
    return file;
  };
  const packageFor = (os: string, cpu: string): string => JSON.stringify({ os: [os], cpu: [cpu] });

  it("writes every file to its place", async () => {
    const left = await unpackFunction(archive({ "index.js": "1", "a/b/c.txt": "2", "empty/": "" }), target);
    assert.deepEqual(left, []);
    assert.equal(readFileSync(path.join(target, "index.js"), "utf8"), "1");
    assert.equal(readFileSync(path.join(target, "a/b/c.txt"), "utf8"), "2");
  });

  for (const name of ["../evil.js", "a/../../evil.js", "../task-evil/evil.js"]) {
    it(`refuses the entry ${name}, which leaves the folder`, async () => {
      await assert.rejects(unpackFunction(archive({ [name]: "evil" }), target), /leaves the archive/);
      assert.equal(existsSync(path.resolve(target, name)), false);
    });
  }

  it("keeps an absolute path inside the folder", async () => {
    await unpackFunction(archive({ "/etc/evil.js": "1" }), target);
    assert.equal(readFileSync(path.join(target, "etc/evil.js"), "utf8"), "1");
  });

  it("leaves out native packages of another system or processor, and only those", async () => {
    const foreignCpu = process.arch === "arm64" ? "x64" : "arm64";
    const left = await unpackFunction(
      archive({
        "node_modules/@img/foreign/package.json": packageFor(process.platform, foreignCpu),
        "node_modules/@img/foreign/lib/native.node": "ELF",
        "node_modules/other-system/package.json": packageFor("aix", process.arch),
        "node_modules/own/package.json": packageFor(process.platform, process.arch),
        "node_modules/own/native.node": "ELF",
        "node_modules/anywhere/package.json": "{}",
        "node_modules/@img/foreign-no-more/package.json": "{}",
      }),
      target,
    );
    assert.deepEqual([...left].sort(), ["node_modules/@img/foreign", "node_modules/other-system"]);
    assert.equal(existsSync(path.join(target, "node_modules/@img/foreign")), false);
    for (const kept of ["own/native.node", "anywhere/package.json", "@img/foreign-no-more/package.json"]) {
      assert.ok(existsSync(path.join(target, "node_modules", kept)), kept);
    }
  });
});
