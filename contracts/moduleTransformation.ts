import { createHash } from "node:crypto";
import { InvalidInputError, type Problem, printGiven } from "./problems";

/** What a module's function answers. */
export interface ModuleResult {
  /** The transformed object. */
  readonly bytes: Uint8Array;
  /** MIME type of the bytes. */
  readonly contentType: string;
  /**
   * Further metadata of the answer, without `x-amz-meta-`: names of lower-case letters, digits and hyphens that do not
   * begin with `frugal-ml-`, values of printable ASCII, 2 KB in all.
   */
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * The one function that a module exports, under the name `transform`. The same bytes and options must always give the
 * same answer: the ETag says so.
 * @param bytes the original object, whole, at most {@link MAX_MODULE_ORIGINAL_BYTES}
 * @param options what the access point was given as `moduleOptions`; an empty object by default. A copy of its own
 * @throws to answer 400 with a code of its own, an Error with a `code` such as `MissingColumn`: see {@link MODULE_CODE}.
 *   Anything else that is thrown answers 500 with `ModuleFailed`
 */
export type ModuleTransform = (bytes: Uint8Array, options: unknown) => Promise<ModuleResult>;

/** Most bytes of an original that a module is given: as for images, 32 MiB. */
export const MAX_MODULE_ORIGINAL_BYTES = 32 * 1024 * 1024;

/**
 * Codes by which a module refuses an object: words joined in the manner of S3, with a capital letter first, 3 to 64
 * letters and digits. So codes of Node.js (`ENOENT`, `ERR_INVALID_ARG_TYPE`) are not mistaken for refusals.
 */
export const MODULE_CODE = /^(?=.*[a-z])[A-Z][A-Za-z0-9]{2,63}$/;

/** Names of the files in a module's archive. */
export const ModuleArchive = {
  /** The function's handler: the same for every module. */
  Handler: "index.js",
  /** The bundled module, in CommonJS. */
  Module: "module.js",
  /** {@link ModuleManifest} as JSON. */
  Manifest: "frugal-ml.json",
} as const;

/** What a module's archive says of itself. */
export interface ModuleManifest {
  /** Format of the archive. */
  readonly version: 1;
  /** Twelve hexadecimal digits: SHA-256 of the bundled module. */
  readonly module: string;
  /** Name of the module's file, for people. */
  readonly name: string;
}

/** Which module does what to an object while it is read. */
export interface ModuleTransformation {
  /** Twelve hexadecimal digits that name the module's code. */
  readonly module: string;
  /** A JSON value, passed on to the module. */
  readonly options: unknown;
}

/** Most characters of a module's canonical options: Lambda's variables share 4 KB. */
export const MAX_MODULE_OPTIONS = 2048;

/** Name of a bundled module, by its content. */
export function moduleHash(code: Uint8Array): string {
  return createHash("sha256").update(code).digest("hex").slice(0, 12);
}

/** Whether a value read from an archive is a {@link ModuleManifest}. */
export function isModuleManifest(value: unknown): value is ModuleManifest {
  if (typeof value !== "object" || value === null) return false;
  const { version, module, name } = value as Partial<Record<keyof ModuleManifest, unknown>>;
  return version === 1 && typeof module === "string" && /^[0-9a-f]{12}$/.test(module) && typeof name === "string";
}

/** Problems of options given as JSON text; an empty list when they can be used. */
export function moduleOptionsProblems(text: string, property = "moduleOptions"): Problem[] {
  const allowed = `JSON of at most ${MAX_MODULE_OPTIONS} characters`;
  try {
    if (canonicalJson(JSON.parse(text)).length <= MAX_MODULE_OPTIONS) return [];
  } catch {
    // Not JSON: named below.
  }
  return [{ property, given: printGiven(text), allowed }];
}

/**
 * A module's transformation from options as JSON text.
 * @throws InvalidInputError when they are no JSON, or too long
 */
export function parseModuleOptions(module: string, text = "{}"): ModuleTransformation {
  const problems = moduleOptionsProblems(text);
  if (problems.length > 0) throw new InvalidInputError("transformation", problems);
  return { module, options: JSON.parse(text) };
}

/** The one spelling of a module's transformation: the keys of its options in alphabetical order. */
export function canonicalModuleTransformation({ module, options }: ModuleTransformation): string {
  return canonicalJson({ module, options });
}

/**
 * The options of what {@link canonicalModuleTransformation} wrote. The module is not compared: whoever transforms does
 * it by the code it has, and names that in the hash.
 * @returns an empty object for an empty text
 * @throws SyntaxError when it is no JSON; InvalidInputError when it is not an object with `options`
 */
export function parseCanonicalModuleOptions(text: string): unknown {
  if (text === "" || text === "{}") return {};
  const value: unknown = JSON.parse(text);
  if (typeof value === "object" && value !== null && "options" in value) return value.options;
  throw new InvalidInputError("transformation", [
    { property: "options", given: printGiven(value), allowed: "an object with module and options" },
  ]);
}

/** Twelve hexadecimal digits, as of an image's transformation; they change with the module's code and its options. */
export function moduleTransformationHash(transformation: ModuleTransformation): string {
  return createHash("sha256").update(canonicalModuleTransformation(transformation)).digest("hex").slice(0, 12);
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
