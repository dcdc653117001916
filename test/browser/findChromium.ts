import { accessSync, constants } from "node:fs";
import path from "node:path";

/** Names under which systems install Chromium or Chrome. */
const NAMES = ["chromium", "chromium-browser", "google-chrome"];

/** Path of a Chromium of this machine: what CHROMIUM_PATH says, or the first on PATH; undefined when there is none. */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const given = environment["CHROMIUM_PATH"];
  if (given !== undefined && given !== "") return isProgram(given) ? given : undefined;
  const folders = (environment["PATH"] ?? "").split(path.delimiter).filter((folder) => folder !== "");
  return NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name))).find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
