import { existsSync } from "node:fs";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";

/**
 * The packed code of one of the package's functions.
 * @param name folder below `functions/`, for example `normalize`
 * @param given path of an archive that takes its place
 * @throws pulumi.RunError when the archive was not built
 */
export function functionArchive(name: string, given?: string): pulumi.asset.Archive {
  if (given !== undefined) return new pulumi.asset.FileArchive(given);
  // The sources lie beside dist/, the compiled package inside it.
  const candidates = ["../dist/functions", "../functions"].map((folder) => path.join(__dirname, folder, `${name}.zip`));
  const found = candidates.find((candidate) => existsSync(candidate));
  if (found === undefined)
    throw new pulumi.RunError(`The archive of function ${name} is missing: run "npm run build".`);
  return new pulumi.asset.FileArchive(found);
}
