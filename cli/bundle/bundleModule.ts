import { existsSync, statSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { isBuiltin } from "node:module";
import path from "node:path";
import { type BuildResult, build, type Plugin } from "esbuild";
import { CannotRunError } from "../../contracts/cannotRunError";
import { ModuleArchive, type ModuleManifest, moduleHash } from "../../contracts/moduleTransformation";
import { SERVICE_LIMITS } from "../../contracts/serviceLimits";
import { Lockfile } from "./lockfile";
import { isNativePackage, nativePackages, type PackedLimits, packageFolder } from "./nativePackages";
import { reproducibleZip } from "./reproducibleZip";

/** What {@link bundleModule} made. */
export interface BundledModule {
  /** Path of the archive. */
  readonly file: string;
  /** Twelve hexadecimal digits that name the module's code. */
  readonly module: string;
  readonly bytes: number;
  /** Names and versions of the packages with native code that travel with it, and of what they need. */
  readonly packages: readonly string[];
}

/**
 * Bundles a team's module, with all that it imports, into the archive of a function for Lambda on arm64, and writes
 * it. Packages with native code lie beside the module, as npm delivers them for linux-arm64. The same sources and lock file
 * give the same archive to the byte.
 * @param source path of the module, TypeScript or JavaScript, which exports `transform`: see `ModuleTransform`
 * @param file path of the archive
 * @param limits what Lambda takes, in bytes
 * @throws CannotRunError when the module does not exist, does not bundle or exports no `transform`; as `nativePackages`;
 *   when the archive is larger than Lambda takes, or cannot be written
 */
export async function bundleModule(
  source: string,
  file: string,
  limits: PackedLimits = SERVICE_LIMITS.lambda,
): Promise<BundledModule> {
  const entry = path.resolve(source);
  if (!existsSync(entry) || !statSync(entry).isFile()) {
    throw new CannotRunError("MissingModule", `${source} is not a file; give the module that exports transform`);
  }
  const lock = Lockfile.above(path.dirname(entry));
  const native = new Map<string, string>();
  const bundled = await bundle(entry, source, native, lock);
  const { entries, pins } = await nativePackages(native, lock, limits);
  // In the code, so that the module's name changes with them.
  const code = Buffer.concat([Buffer.from(pins.map((pin) => `// ${pin}\n`).join("")), bundled]);
  const module = moduleHash(code);
  const manifest: ModuleManifest = { version: 1, module, name: path.basename(entry) };
  const contents = {
    ...entries,
    [ModuleArchive.Handler]: await readFile(handlerFile()),
    [ModuleArchive.Module]: code,
    [ModuleArchive.Manifest]: Buffer.from(`${JSON.stringify(manifest)}\n`),
  };
  const archive = reproducibleZip(contents);
  assertFits(source, archive, contents, limits);
  try {
    await mkdir(path.dirname(path.resolve(file)), { recursive: true });
    await writeFile(file, archive);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CannotRunError("ArchiveNotWritten", `${file} cannot be written: ${reason}`, { cause });
  }
  return { file, module, bytes: archive.length, packages: pins.map((pin) => pin.split(" ")[0] ?? pin) };
}

function assertFits(
  source: string,
  archive: Uint8Array,
  contents: Readonly<Record<string, Uint8Array>>,
  { archiveBytes, unpackedBytes }: PackedLimits,
): void {
  const unpacked = Object.values(contents).reduce((sum, { length }) => sum + length, 0);
  if (archive.length <= archiveBytes && unpacked <= unpackedBytes) return;
  throw new CannotRunError(
    "ArchiveTooLarge",
    `${source} makes an archive of ${archive.length} bytes, ${unpacked} unpacked; allowed: ${archiveBytes}, ${unpackedBytes} unpacked`,
  );
}

/** Leaves packages with native code out of the bundle, and keeps their folders by name. */
function nativeLeftOut(native: Map<string, string>, lock: Lockfile | undefined): Plugin {
  const judged = new Map<string, boolean>();
  const isNative = (folder: string): boolean => {
    const known = judged.get(folder) ?? isNativePackage(folder, lock);
    judged.set(folder, known);
    return known;
  };
  return {
    name: "native-left-out",
    setup(build) {
      build.onResolve({ filter: /^[^./]/ }, async ({ path: wanted, pluginData, ...options }) => {
        if (pluginData === nativeLeftOut || isBuiltin(wanted)) return undefined;
        const { importer, namespace, resolveDir, kind } = options;
        const asked = { importer, namespace, resolveDir, kind, pluginData: nativeLeftOut };
        const resolved = await build.resolve(wanted, asked);
        // esbuild itself knows whether the code bears that it is not there.
        if (resolved.errors.length > 0) return undefined;
        const found = packageFolder(resolved.path);
        if (found === undefined || !isNative(found.folder)) return resolved;
        const before = native.get(found.name);
        if (before !== undefined && before !== found.folder) {
          return { errors: [{ text: `${found.name} is imported from ${before} and from ${found.folder}` }] };
        }
        native.set(found.name, found.folder);
        return { path: wanted, external: true };
      });
    },
  };
}

async function bundle(
  entry: string,
  source: string,
  native: Map<string, string>,
  lock: Lockfile | undefined,
): Promise<Uint8Array> {
  // An entry of its own makes esbuild say so when the export is missing, and keeps the module's other exports out.
  const stdin = {
    contents: `export { transform } from ${JSON.stringify(`./${path.basename(entry)}`)};`,
    resolveDir: path.dirname(entry),
  };
  let result: BuildResult<{ write: false; metafile: true }>;
  try {
    result = await build({
      absWorkingDir: path.dirname(entry),
      stdin,
      bundle: true,
      platform: "node",
      target: "node22",
      format: "cjs",
      minify: true,
      keepNames: true,
      legalComments: "none",
      plugins: [nativeLeftOut(native, lock)],
      write: false,
      metafile: true,
      logLevel: "silent",
    });
  } catch (error) {
    throw new CannotRunError("ModuleDoesNotBundle", `${source}: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
  const loose = Object.values(result.metafile.outputs)
    .flatMap(({ imports }) => imports)
    .filter(({ external, path: imported }) => external && !isBuiltin(imported) && !native.has(packageName(imported)))
    .map(({ path: imported }) => imported);
  if (loose.length > 0) {
    throw new CannotRunError("ModuleDoesNotBundle", `${source} requires ${loose.join(", ")}, which is not installed`);
  }
  const [output] = result.outputFiles;
  if (output === undefined) throw new CannotRunError("ModuleDoesNotBundle", `${source}: esbuild gave no bundle`);
  return output.contents;
}

/** Name of the package of an import, which may be of a file in it. */
function packageName(imported: string): string {
  return imported
    .split("/")
    .slice(0, imported.startsWith("@") ? 2 : 1)
    .join("/");
}

/** The function around the module. The sources lie beside dist/, the compiled package inside it. */
function handlerFile(): string {
  const name = "functions/normalize-module.js";
  const candidates = ["../../dist", "../.."].map((folder) => path.join(__dirname, folder, name));
  const found = candidates.find((candidate) => existsSync(candidate));
  if (found === undefined) throw new CannotRunError("NotBuilt", `${name} is missing: run "npm run build"`);
  return found;
}
