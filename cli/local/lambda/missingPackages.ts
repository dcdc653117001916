import { existsSync } from "node:fs";
import path from "node:path";

/** Packages that are for one system and processor by their name: another one takes their place on another machine. */
const OF_A_PLATFORM = /-(aix|android|darwin|freebsd|linux|linuxmusl|openbsd|win32)-\w+$/;

/**
 * Which packages that were left out of an archive are not on this machine either.
 * @param left folders of packages in the archive, for example `node_modules/onnxruntime-node`
 * @param searched folders of packages, as NODE_PATH has them
 */
export function missingPackages(left: readonly string[], searched: string): readonly string[] {
  const folders = searched.split(path.delimiter);
  return left
    .map((folder) => folder.replace(/^node_modules\//, ""))
    .filter((name) => !OF_A_PLATFORM.test(name))
    .filter((name) => !folders.some((folder) => existsSync(path.join(folder, name, "package.json"))));
}
