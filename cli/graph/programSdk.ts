import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { CannotRunError } from "../../contracts/cannotRunError";
import type { Project } from "./project";

/**
 * Finds the runner of the program's own `@pulumi/pulumi`, so that it runs with the version it was written for.
 * @returns path of a file for `node`
 * @throws CannotRunError `DependenciesMissing` when what the program's package.json asks for is not installed
 */
export function findRunner(project: Project): string {
  const missing = missingDependencies(project.workingDirectory);
  if (missing.length > 0) throw dependenciesMissing(project, missing);
  const sdk = findPackage(project.workingDirectory, "@pulumi/pulumi");
  if (sdk === undefined) throw dependenciesMissing(project, ["@pulumi/pulumi"]);
  return join(sdk, "cmd", "run", "index.js");
}

/**
 * Folder of a package as Node would find it from a folder, or undefined.
 * Only folders are looked at: a package's `exports` may hide its files from `require.resolve`.
 */
export function findPackage(from: string, name: string): string | undefined {
  for (const folder of ancestors(from)) {
    const candidate = join(folder, "node_modules", name);
    if (existsSync(join(candidate, "package.json"))) return realpathSync(candidate);
  }
  return undefined;
}

/** A folder and those above it, nearest first. */
export function ancestors(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestors(parent)];
}

function missingDependencies(folder: string): string[] {
  const manifest = ancestors(folder).find((candidate) => existsSync(join(candidate, "package.json")));
  // Yarn's Plug'n'Play has no node_modules at all.
  if (manifest === undefined || existsSync(join(manifest, ".pnp.cjs"))) return [];
  return declaredDependencies(join(manifest, "package.json")).filter((name) => !findPackage(folder, name));
}

function declaredDependencies(file: string): string[] {
  const content: unknown = JSON.parse(readFileSync(file, "utf8"));
  if (typeof content !== "object" || content === null || !("dependencies" in content)) return [];
  const { dependencies } = content;
  return typeof dependencies === "object" && dependencies !== null ? Object.keys(dependencies) : [];
}

function dependenciesMissing(project: Project, missing: readonly string[]): CannotRunError {
  const shown = missing.length > 5 ? [...missing.slice(0, 5), `${missing.length - 5} more`] : missing;
  return new CannotRunError(
    "DependenciesMissing",
    `${project.workingDirectory} is not installed: ${shown.join(", ")} not found; run npm install there first`,
  );
}
