import { existsSync } from "node:fs";
import path from "node:path";

/**
 * Folders where a function's process finds packages that its archive does not have for this host: the program's own
 * node_modules, then this package's, and beside each what a build fetched for this host instead of installing it.
 */
export function nodePath(program: string): string {
  const folders = [program, __dirname]
    .flatMap(ancestors)
    .flatMap((folder) => [path.join(folder, "node_modules"), path.join(folder, ".build", "node_modules")]);
  return [...new Set(folders)].filter((folder) => existsSync(folder)).join(path.delimiter);
}

function ancestors(folder: string): string[] {
  const above = path.dirname(folder);
  return above === folder ? [folder] : [folder, ...ancestors(above)];
}
