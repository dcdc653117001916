import { deepEqual, equal, match, notEqual, ok, rejects } from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { unzipSync } from "fflate";
import { bundleModule } from "../../../cli/bundle/bundleModule";
import { unpackFunction } from "../../../cli/local/lambda/unpack";
import { CannotRunError } from "../../../contracts/cannotRunError";
import { elf, NativeProject, type RegistryPackage } from "./nativeProject";

const HOST = `${process.platform}-${process.arch}`;
const ofPlatform = (platform: string) => `tally-${platform}`;

/** A package in the manner of sharp, koffi and napi-rs: code for each platform is a package of its own. */
const TALLY: RegistryPackage = {
  name: "tally",
  files: {
    "index.js":
      "const { unit } = require('units'); exports.count = (bytes) => unit + require(['tally', process.platform, process.arch].join('-')).count(bytes);",
    "index.d.ts": "export {};",
    "src/tally.cc": "int main;",
    LICENSE: "MIT",
  },
  fields: {
    dependencies: { units: "1.0.0" },
    optionalDependencies: Object.fromEntries(
      ["linux-arm64", "linux-x64", "linuxmusl-arm64", "darwin-arm64", "win32-x64"].map((name) => [
        ofPlatform(name),
        "1.0.0",
      ]),
    ),
  },
};
const UNITS: RegistryPackage = { name: "units", files: { "index.js": "exports.unit = 'n='" } };

/** Code for one platform; on this host, JavaScript that does the same. */
function platform(name: string, os: string, cpu: string, libc?: string): RegistryPackage {
  const fields = { os: [os], cpu: [cpu], main: "tally.node", ...(libc && { libc: [libc] }) };
  return { name: ofPlatform(name), files: { "tally.node": elf(cpu === "arm64" ? 183 : 62) }, fields };
}

const MODULE = `import { count } from "tally";
export const transform = async (bytes: Uint8Array) => ({ bytes: Buffer.from(count(bytes)), contentType: "text/plain" });`;

