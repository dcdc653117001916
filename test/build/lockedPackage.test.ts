import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { create } from "tar";
import { fetchLockedPackage, type LockedPackage, lockedPackage } from "../../build/lockedPackage";

const ROOT = path.resolve(__dirname, "../..");
const NPM = path.join(__dirname, "fixtures", "npmPack.js");

describe("locked packages", () => {
  const { npm_execpath: npm } = process.env;
  let folder = "";
  let tarball = "";
  let locked: LockedPackage;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "frugal-ml-locked-"));
    await mkdir(path.join(folder, "package"));
    await writeFile(path.join(folder, "package", "index.js"), "module.exports = 1;\n");
    tarball = path.join(folder, "genuine.tgz");
    await create({ file: tarball, cwd: folder, gzip: true }, ["package"]);
    const digest = createHash("sha512").update(await readFile(tarball));
    const integrity = `sha512-${digest.digest("base64")}`;
    locked = { name: "@scope/part", version: "1.2.3", integrity, dependencies: [] };
    process.env["npm_execpath"] = NPM;
  });

  after(async () => {
    if (npm === undefined) delete process.env["npm_execpath"];
    else process.env["npm_execpath"] = npm;
    delete process.env["TEST_TARBALL"];
    await rm(folder, { recursive: true, force: true });
  });

  it("are read from the lock file", async () => {
    const { name, integrity, dependencies } = await lockedPackage(ROOT, "sharp");
    equal(name, "sharp");
    match(integrity, /^sha512-/);
    deepEqual(dependencies.includes("detect-libc"), true);
    await rejects(lockedPackage(ROOT, "left-pad"), { message: "package-lock.json does not pin left-pad" });
  });

  it("are unpacked when they are what is pinned, and fetched once", async () => {
    const into = path.join(folder, "once");
    process.env["TEST_TARBALL"] = tarball;
    const target = await fetchLockedPackage(locked, into);
    equal(target, path.join(into, "@scope+part@1.2.3"));
    equal(await readFile(path.join(target, "index.js"), "utf8"), "module.exports = 1;\n");
    delete process.env["TEST_TARBALL"];
    equal(await fetchLockedPackage(locked, into), target);
    await rejects(fetchLockedPackage({ ...locked, version: "1.2.4" }, into), /npmPack\.js/);
    deepEqual(await readdir(into), ["@scope+part@1.2.3"]);
  });

  it("are refused when they are anything else, and leave nothing behind", async () => {
    const into = path.join(folder, "refused");
    const other = path.join(folder, "other.tgz");
    await writeFile(other, Buffer.concat([await readFile(tarball), Buffer.from([0])]));
    process.env["TEST_TARBALL"] = other;
    await rejects(fetchLockedPackage(locked, into), {
      message: /^@scope\/part@1\.2\.3 is not what package-lock\.json pins: got [\w+/]+=*$/,
    });
    deepEqual(await readdir(into), []);
  });

  it("are fetched again when the lock file pins another tarball of the same version", async () => {
    const into = path.join(folder, "again");
    process.env["TEST_TARBALL"] = tarball;
    await fetchLockedPackage(locked, into);
    const repinned = { ...locked, integrity: `sha512-${Buffer.alloc(64).toString("base64")}` };
    await rejects(fetchLockedPackage(repinned, into), /is not what package-lock\.json pins/);
  });
});
