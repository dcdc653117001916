import { existsSync } from "node:fs";
import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { CannotRunError } from "../../contracts/cannotRunError";
import type { TravellingPackage } from "./lockedClosure";
import type { LockEntry } from "./lockfile";
import { runNpm } from "./runNpm";

/** Where Lambda on Graviton runs: Amazon Linux, which has glibc. */
const PLATFORM = ["--os=linux", "--cpu=arm64", "--libc=glibc"];

/** Without scripts: they would build for this host, and belong to others. */
const QUIETLY = ["--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"];

/** Fields of a lock entry that say what a package was to the project, and would decide whether npm installs it. */
const OF_THE_PROJECT = ["dev", "devOptional", "optional", "peer", "extraneous", "inBundle"];

/**
 * Installs packages in a folder of their own as they are on linux-arm64, from the tarballs that a lock file pins: npm fetches them with
 * the project's settings, and refuses one that has another checksum. The project's node_modules is not touched.
 * @param project folder of the lock file
 * @param use is given the folder that has the node_modules, which is gone afterwards
 * @throws CannotRunError NativePackagesNotFetched; what `use` throws
 */
export async function withPackagesForLambda<T>(
  project: string,
  roots: readonly string[],
  packages: ReadonlyMap<string, TravellingPackage>,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), "frugal-ml-native-"));
  try {
    const dependencies = Object.fromEntries(roots.map((name) => [name, packages.get(name)?.version]));
    const manifest = { name: "module", version: "0.0.0", dependencies };
    const locked = [...packages.values()].map(({ name, entry, optional }) => [
      `node_modules/${name}`,
      { ...without(entry, OF_THE_PROJECT), ...withinClosure(entry, packages), ...(optional && { optional: true }) },
    ]);
    const lock = {
      ...manifest,
      lockfileVersion: 3,
      requires: true,
      packages: { "": manifest, ...Object.fromEntries(locked) },
    };
    await writeFile(path.join(folder, "package.json"), JSON.stringify(manifest));
    await writeFile(path.join(folder, "package-lock.json"), JSON.stringify(lock));
    const settings = path.join(project, ".npmrc");
    if (existsSync(settings)) await copyFile(settings, path.join(folder, ".npmrc"));
    await ci(folder);
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function ci(cwd: string): Promise<void> {
  try {
    await runNpm(["ci", ...PLATFORM, ...QUIETLY], cwd);
  } catch (cause) {
    const { stderr = "" } = Object(cause) as { readonly stderr?: string };
    const said = stderr.trim() || (cause instanceof Error ? cause.message : String(cause));
    throw new CannotRunError("NativePackagesNotFetched", `npm does not install the packages for arm64: ${said}`, {
      cause,
    });
  }
}

/**
 * What a package wants of those that come along, at their versions: npm refuses a lock file that lacks one, be it for another
 * platform, or that has another version than is asked for, which a project's overrides may be the reason of.
 */
function withinClosure(entry: LockEntry, packages: ReadonlyMap<string, TravellingPackage>): object {
  const known = (wanted: Readonly<Record<string, string>>): object =>
    Object.fromEntries(
      Object.keys(wanted).flatMap((name) => {
        const version = packages.get(name)?.version;
        return version === undefined ? [] : [[name, version]];
      }),
    );
  return {
    dependencies: known(entry.dependencies),
    optionalDependencies: known(entry.optionalDependencies),
    peerDependencies: known(entry.peerDependencies),
  };
}

function without(entry: object, fields: readonly string[]): object {
  return Object.fromEntries(Object.entries(entry).filter(([name]) => !fields.includes(name)));
}
