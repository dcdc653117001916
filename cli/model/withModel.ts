import { createReadStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { CannotRunError } from "../../contracts/cannotRunError";
import { ArchiveError } from "../archive/archiveError";
import { ARCHIVE_LIMITS, type ArchiveLimits } from "../archive/archiveLimits";
import { unpackArchive } from "../archive/unpackArchive";
import type { ModelFindings } from "./modelFindings";
import type { ModelFolder } from "./modelFolder";
import { notRead } from "./notRead";
import { placeStats } from "./placeStats";
import { readModelFolder } from "./readModelFolder";

/**
 * Has a model looked at: a folder, or an archive, which is unpacked beside the system's temporary files for as long as that
 * takes. An archive that is refused is a finding, and nobody looks into it.
 * @returns undefined for an archive that is refused
 * @throws CannotRunError `ModelNotFound`, `FolderNotRead`
 */
export async function withModel<T>(
  place: string,
  findings: ModelFindings,
  look: (folder: ModelFolder) => T,
  limits: ArchiveLimits = ARCHIVE_LIMITS,
): Promise<T | undefined> {
  const stats = placeStats(place);
  if (stats?.isDirectory()) return look(readModelFolder(place, limits, findings));
  if (!stats?.isFile()) throw new CannotRunError("ModelNotFound", `${place}: there is no such folder or archive`);
  const aside = mkdtempSync(path.join(tmpdir(), "frugal-ml-model-"));
  try {
    const folder = path.join(aside, "model");
    try {
      await unpackArchive(createReadStream(place), folder, limits);
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw notRead(place, error);
      findings.error(".", error.code, error.message);
      return undefined;
    }
    return look(readModelFolder(folder, limits, findings));
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}
