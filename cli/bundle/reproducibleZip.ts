import { type Zippable, zipSync } from "fflate";

/** Permissions of an entry: readable by the function's user, as Lambda requires. */
const READABLE = 0o100644 << 16;

/**
 * Packs files into a zip archive that has the same bytes on every machine: entries sorted, times and permissions
 * fixed, compression by a pinned library and not by the host's zlib.
 * @param entries contents by path inside the archive
 */
export function reproducibleZip(entries: Readonly<Record<string, Uint8Array>>): Uint8Array {
  // Zip stores local time, and none earlier; a fixed one keeps the archive's bytes the same on every machine.
  const mtime = new Date(1980, 0, 1);
  const sorted: Zippable = {};
  for (const key of Object.keys(entries).sort()) {
    sorted[key] = [entries[key] ?? new Uint8Array(), { level: 9, mtime, os: 3, attrs: READABLE }];
  }
  return zipSync(sorted);
}
