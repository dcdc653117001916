import { mkdtempSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { type CompilerOptions, compilerOptions } from "./compilerOptions";
import { ancestors } from "./programSdk";
import type { Project } from "./project";

/** A module as it is run: JavaScript, and where in the source each part of it comes from. */
interface CompiledModule {
  readonly code: string;
  /** Source map, as JSON. */
  readonly map: string;
}

/** What Node.js tries after a path, in its order once TypeScript is among it. */
const EXTENSIONS = [".js", ".json", ".node", ".ts", ".tsx"];

/** A relative module in compiled code. */
const REQUIRED = /\brequire\("(\.{1,2}(?:\/[^"]*)?)"\)/g;

/** What esbuild tells of where it takes a module for less of a CommonJS module than TypeScript does. */
const DIFFERENCES: ReadonlySet<string> = new Set([
  "commonjs-variable-in-esm",
  "empty-import-meta",
  "this-is-undefined-in-esm",
]);

/** What makes a file an ES module, which is strict; esbuild does not say so of what it makes of it unless it is told. */
const MODULE = /(?:^|;|\*\/)\s*(?:import(?!\s*[.(])|export)\b/m;

/** A module that TypeScript leaves out where nothing but its types is used, and esbuild does not. */
const IMPORT_EQUALS = /^\s*import\s+\w+\s*=\s*require\s*\(\s*["']\./m;

/** A variable that holds a module of the program. */
const OWN_MODULE = /\b(?:const|let|var) (\w+) = (?:__toESM\()?require\("\.[^"]*"\)\)?;/g;

/** esbuild's way from CommonJS to an ES module, up to its end. */
const TO_ES_MODULE = /var __toESM = \(mod, isNodeMode, target\) => \([\s\S]*?\n\)\);/;

/**
 * A program's TypeScript as JavaScript, compiled while the program's process starts, which waits for it with the first
 * module that it needs. The compiler that the SDK would load takes a third of a second to load, and seconds to compile a
 * program for the first time.
 */
export class ProgramSources {
  readonly #folder: string;
  /** Where the process finds the modules by their paths, as JSON, as soon as all are compiled. */
  readonly file: string;

  private constructor(folder: string, entry: string, options: CompilerOptions) {
    this.#folder = folder;
    this.file = join(folder, "modules.json");
    // What cannot be compiled is not there: the program fails over it, and is then run as the engine would run it.
    void compileAll(entry, options)
      .catch(() => ({}))
      .then((modules) => this.#write(JSON.stringify(modules)));
  }

  /** Begins to compile a program; undefined where only the compiler that the SDK would load can tell how. */
  static of(project: Project): ProgramSources | undefined {
    const { typescript, nodeArguments, workingDirectory } = project;
    if (!typescript || nodeArguments.length > 0) return undefined;
    const entry = entryOf(project);
    if (entry === undefined || !isFile(entry) || isOfModules(workingDirectory)) return undefined;
    const options = compilerOptions(project);
    if (options === undefined) return undefined;
    const folder = temporaryFolder();
    return folder === undefined ? undefined : new ProgramSources(folder, entry, options);
  }

  /** Removes what was compiled. */
  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #write(text: string): void {
    const partial = `${this.file}.partial`;
    try {
      writeFileSync(partial, text);
      renameSync(partial, this.file);
    } catch {
      // Removed already: the program has ended without it.
    }
  }
}

/** The program's file of TypeScript, where that is clear without asking Node.js. */
function entryOf({ workingDirectory, entryPoint }: Project): string | undefined {
  if (entryPoint.endsWith(".ts")) return join(workingDirectory, entryPoint);
  if (entryPoint !== ".") return undefined;
  const manifest = manifestOf(workingDirectory);
  if (manifest === undefined || manifest.exports !== undefined) return undefined;
  const { main } = manifest;
  if (typeof main === "string") return main.endsWith(".ts") ? resolve(workingDirectory, main) : undefined;
  return moduleAt(join(workingDirectory, "index"));
}

/** Whether the nearest manifest says that files of JavaScript are ES modules. */
function isOfModules(folder: string): boolean {
  const nearest = ancestors(folder).find((candidate) => isFile(join(candidate, "package.json")));
  return nearest !== undefined && manifestOf(nearest)?.type === "module";
}

/** A folder of its own; undefined where none can be made, and nothing compiled can be handed over. */
function temporaryFolder(): string | undefined {
  try {
    return mkdtempSync(join(tmpdir(), "frugal-ml-sources-"));
  } catch {
    return undefined;
  }
}

function manifestOf(folder: string): { type?: unknown; main?: unknown; exports?: unknown } | undefined {
  try {
    const content: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return typeof content === "object" && content !== null ? content : undefined;
  } catch {
    return undefined;
  }
}

/** A module and all TypeScript that it loads by relative paths. */
async function compileAll(entry: string, options: CompilerOptions): Promise<Record<string, CompiledModule>> {
  const { transform } = await import("esbuild");
  const modules: Record<string, CompiledModule> = {};
  const seen = new Set<string>();
  const compile = async (path: string): Promise<void> => {
    // As Node.js names modules.
    const file = realpathSync(path);
    if (seen.has(file)) return;
    seen.add(file);
    const source = readFileSync(file, "utf8");
    const { code, map, warnings } = await transform(source, {
      loader: "ts",
      format: "cjs",
      platform: "node",
      target: `node${process.versions.node}`,
      supported: { "dynamic-import": options.dynamicImport },
      sourcefile: file,
      sourcemap: "external",
      sourcesContent: false,
      logOverride: { "this-is-undefined-in-esm": "warning" },
      tsconfigRaw: JSON.stringify({
        compilerOptions: {
          ...options.options,
          ...((options.allModules || MODULE.test(source)) && { alwaysStrict: true }),
        },
      }),
    });
    if (warnings.some(({ id }) => DIFFERENCES.has(id)) || IMPORT_EQUALS.test(source) || usesWholeModules(code)) {
      throw new Error(`${file} may mean something else to TypeScript`);
    }
    modules[file] = { code: withModulesAsTypeScriptHasThem(code, options.interop), map };
    const required = [...code.matchAll(REQUIRED)].flatMap(
      ([, path = ""]) => moduleAt(resolve(dirname(file), path)) ?? [],
    );
    await Promise.all(required.map(compile));
  };
  await compile(entry);
  return modules;
}

/**
 * Whether a module of the program is used otherwise than by one of its exports' names. Their order is that of the source
 * to TypeScript, and the alphabet's to esbuild.
 */
function usesWholeModules(code: string): boolean {
  return [...code.matchAll(OWN_MODULE)].some(([declared, name]) =>
    new RegExp(`(?<![\\w$."'-])${name}(?![\\w$.:"'-])`).test(code.replace(declared, "")),
  );
}

/**
 * What an import is: TypeScript gives the module itself where esbuild gives a copy. Programs compare modules, change them,
 * and capture them in functions.
 */
function withModulesAsTypeScriptHasThem(code: string, interop: boolean): string {
  if (!code.includes("__toESM")) return code;
  if (!TO_ES_MODULE.test(code)) throw new Error("esbuild imports modules in a way that is not known");
  // Lines stay where the source map has them.
  return code.replace(TO_ES_MODULE, (copy) =>
    interop
      ? `${copy.replace("__toESM", "__copyOf")} var __toESM = (mod) => mod && mod.__esModule ? mod : __copyOf(mod, 1);`
      : `var __toESM = (mod) => mod;${copy.replaceAll(/[^\n]/g, "")}`,
  );
}

/** The TypeScript that Node.js finds at a path; undefined when that is something else, or nothing. */
function moduleAt(path: string): string | undefined {
  for (const base of [path, join(path, "index")]) {
    if (base === path && isFile(path)) return path.endsWith(".ts") ? path : undefined;
    const found = EXTENSIONS.map((extension) => base + extension).find(isFile);
    if (found !== undefined) return found.endsWith(".ts") ? found : undefined;
  }
  return undefined;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