describe("cli/bundle: packages with native code", function () {
  this.timeout(60_000);
  let project: NativeProject;
  let source = "";
  const out = (name = "out.zip"): string => path.join(project.folder, name);
  const refusal = async (): Promise<CannotRunError> => {
    let refused: unknown;
    await rejects(bundleModule(source, out()), (error) => {
      refused = error;
      return error instanceof CannotRunError;
    });
    return refused as CannotRunError;
  };

  beforeEach(async () => {
    project = await NativeProject.start(await mkdtemp(path.join(tmpdir(), "frugal-ml-native-module-")));
    source = path.join(project.folder, "columns.ts");
    await writeFile(source, MODULE);
    await project.add(TALLY, true);
    await project.add(UNITS, true);
    await project.add(platform("linux-arm64", "linux", "arm64", "glibc"), false);
    await project.add(platform("linux-x64", "linux", "x64", "glibc"), false);
    await project.add(platform("linuxmusl-arm64", "linux", "arm64", "musl"), false);
    await project.add(platform("darwin-arm64", "darwin", "arm64"), false);
    await project.lock();
  });
  afterEach(async () => {
    await project.stop();
    await rm(project.folder, { recursive: true });
  });

  it("travel as npm delivers them for linux-arm64, in an archive that is the same each time and runs here with this host's", async () => {
    const first = await bundleModule(source, out());
    deepEqual(first.packages, ["tally-linux-arm64@1.0.0", "tally@1.0.0", "units@1.0.0"]);
    const archive = await readFile(first.file);
    const entries = unzipSync(archive);
    deepEqual(Object.keys(entries).sort(), [
      "frugal-ml.json",
      "index.js",
      "module.js",
      "node_modules/tally-linux-arm64/package.json",
      "node_modules/tally-linux-arm64/tally.node",
      "node_modules/tally/LICENSE",
      "node_modules/tally/index.js",
      "node_modules/tally/package.json",
      "node_modules/units/index.js",
      "node_modules/units/package.json",
    ]);
    deepEqual(Buffer.from(entries["node_modules/tally-linux-arm64/tally.node"] ?? []), elf(183));
    equal(existsSync(path.join(project.folder, "node_modules/tally-linux-arm64")), false);

    const again = await bundleModule(source, out("again.zip"));
    deepEqual(await readFile(again.file), archive);
    equal(again.module, first.module);

    const folder = path.join(project.folder, "task");
    const left = await unpackFunction(first.file, folder);
    const isOwn = HOST === "linux-arm64";
    deepEqual(left, isOwn ? [] : ["node_modules/tally-linux-arm64"]);
    const host = { name: ofPlatform(HOST), files: { "index.js": "exports.count = (bytes) => bytes.length" } };
    await project.add(host, true);
    const script = `require("${folder}/module.js").transform(Buffer.alloc(7)).then(({ bytes }) => console.log(String(bytes)))`;
    const env = { ...process.env, NODE_PATH: path.join(project.folder, "node_modules") };
    if (!isOwn) equal(execFileSync(process.execPath, ["-e", script], { env, encoding: "utf8" }).trim(), "n=7");
  });

  it("name the module with their checksums: another build of them is another transformation", async () => {
    const before = await bundleModule(source, out());
    const changed = platform("linux-arm64", "linux", "arm64", "glibc");
    await project.add({ ...changed, version: "1.0.1" }, false);
    await project.lock();
    const after = await bundleModule(source, out());
    deepEqual(after.packages, ["tally-linux-arm64@1.0.1", "tally@1.0.0", "units@1.0.0"]);
    notEqual(after.module, before.module);
  });

  it("are told from JavaScript wherever they are imported, and leave of one package for all platforms what is for arm64", async () => {
    const files = {
      "index.js": "exports.count = (bytes) => require('./prebuilds/' + process.arch + '.node')",
      "prebuilds/linux-x64/all.node": elf(62),
      "prebuilds/linux-arm64/all.node": elf(183),
      "prebuilds/linux-arm64/all.musl.node": elf(183),
      "prebuilds/darwin/all.node": Buffer.from("cffaedfe0c000001", "hex"),
      "prebuilds/win32/all.node": "MZ of Windows",
    };
    await project.add({ name: "@all/in-one", files }, true);
    await project.add({ name: "wrapper", files: { "index.js": "exports.count = require('@all/in-one').count" } }, true);
    await project.lock();
    await writeFile(source, MODULE.replace("tally", "wrapper"));
    const { file, packages } = await bundleModule(source, out());
    deepEqual(packages, ["@all/in-one@1.0.0"]);
    const entries = unzipSync(await readFile(file));
    deepEqual(
      Object.keys(entries)
        .filter((name) => name.startsWith("node_modules/"))
        .sort(),
      ["index.js", "package.json", "prebuilds/linux-arm64/all.node"].map((name) => `node_modules/@all/in-one/${name}`),
    );
    const manifest = JSON.parse(Buffer.from(entries["node_modules/@all/in-one/package.json"] ?? []).toString());
    deepEqual([manifest.os, manifest.cpu], [["linux"], ["arm64"]]);
  });

  it("are held to what Lambda takes, zipped and unpacked", async () => {
    const [archiveBytes, unpackedBytes] = [50_000_000, 250_000_000];
    const tooLarge = (message: RegExp) => ({ code: "ArchiveTooLarge", message });
    await rejects(
      bundleModule(source, out(), { archiveBytes, unpackedBytes: 64 }),
      tooLarge(/ more than the 64 bytes /),
    );
    await rejects(
      bundleModule(source, out(), { archiveBytes: 1000, unpackedBytes }),
      tooLarge(/ makes an archive of \d+ bytes, \d+ unpacked; allowed: 1000, 250000000 unpacked$/),
    );
    equal(existsSync(out()), false);
  });

  it("are refused with every problem at once, before anything is fetched", async () => {
    await project.add({ name: "local", files: { "index.js": "", "binding.gyp": "{}" } }, true);
    await project.add({ name: "units", version: "2.0.0", files: { "index.js": "" } }, true, "other/node_modules/units");
    const other = {
      name: "other",
      files: { "o.node": elf(62), "index.js": "" },
      fields: { dependencies: { units: "2.0.0", gone: "1" } },
    };
    await project.add(other, true);
    await project.lock({ "node_modules/local": { ...project.entry("local"), integrity: undefined } });
    await writeFile(source, `import "local"; import "other"; ${MODULE}`);
    const { code, message } = await refusal();
    equal(code, "NativePackagesNotPacked");
    deepEqual(message.split("\n  - ").slice(1).sort(), [
      "gone: other needs it, and package-lock.json does not have it",
      "local: package-lock.json pins no tarball of it, as for a folder or a repository",
      "units: 2.0.0 and 1.0.0 are needed; allowed: one version",
    ]);
    deepEqual(project.fetched, []);
  });

  it("are refused when two of a name are imported, which cannot lie side by side", async () => {
    await project.add({ name: "other", files: { "index.js": "exports.count = require('tally').count;" } }, true);
    await project.add({ ...TALLY, version: "2.0.0" }, true, "other/node_modules/tally");
    await project.lock();
    await writeFile(source, `import "other"; ${MODULE}`);
    const { code, message } = await refusal();
    equal(code, "ModuleDoesNotBundle");
    match(message, /tally is imported from \S+ and from \S+/);
    deepEqual(project.fetched, []);
  });

  it("are refused where nobody delivers them for arm64, without a lock file, and when they are not what it pins", async () => {
    await project.add({ name: "compiled", files: { "index.js": "", "binding.gyp": "{}" } }, true);
    await project.lock();
    await writeFile(source, MODULE.replace("tally", "compiled"));
    const compiled = await refusal();
    equal(compiled.code, "NativePackagesNotPacked");
    match(compiled.message, /\n {2}- compiled@1\.0\.0: no code for linux-arm64 comes with it; /);

    // The project's settings hold: by its own npm tries for more than a minute.
    await writeFile(path.join(project.folder, ".npmrc"), "fetch-retries=0\n");
    await writeFile(source, MODULE);
    const integrity = `sha512-${Buffer.alloc(64).toString("base64")}`;
    await project.lock({ "node_modules/tally": { ...project.entry("tally"), integrity } });
    const other = await refusal();
    equal(other.code, "NativePackagesNotFetched");
    match(other.message, /integrity/i);

    await rm(path.join(project.folder, "package-lock.json"));
    await project.add({ name: "loose", files: { "loose.node": elf(183), "index.js": "" } }, true);
    await writeFile(source, `import "loose"; ${MODULE}`);
    const unlocked = await refusal();
    equal(unlocked.code, "NoLockFile");
    ok(unlocked.message.startsWith("loose, tally have native code"), unlocked.message);

    await writeFile(path.join(project.folder, "package-lock.json"), "{}");
    equal((await refusal()).code, "LockFileNotRead");
  });
});
