import { printGiven } from "../../contracts/problems";
import { ArchiveError } from "./archiveError";
import type { ArchiveLimits } from "./archiveLimits";

/** Characters that a path must not have: control characters, and the slash of Windows. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the purpose
const FORBIDDEN = /[\u0000-\u001f\u007f\\]/;

/**
 * The names on the way to an entry, below the folder that the archive is unpacked to; empty for that folder itself.
 * `./` at the beginning and slashes at the end of a folder's name are what tar programs write, and are dropped;
 * nothing else is repaired.
 * @throws ArchiveError UnsafeName, TooLarge
 */
export function entryPath(name: string, isFolder: boolean, limits: ArchiveLimits): readonly string[] {
  const refuse = (why: string): never => {
    throw new ArchiveError("UnsafeName", `entry ${printGiven(name)} ${why}`);
  };
  if (name === "") refuse("has no name");
  if (FORBIDDEN.test(name)) refuse("has a backslash or a control character in its name");
  if (name.startsWith("/") || /^[A-Za-z]:/.test(name)) refuse("has an absolute path");
  let relative = name.replace(/^(\.\/)+/, "");
  if (isFolder) relative = relative.replace(/\/+$/, "");
  if (relative === "" || relative === ".") {
    if (!isFolder) refuse("is the folder itself, and no file");
    return [];
  }
  const names = relative.split("/");
  if (names.includes("..")) refuse("leads out of its folder");
  if (names.includes("") || names.includes(".")) refuse("has an empty name or a dot in its path");
  const long = names.find((part) => Buffer.byteLength(part) > limits.nameBytes);
  if (long !== undefined || Buffer.byteLength(relative) > limits.pathBytes) {
    throw new ArchiveError(
      "TooLarge",
      `entry ${printGiven(name)} has a longer path than ${limits.pathBytes} bytes, or a longer name than ${limits.nameBytes}`,
    );
  }
  if (names.length > limits.depth) {
    throw new ArchiveError("TooLarge", `entry ${printGiven(name)} is deeper than ${limits.depth} levels`);
  }
  return names;
}
