import { existsSync, readdirSync, readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import * as z from "zod";
import { CannotRunError } from "../../contracts/cannotRunError";
import { withPackagesForLambda } from "./installForLambda";
import { lockedClosure, type TravellingPackage } from "./lockedClosure";
import type { Lockfile } from "./lockfile";
import { isAarch64, isNativeCode } from "./nativeFile";

/** How large an archive may be, in bytes. */
export interface PackedLimits {
  /** Zipped. */
  readonly archiveBytes: number;
  /** All that is in it. */
  readonly unpackedBytes: number;
}

/** Packages with native code, packed. */
export interface NativePackages {
  /** Contents by path inside the archive, below `node_modules/`. */
  readonly entries: Readonly<Record<string, Uint8Array>>;
  /** Each package as `name@version integrity`, sorted: what the archive's name must change with. */
  readonly pins: readonly string[];
}

/** Part of a manifest. */
const Manifest = z.object({ optionalDependencies: z.record(z.string(), z.string()).default({}) });

/** Names of packages for one system, where no lock file of npm says that they are. */
const PLATFORM_NAME = /(^|[-/@.])(linux(musl)?|darwin|win32)-(x64|arm64|ia32)/;

/** What is never run, or only to build. */
const NOT_RUN = /(^|\/)\.|\.(d\.[cm]?ts|map|md|markdown|c|cc|cpp|cxx|h|hh|hpp|gyp|gypi|o|a|lib)$/;

/** Licences travel with what they are for. */
const ALWAYS = /^(package\.json|(licen[cs]e|notice|copying)[^/]*)$/i;

/** The folder of the package that a file is in; undefined for a file of the project's own. */
export function packageFolder(file: string): { readonly name: string; readonly folder: string } | undefined {
  const match = /^(.*[\\/]node_modules[\\/])((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(file);
  const [folder, , name] = match ?? [];
  return folder === undefined || name === undefined ? undefined : { name: name.split(path.sep).join("/"), folder };
}

/**
 * Whether a package has native code, which no bundle has: files of it, a recipe to build it, or packages that are each for
 * one system or processor.
 */
export function isNativePackage(folder: string, lock: Lockfile | undefined): boolean {
  if (existsSync(path.join(folder, "binding.gyp"))) return true;
  const { success, data } = Manifest.safeParse(JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")));
  const key = lock?.keyOf(folder) ?? "";
  const isPlatform = (name: string): boolean => {
    const found = lock?.resolve(key, name);
    return (found !== undefined && lock?.packages[found]?.cpu !== undefined) || PLATFORM_NAME.test(name);
  };
  if (success && Object.keys(data.optionalDependencies).some(isPlatform)) return true;
  return readdirSync(folder, { recursive: true }).some((name) => /^(?!.*node_modules).*\.node$/.test(String(name)));
}

/**
 * Packs packages with native code, and all that they need, for Lambda on arm64: at the versions and checksums of the lock file, as npm
 * delivers them for linux-arm64.
 * @param folders folder of each package by its name
 * @param lock the lock file that installed them, if there is one
 * @throws CannotRunError NoLockFile, NativePackagesNotPacked naming every problem, NativePackagesNotFetched, ArchiveTooLarge
 */
export async function nativePackages(
  folders: ReadonlyMap<string, string>,
  lock: Lockfile | undefined,
  limits: PackedLimits,
): Promise<NativePackages> {
  const names = [...folders.keys()].sort();
  if (names.length === 0) return { entries: {}, pins: [] };
  if (lock === undefined) {
    throw new CannotRunError(
      "NoLockFile",
      `${names.join(", ")} ${names.length === 1 ? "has" : "have"} native code, which is packed at the versions of a package-lock.json: there is none beside or above`,
    );
  }
  const problems: string[] = [];
  const keys = [...folders].flatMap(([name, folder]) => {
    const key = lock.keyOf(folder);
    if (key === undefined) problems.push(`${name}: package-lock.json of ${lock.root} does not have ${folder}`);
    return key ?? [];
  });
  const { packages, problems: unpinned } = lockedClosure(lock, keys);
  refuse([...problems, ...unpinned]);
  return withPackagesForLambda(lock.root, names, packages, async (folder) => {
    const packed = new PackedPackages(limits.unpackedBytes);
    for (const travelling of packages.values()) await packed.add(folder, travelling);
    refuse(names.filter((name) => !packed.runsOnArm64(name, packages)).map((name) => notBuilt(packages.get(name))));
    return { entries: packed.entries, pins: packed.pins.sort() };
  });
}

function refuse(problems: readonly string[]): void {
  if (problems.length === 0) return;
  const list = problems.map((problem) => `\n  - ${problem}`).join("");
  throw new CannotRunError("NativePackagesNotPacked", `packages with native code cannot be packed:${list}`);
}

function notBuilt(travelling: TravellingPackage | undefined): string {
  return `${travelling?.name}@${travelling?.version}: no code for linux-arm64 comes with it; allowed: a package whose registry delivers that, with its package for linux-arm64 in package-lock.json, and not one that compiles or downloads it while it is installed`;
}

/** What of installed packages goes into an archive. */
class PackedPackages {
  readonly entries: Record<string, Uint8Array> = {};
  readonly pins: string[] = [];
  /** Names of those with code for arm64. */
  readonly #built = new Set<string>();
  #bytes = 0;

  /** @param most bytes of all of them together, before which reading them ends */
  constructor(private readonly most: number) {}

  /** A package that is for another system was not installed, and is left out. */
  async add(root: string, { name, version, integrity }: TravellingPackage): Promise<void> {
    const folder = path.join(root, "node_modules", name);
    if (!existsSync(folder)) return;
    this.pins.push(`${name}@${version} ${integrity}`);
    const found = new Map<string, Uint8Array>();
    let isNative = false;
    for (const file of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const relative = path.relative(folder, path.join(file.parentPath, file.name)).split(path.sep).join("/");
      if (!file.isFile() || !(ALWAYS.test(relative) || !NOT_RUN.test(relative))) continue;
      const bytes = await readFile(path.join(folder, relative));
      const isCode = isNativeCode(relative, bytes);
      isNative ||= isCode;
      if (isCode && (!isAarch64(bytes) || /musl/i.test(relative))) continue;
      if (isCode) this.#built.add(name);
      this.#count(bytes.length);
      found.set(relative, bytes);
    }
    for (const [relative, bytes] of found) {
      const isManifest = isNative && relative === "package.json";
      this.entries[`node_modules/${name}/${relative}`] = isManifest ? forArm64(bytes) : bytes;
    }
  }

  /** Whether a package, or one that it needs, has code for arm64. */
  runsOnArm64(name: string, packages: ReadonlyMap<string, TravellingPackage>, seen = new Set<string>()): boolean {
    const travelling = packages.get(name);
    if (travelling === undefined || seen.has(name)) return false;
    seen.add(name);
    const { dependencies, optionalDependencies } = travelling.entry;
    const needed = Object.keys({ ...dependencies, ...optionalDependencies });
    return this.#built.has(name) || needed.some((other) => this.runsOnArm64(other, packages, seen));
  }

  #count(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes <= this.most) return;
    throw new CannotRunError(
      "ArchiveTooLarge",
      `packages with native code take more than the ${this.most} bytes that a function may have unpacked`,
    );
  }
}

/** A package.json that says what is left of its package, as those of packages for one processor do. */
export function forArm64(manifest: Uint8Array): Uint8Array {
  const fields: unknown = JSON.parse(Buffer.from(manifest).toString("utf8"));
  return Buffer.from(JSON.stringify({ ...(fields as object), os: ["linux"], cpu: ["arm64"] }));
}
