import { deepEqual, equal, ok } from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { unzipSync } from "fflate";
import { buildFunctionArchive, type FunctionArchive } from "../../build/functionArchive";
import { type ZipEntry, zipEntries } from "./zipEntries";

const ROOT = path.resolve(__dirname, "../..");

/** ELF machine number of 64-bit Arm, at byte 18 of every native file. */
const ARM64 = 183;

describe("function archive", function () {
  this.timeout(120_000);
  let folder = "";
  let first: FunctionArchive;
  let bytes: Buffer;
  let entries: readonly ZipEntry[];

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "frugal-ml-archive-"));
    // As it was built before the tests: compressing the largest function takes seconds.
    first = await buildFunctionArchive(ROOT, "normalize");
    bytes = await readFile(first.path);
    entries = zipEntries(bytes);
  });

  after(() => rm(folder, { recursive: true, force: true }));

  it("is the same to the byte when it is built again from nothing, in another time zone", async () => {
    const { TZ: zone } = process.env;
    process.env["TZ"] = "Pacific/Auckland";
    const second = await buildFunctionArchive(ROOT, "normalize", path.join(folder, "second"));
    if (zone === undefined) delete process.env["TZ"];
    else process.env["TZ"] = zone;
    ok(first.path !== second.path);
    equal(second.sha256, first.sha256);
    equal(second.bytes, first.bytes);
    ok(bytes.equals(await readFile(second.path)));
  });

  it("keeps an unchanged archive, and replaces a missing one", async () => {
    deepEqual(await buildFunctionArchive(ROOT, "normalize"), first);
    // The smallest function: compressing the largest again would show nothing more.
    const small = await buildFunctionArchive(ROOT, "fleet", path.join(folder, "small"));
    await rm(small.path);
    deepEqual(await buildFunctionArchive(ROOT, "fleet", path.join(folder, "small")), small);
    ok(existsSync(small.path));
    deepEqual(
      (await readdir(path.dirname(small.path))).filter((file) => file.endsWith(".partial")),
      [],
    );
  });

  it("leaves out what a function does not require", async () => {
    const { path: file, bytes: size } = await buildFunctionArchive(ROOT, "fleet", path.join(folder, "fleet"));
    deepEqual(
      zipEntries(await readFile(file)).map(({ name }) => name),
      ["index.js"],
    );
    ok(size < 1024 * 1024, `${size} bytes`);
  });

  it("has its entries sorted, of one time, and readable by the function's user", () => {
    const names = entries.map(({ name }) => name);
    deepEqual(names, [...names].sort());
    equal(new Set(names).size, names.length);
    deepEqual(new Set(entries.map(({ modified }) => modified)), new Set(["1980-01-01 00:00:00"]));
    deepEqual(new Set(entries.map(({ mode }) => mode.toString(8))), new Set(["100644"]));
  });

  it("has natives for arm64 on glibc, and for nothing else", () => {
    const contents = unzipSync(bytes);
    const natives = Object.entries(contents).filter(([name]) => /\.(node|so(\.\d+)*)$/.test(name));
    equal(natives.length, 4);
    for (const [name, file] of natives) {
      ok(/[-/]linux[-_]arm64\//.test(name), name);
      deepEqual([...file.subarray(0, 4)], [0x7f, 0x45, 0x4c, 0x46], name);
      equal(file[18], ARM64, name);
    }
    const platforms = Object.keys(contents).filter((name) => /x64|musl|darwin|win32|wasm32/.test(name));
    deepEqual(platforms, []);
  });

  it("has the handler, what it requires, and the licences", () => {
    const names = new Set(entries.map(({ name }) => name));
    for (const name of [
      "index.js",
      "node_modules/sharp/package.json",
      "node_modules/sharp/LICENSE",
      "node_modules/@img/sharp-linux-arm64/package.json",
    ]) {
      ok(names.has(name), name);
    }
    const extra = [...names].filter((name) => /\.(ts|map|md|cc|h)$/.test(name) && !/LICENSE/.test(name));
    deepEqual(extra, []);
  });

  it("leaves the host's own packages alone", () => {
    equal(existsSync(path.join(ROOT, "node_modules/@img/sharp-linux-arm64")), process.arch === "arm64");
  });
});
