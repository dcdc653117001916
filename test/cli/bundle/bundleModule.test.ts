import { deepEqual, equal, notEqual, rejects } from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { unzipSync } from "fflate";
import { bundleModule } from "../../../cli/bundle/bundleModule";
import { moduleHash } from "../../../contracts/moduleTransformation";
import { callCommand } from "../commands/callCommand";
import { runCommand } from "../commands/runCommand";
import { REPOSITORY } from "../local/handmadePlane";

describe("cli/bundle", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "frugal-ml-bundle-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const written = (name: string, text: string): string => {
    writeFileSync(path.join(folder, name), text);
    return path.join(folder, name);
  };
  const out = (name = "out.zip"): string => path.join(folder, name);

  it("gives the same archive for the same sources, wherever they lie", async () => {
    const source = "export const transform = async (bytes: Uint8Array) => ({ bytes, contentType: 'a/b' });";
    const first = await bundleModule(written("one.ts", source), out("one.zip"));
    mkdirSync(path.join(folder, "elsewhere"));
    cpSync(path.join(folder, "one.ts"), path.join(folder, "elsewhere/one.ts"));
    const second = await bundleModule(path.join(folder, "elsewhere/one.ts"), out("two.zip"));
    equal(first.module, second.module);
    deepEqual(readFileSync(first.file), readFileSync(second.file));
    const changed = await bundleModule(written("one.ts", source.replace("a/b", "a/c")), out("three.zip"));
    notEqual(changed.module, first.module);
  });

  it("packs handler, module and manifest, and no sharp", async () => {
    const { file, module } = await bundleModule(written("m.js", "exports.transform = async () => {}"), out());
    const entries = unzipSync(readFileSync(file));
    deepEqual(Object.keys(entries).sort(), ["frugal-ml.json", "index.js", "module.js"]);
    equal(moduleHash(entries["module.js"] ?? new Uint8Array()), module);
    deepEqual(JSON.parse(Buffer.from(entries["frugal-ml.json"] ?? []).toString("utf8")), {
      version: 1,
      module,
      name: "m.js",
    });
  });

  it("refuses what would fail only when it is read", async () => {
    const sources = {
      "noExport.ts": "export const other = 1;",
      "native.ts": "import sharp from 'sharp'; export const transform = async () => sharp();",
      "broken.ts": "export const transform = (",
      "missing.ts": "import x from './nowhere'; export const transform = x;",
    };
    for (const [name, source] of Object.entries(sources)) {
      await rejects(bundleModule(written(name, source), out()), { code: "ModuleDoesNotBundle" }, name);
    }
    await rejects(bundleModule(path.join(folder, "nowhere.ts"), out()), { code: "MissingModule" });
  });

  it("says what keeps the archive from being written", async () => {
    const source = written("m.js", "exports.transform = async () => {}");
    const refused = { code: "ArchiveNotWritten", message: /m\.js\/out\.zip cannot be written: / };
    await rejects(bundleModule(source, path.join(source, "out.zip")), refused);
  });

  it("is a command", async () => {
    const module = path.join(REPOSITORY, "examples/csv-columns/columns.ts");
    const done = await runCommand(["bundle", module, "--out", out(), "--json"]);
    equal(done.exitCode, 0);
    const archive = readFileSync(out());
    const { module: named } = JSON.parse(Buffer.from(unzipSync(archive)["frugal-ml.json"] ?? []).toString("utf8"));
    deepEqual(JSON.parse(done.stdout), { file: out(), module: named, bytes: archive.length, packages: [] });
    const without = await callCommand(["bundle", module]);
    equal(without.exitCode, 2);
  });
});
