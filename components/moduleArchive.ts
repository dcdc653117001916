import { readFileSync } from "node:fs";
import path from "node:path";
import { unzipSync } from "fflate";
import { isModuleManifest, ModuleArchive, type ModuleManifest, moduleHash } from "../contracts/moduleTransformation";
import { printGiven } from "../contracts/problems";
import type { CheckedInputs } from "./checkedInputs";

/** A module as its archive has it. */
export interface PackedModule {
  /** Absolute path of the archive. */
  readonly file: string;
  readonly manifest: ModuleManifest;
}

/**
 * Reads the archive that `frugal-ml bundle` wrote, so that its module's name is known at preview.
 * @param code path of the archive, from the program's working directory
 * @returns undefined when it is not such an archive, which is then a problem of `code`
 */
export function moduleArchive(code: string, checks: CheckedInputs): PackedModule | undefined {
  const file = path.resolve(code);
  try {
    const wanted: readonly string[] = Object.values(ModuleArchive);
    const entries = unzipSync(readFileSync(file), { filter: ({ name }) => wanted.includes(name) });
    const manifest: unknown = JSON.parse(Buffer.from(entries[ModuleArchive.Manifest] ?? []).toString("utf8"));
    const packed = entries[ModuleArchive.Module];
    if (
      isModuleManifest(manifest) &&
      packed &&
      entries[ModuleArchive.Handler] &&
      moduleHash(packed) === manifest.module
    )
      return { file, manifest };
  } catch {
    // Not there, no archive, or one of something else: named below.
  }
  checks.add([
    { property: "code", given: printGiven(code), allowed: "path of an archive that `frugal-ml bundle` wrote" },
  ]);
  return undefined;
}
