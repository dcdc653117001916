import { existsSync, statSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { isBuiltin } from "node:module";
import path from "node:path";
import { type BuildResult, build } from "esbuild";
import { CannotRunError } from "../../contracts/cannotRunError";
import { ModuleArchive, type ModuleManifest, moduleHash } from "../../contracts/moduleTransformation";
import { reproducibleZip } from "./reproducibleZip";

/** What {@link bundleModule} made. */
export interface BundledModule {
  /** Path of the archive. */
  readonly file: string;
  /** Twelve hexadecimal digits that name the module's code. */
  readonly module: string;
  readonly bytes: number;
}

/**
 * Bundles a team's module, with all that it imports, into the archive of a function for Lambda on arm64, and writes
 * it. The same sources give the same archive to the byte.
 * @param source path of the module, TypeScript or JavaScript, which exports `transform`: see `ModuleTransform`
 * @param file path of the archive
 * @throws CannotRunError when the module does not exist, does not bundle, exports no `transform`, or needs a native
 *   package; and when the archive cannot be written
 */
export async function bundleModule(source: string, file: string): Promise<BundledModule> {
  const entry = path.resolve(source);
  if (!existsSync(entry) || !statSync(entry).isFile()) {
    throw new CannotRunError("MissingModule", `${source} is not a file; give the module that exports transform`);
  }
  const code = await bundle(entry, source);
  const module = moduleHash(code);
  const manifest: ModuleManifest = { version: 1, module, name: path.basename(entry) };
  const archive = reproducibleZip({
    [ModuleArchive.Handler]: await readFile(handlerFile()),
    [ModuleArchive.Module]: code,
    [ModuleArchive.Manifest]: Buffer.from(`${JSON.stringify(manifest)}\n`),
  });
  try {
    await mkdir(path.dirname(path.resolve(file)), { recursive: true });
    await writeFile(file, archive);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CannotRunError("ArchiveNotWritten", `${file} cannot be written: ${reason}`, { cause });
  }
  return { file, module, bytes: archive.length };
}

async function bundle(entry: string, source: string): Promise<Uint8Array> {
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
      // It finds its native part while it runs, so a bundle of it would fail only then.
      external: ["sharp"],
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
    .filter(({ external, path: imported }) => external && !isBuiltin(imported))
    .map(({ path: imported }) => imported);
  if (loose.length > 0) {
    throw new CannotRunError(
      "ModuleDoesNotBundle",
      `${source} requires ${loose.join(", ")}, which does not bundle: only JavaScript does`,
    );
  }
  const [output] = result.outputFiles;
  if (output === undefined) throw new CannotRunError("ModuleDoesNotBundle", `${source}: esbuild gave no bundle`);
  return output.contents;
}

/** The function around the module. The sources lie beside dist/, the compiled package inside it. */
function handlerFile(): string {
  const name = "functions/normalize-module.js";
  const candidates = ["../../dist", "../.."].map((folder) => path.join(__dirname, folder, name));
  const found = candidates.find((candidate) => existsSync(candidate));
  if (found === undefined) throw new CannotRunError("NotBuilt", `${name} is missing: run "npm run build"`);
  return found;
}
