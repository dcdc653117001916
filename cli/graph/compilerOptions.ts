import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findPackage } from "./programSdk";
import type { Project } from "./project";

/** How the SDK would have a program's TypeScript compiled, as far as it matters to what the program does. */
export interface CompilerOptions {
  /** Options of the project, over the SDK's own. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Whether modules without `__esModule` are given a default export (`esModuleInterop`). */
  readonly interop: boolean;
  /** Whether `import()` stays what it is, and does not become a `require`. */
  readonly dynamicImport: boolean;
  /** Whether a file without `import` and `export` is a module too, and so strict. */
  readonly allModules: boolean;
}

/** Formats in which a module of a CommonJS package becomes CommonJS. */
const COMMON_JS: ReadonlySet<unknown> = new Set(["commonjs", "node16", "node18", "node20", "nodenext"]);

/** What changes a program, and only the compiler itself does. */
const COMPILER_ONLY = ["emitDecoratorMetadata", "allowJs", "importHelpers", "plugins"];

/** Targets older than JavaScript's own iteration, which the compiler writes with less than it does. */
const OLD_TARGETS: ReadonlySet<unknown> = new Set(["es3", "es5"]);

/** Version of the compiler that comes with the SDK, for programs without one. Source: `@pulumi/pulumi/tsutils`. */
const SDK_VERSION = [3, 8] as const;

/**
 * Reads the options of a program of CommonJS modules; undefined where there may be more to them than one file says, or
 * where what they ask for needs the compiler.
 */
export function compilerOptions(project: Project): CompilerOptions | undefined {
  const file = join(project.workingDirectory, project.tsconfig ?? "tsconfig.json");
  const config = existsSync(file) ? readConfig(file) : {};
  if (config === undefined || "extends" in config || "ts-node" in config) return undefined;
  const given = config["compilerOptions"] ?? {};
  if (!isObject(given) || COMPILER_ONLY.some((name) => given[name] !== undefined && given[name] !== false)) {
    return undefined;
  }
  if (OLD_TARGETS.has(lowerCase(given["target"]))) return undefined;
  const version = compilerVersion(project.workingDirectory);
  const module = lowerCase(given["module"] ?? (atLeast(version, [4, 7]) ? "nodenext" : "commonjs"));
  if (!COMMON_JS.has(module)) return undefined;
  const interop = given["esModuleInterop"] ?? (module !== "commonjs" || atLeast(version, [6, 0]));
  const options = { target: "ES2020", ...habits(version), ...given, ...necessities(version) };
  const newer = module !== "commonjs";
  const allModules = newer || lowerCase(given["moduleDetection"]) === "force";
  return { options, interop: interop === true, dynamicImport: newer, allModules };
}

/** What older compilers do unless told otherwise: until 4.3 they never define fields, whatever the target. */
function habits(version: readonly [number, number]): Readonly<Record<string, unknown>> {
  return atLeast(version, [4, 3]) ? {} : { useDefineForClassFields: false };
}

/** What older compilers do in any case: until 5.0 they know the experimental decorators alone. */
function necessities(version: readonly [number, number]): Readonly<Record<string, unknown>> {
  return atLeast(version, [5, 0]) ? {} : { experimentalDecorators: true };
}

/** A file of JSON in which comments and commas before a closing bracket are allowed; undefined when it is not that. */
function readConfig(file: string): Readonly<Record<string, unknown>> | undefined {
  const outsideTexts = (text: string, what: RegExp, becomes: string): string =>
    text.replace(
      new RegExp(`("(?:\\\\.|[^"\\\\])*")|${what.source}`, "g"),
      (_, kept: string | undefined) => kept ?? becomes,
    );
  try {
    const uncommented = outsideTexts(readFileSync(file, "utf8"), /\/\/[^\n]*|\/\*[\s\S]*?\*\//, "");
    const content: unknown = JSON.parse(outsideTexts(uncommented, /,(?=\s*[}\]])/, ""));
    return isObject(content) ? content : undefined;
  } catch {
    return undefined;
  }
}

/** Of the compiler as the SDK finds it, which may lie elsewhere than the program. */
function compilerVersion(folder: string): readonly [number, number] {
  const found = findPackage(findPackage(folder, "@pulumi/pulumi") ?? folder, "typescript");
  if (found === undefined) return SDK_VERSION;
  const manifest: unknown = JSON.parse(readFileSync(join(found, "package.json"), "utf8"));
  const version = isObject(manifest) ? String(manifest["version"]) : "";
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return [major, minor];
}

function atLeast([major, minor]: readonly [number, number], [wanted, least]: readonly [number, number]): boolean {
  return major > wanted || (major === wanted && minor >= least);
}

function lowerCase(value: unknown): unknown {
  return typeof value === "string" ? value.toLowerCase() : value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
