import { readFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod/mini";
import {
  isModuleManifest,
  MAX_MODULE_ORIGINAL_BYTES,
  MODULE_CODE,
  ModuleArchive,
  moduleTransformationHash,
  parseCanonicalModuleOptions,
} from "../../contracts/moduleTransformation";
import { NORMALIZE_ERRORS, NormalizeError } from "./errors";
import type { ParseTransformer, Transformed, Transformer } from "./transformer";

/** Most bytes of user metadata that S3 keeps (docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html). */
const MAX_METADATA_BYTES = 2048;

const PRINTABLE = /^[\x20-\x7e]*$/;

const Metadata = z
  .record(z.string().check(z.regex(/^(?!frugal-ml-)[a-z0-9][a-z0-9-]{0,63}$/)), z.string().check(z.regex(PRINTABLE)))
  .check(z.refine((entries) => Object.entries(entries).flat().join("").length <= MAX_METADATA_BYTES));

/** What a module must answer; anything else would break the answer's headers. */
const Result = z.object({
  bytes: z.instanceof(Uint8Array),
  contentType: z.string().check(z.regex(PRINTABLE), z.minLength(1), z.maxLength(255)),
  metadata: z.optional(Metadata),
});

/** A module as it was found when the function started. */
type LoadedModule =
  | { readonly hash: string; transform(bytes: Uint8Array, options: unknown): unknown }
  | { readonly failure: unknown };

/** Loads the module that lies in the function's archive. What it throws is kept for the answer, so that it is coded. */
export function loadModule(folder: string): LoadedModule {
  try {
    const manifest: unknown = JSON.parse(readFileSync(path.join(folder, ModuleArchive.Manifest), "utf8"));
    if (!isModuleManifest(manifest)) throw new Error(`${ModuleArchive.Manifest} is not valid`);
    const exported: unknown = require(path.join(folder, ModuleArchive.Module));
    const transform = Object(exported)["transform"] as unknown;
    if (typeof transform !== "function") throw new Error("the module exports no function transform");
    return {
      hash: manifest.module,
      transform: (bytes, options) => Reflect.apply(transform, undefined, [bytes, options]),
    };
  } catch (failure) {
    return { failure };
  }
}

/**
 * A team's own module in the place of the image transformation: with its limits, its codes, and its name in the hash.
 * @param text canonical text of a module's transformation
 * @throws NormalizeError ModuleFailed when the module could not be loaded
 */
export function moduleTransformer(loaded: LoadedModule, text: string): Transformer {
  if ("failure" in loaded) throw new NormalizeError("ModuleFailed", "It does not load.", { cause: loaded.failure });
  const options = parseCanonicalModuleOptions(text);
  const spelled = JSON.stringify(options);
  return {
    hash: moduleTransformationHash({ module: loaded.hash, options }),
    maxBytes: MAX_MODULE_ORIGINAL_BYTES,
    async transform(bytes) {
      let answered: unknown;
      try {
        // Options of its own: what a module does to them must not reach the next read.
        answered = await loaded.transform(bytes, JSON.parse(spelled));
      } catch (thrown) {
        throw refusal(thrown);
      }
      return checkedResult(answered);
    },
    standIn: async () => undefined,
  };
}

/** The coded error for what a module threw: its own code when it means to refuse the object. */
function refusal(thrown: unknown): NormalizeError {
  const { code, message } = Object(thrown) as { readonly code?: unknown; readonly message?: unknown };
  if (typeof code !== "string" || !MODULE_CODE.test(code) || isTakenCode(code)) {
    return new NormalizeError("ModuleFailed", undefined, { cause: thrown });
  }
  const detail = typeof message === "string" ? message.slice(0, 512) : undefined;
  return new NormalizeError("ModuleRefused", detail, { cause: thrown, passedOn: { code, status: 400 } });
}

/** Codes of ours that mean something other than a bad object; a module must not be mistaken for them. */
function isTakenCode(code: string): boolean {
  return Object.entries(NORMALIZE_ERRORS).some(([ours, { status }]) => ours === code && status !== 400);
}

function checkedResult(answered: unknown): Transformed {
  const { success, data, error } = Result.safeParse(answered);
  if (!success) {
    const where = error.issues.map(({ path }) => path.join(".") || "the result").join(", ");
    throw new NormalizeError("ModuleFailed", `What it answered is not allowed: ${where}.`);
  }
  const { bytes, contentType, metadata } = data;
  return { bytes, contentType, ...(metadata !== undefined && { metadata }) };
}

/** Loaded while the function starts, when its processor is not yet billed by the read. */
const packed = loadModule(__dirname);

/** @see ParseTransformer */
export const parseTransformer: ParseTransformer = (text) => moduleTransformer(packed, text);
