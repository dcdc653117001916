import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { build, type Plugin } from "esbuild";
import { reproducibleZip } from "../cli/bundle/reproducibleZip";
import { RUNTIME_PACKAGE_NAMES, runtimePackageEntries } from "./runtimePackages";

/** What {@link buildFunctionArchive} made. */
export interface FunctionArchive {
  readonly path: string;
  /** SHA-256 of the archive, hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
}

/**
 * Bundles one function of `functions/` and packs it with the packages that run beside it, when it needs any, built for
 * linux-arm64. Where the function has an `index.mjs`, that is the entry, and the bundle lies beside it under the function's
 * name: Lambda waits for what the entry awaits. Reproducible to the byte: entries sorted, times and permissions fixed, compression by a pinned library and not by the host's
 * zlib, versions by the lock file.
 * @param root the repository
 * @param name folder below `functions/`
 * @param output folder in which `dist/functions/<name>.zip` and the stamp of its contents are kept
 */
export async function buildFunctionArchive(root: string, name: string, output = root): Promise<FunctionArchive> {
  const code = await bundleFunction(root, name);
  const entry = path.join(root, "functions", name, "index.mjs");
  const entries: Record<string, Uint8Array> = {
    ...(existsSync(entry) ? { "index.mjs": await readFile(entry), [`${name}.js`]: code } : { "index.js": code }),
    ...(await runtimePackageEntries(root, Buffer.from(code).toString("utf8"))),
  };
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
    archive = reproducibleZip(entries);
    await mkdir(path.dirname(target), { recursive: true });
    await mkdir(path.dirname(stamp), { recursive: true });
    await writeFile(`${target}.partial`, archive);
    await rename(`${target}.partial`, target);
    await writeFile(stamp, contents);
  }
  return { path: target, sha256: createHash("sha256").update(archive).digest("hex"), bytes: archive.length };
}

/** The code of a function of `functions/` in one file, without the packages that run beside it. */
export async function bundleFunction(root: string, name: string, plugins: Plugin[] = []): Promise<Uint8Array> {
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
    external: [...RUNTIME_PACKAGE_NAMES],
    plugins,
    legalComments: "none",
    write: false,
    logLevel: "warning",
  });
  const [file] = result.outputFiles;
  if (file === undefined) throw new Error(`esbuild gave no bundle for functions/${name}`);
  return file.contents;
}
