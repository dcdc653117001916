import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";
import { type Zippable, zipSync } from "fflate";
import { fetchLockedPackage, type LockedPackage, lockedPackage } from "./lockedPackage";

/** Native packages inside the archive: what Lambda's arm64 runtime on Amazon Linux (glibc) loads. */
const NATIVE_PACKAGES = ["@img/sharp-linux-arm64", "@img/sharp-libvips-linux-arm64"];

/** Permissions of an entry: readable by the function's user, as Lambda requires. */
const READABLE = 0o100644 << 16;

/** What {@link buildFunctionArchive} made. */
export interface FunctionArchive {
  readonly path: string;
  /** SHA-256 of the archive, hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
}

/**
 * Bundles one function of `functions/` and packs it with sharp's JavaScript and its linux-arm64 build. Reproducible
 * to the byte: entries sorted, times and permissions fixed, compression by a pinned library and not by the host's
 * zlib, versions by the lock file.
 * @param root the repository
 * @param name folder below `functions/`
 * @param output folder in which `dist/functions/<name>.zip` and the stamp of its contents are kept
 */
export async function buildFunctionArchive(root: string, name: string, output = root): Promise<FunctionArchive> {
  const entries: Record<string, Uint8Array> = { "index.js": await bundle(root, name), ...(await sharpEntries(root)) };
  const digest = createHash("sha256");
  for (const key of Object.keys(entries).sort()) {
    digest.update(`${key}\0${entries[key]?.length}\0`).update(entries[key] ?? "");
  }
  const contents = digest.digest("hex");
  const target = path.join(output, "dist", "functions", `${name}.zip`);
  const stamp = path.join(output, ".build", `${name}.json`);
  const earlier = existsSync(stamp) && existsSync(target) ? await readFile(stamp, "utf8") : "";
  let archive: Uint8Array;
  if (earlier === contents) {
    archive = await readFile(target);
  } else {
    archive = zip(entries);
    await mkdir(path.dirname(target), { recursive: true });
    await mkdir(path.dirname(stamp), { recursive: true });
    await writeFile(`${target}.partial`, archive);
    await rename(`${target}.partial`, target);
    await writeFile(stamp, contents);
  }
  return { path: target, sha256: createHash("sha256").update(archive).digest("hex"), bytes: archive.length };
}

async function bundle(root: string, name: string): Promise<Uint8Array> {
  const result = await build({
    absWorkingDir: root,
    entryPoints: [`functions/${name}/index.ts`],
    bundle: true,
    platform: "node",
    target: "node22",
    format: "cjs",
    minify: true,
    // Class names reach logs and error codes, so they stay.
    keepNames: true,
    external: ["sharp"],
    legalComments: "none",
    write: false,
    logLevel: "warning",
  });
  const [file] = result.outputFiles;
  if (file === undefined) throw new Error(`esbuild gave no bundle for functions/${name}`);
  return file.contents;
}

/** sharp, what it requires, and its native packages for arm64, as paths inside the archive. */
async function sharpEntries(root: string): Promise<Record<string, Uint8Array>> {
  const sharp = await lockedPackage(root, "sharp");
  const packages: LockedPackage[] = [sharp];
  for (const name of [...sharp.dependencies, ...NATIVE_PACKAGES]) packages.push(await lockedPackage(root, name));
  const entries: Record<string, Uint8Array> = {};
  for (const locked of packages) {
    const native = NATIVE_PACKAGES.includes(locked.name);
    const folder = native
      ? await fetchLockedPackage(locked, path.join(root, ".build", "packages"))
      : path.join(root, "node_modules", locked.name);
    for (const file of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const absolute = path.join(file.parentPath, file.name);
      const relative = path.relative(folder, absolute).split(path.sep).join("/");
      if (!file.isFile() || !isNeeded(relative)) continue;
      entries[`node_modules/${locked.name}/${relative}`] = await readFile(absolute);
    }
  }
  return entries;
}

/** What runs, and the licences that must travel with it; no sources, types, module duplicates or documentation. */
function isNeeded(file: string): boolean {
  if (/^(package\.json|versions\.json|LICEN[CS]E.*)$/.test(file)) return true;
  if (/^(src|install|bin)\//.test(file) || file.startsWith(".")) return false;
  return /\.(js|cjs|node|json)$/.test(file) || /\.so(\.\d+)*$/.test(file);
}

function zip(entries: Readonly<Record<string, Uint8Array>>): Uint8Array {
  // Zip stores local time, and none earlier; a fixed one keeps the archive's bytes the same on every machine.
  const mtime = new Date(1980, 0, 1);
  const sorted: Zippable = {};
  for (const key of Object.keys(entries).sort()) {
    sorted[key] = [entries[key] ?? new Uint8Array(), { level: 9, mtime, os: 3, attrs: READABLE }];
  }
  return zipSync(sorted);
}
