import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { extract } from "tar";
import * as z from "zod";
import { runNpm } from "../cli/bundle/runNpm";

const Lockfile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      integrity: z.string().optional(),
      dependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

/** A package as the lock file pins it. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  /** Subresource integrity of the tarball, `sha512-…`. */
  readonly integrity: string;
  /** Names of the packages it requires. */
  readonly dependencies: readonly string[];
}

/**
 * Reads what a lock file pins for one package at the top of node_modules.
 * @throws Error when it is not there
 */
export async function lockedPackage(root: string, name: string): Promise<LockedPackage> {
  const lock = Lockfile.parse(JSON.parse(await readFile(path.join(root, "package-lock.json"), "utf8")));
  const entry = lock.packages[`node_modules/${name}`];
  if (!entry?.version || !entry.integrity) throw new Error(`package-lock.json does not pin ${name}`);
  const dependencies = Object.keys(entry.dependencies ?? {});
  return { name, version: entry.version, integrity: entry.integrity, dependencies };
}

/**
 * Fetches the pinned tarball of a package through npm, so that its registry, proxy and cache settings hold, verifies
 * it against the lock file and unpacks it. The host's node_modules is not touched, which is how a package for another
 * processor can be had at all. Fetched once; a later call finds it.
 * @returns folder of the unpacked package
 */
export async function fetchLockedPackage(locked: LockedPackage, into: string): Promise<string> {
  const target = path.join(into, `${locked.name.replace("/", "+")}@${locked.version}`);
  const marker = path.join(target, ".integrity");
  if (existsSync(marker) && (await readFile(marker, "utf8")) === locked.integrity) return target;
  await mkdir(into, { recursive: true });
  const work = await mkdtemp(path.join(into, "fetch-"));
  try {
    // Lifecycle scripts of this package must not run inside its own build.
    const quietly = ["--silent", "--ignore-scripts"];
    await runNpm(["pack", `${locked.name}@${locked.version}`, "--pack-destination", work, ...quietly]);
    const [file] = (await readdir(work)).filter((entry) => entry.endsWith(".tgz"));
    if (file === undefined) throw new Error(`npm pack gave no tarball for ${locked.name}@${locked.version}`);
    const tarball = path.join(work, file);
    assertIntegrity(locked, await readFile(tarball));
    const unpacked = path.join(work, "package");
    await mkdir(unpacked);
    await extract({ file: tarball, cwd: unpacked, strip: 1 });
    await writeFile(path.join(unpacked, ".integrity"), locked.integrity);
    await rm(target, { recursive: true, force: true });
    await rename(unpacked, target);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return target;
}

function assertIntegrity(locked: LockedPackage, tarball: Buffer): void {
  const dash = locked.integrity.indexOf("-");
  const digest = createHash(locked.integrity.slice(0, dash)).update(tarball).digest("base64");
  if (digest !== locked.integrity.slice(dash + 1)) {
    throw new Error(`${locked.name}@${locked.version} is not what package-lock.json pins: got ${digest}`);
  }
}
