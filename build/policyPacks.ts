import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";
import { stringify } from "yaml";
import * as z from "zod";
import { packs } from "../policy/packs";

/** Where the packs are built, from the repository's root: each a folder that `pulumi policy publish` takes. */
export const BUILT_PACKS = "dist/policy-packs";

/** What a built pack needs beside itself. */
const DEPENDENCIES = ["@pulumi/policy", "@pulumi/pulumi"] as const;

/** What is published; the engine reads the project file of a pack that it downloaded. */
const FILES = ["index.js", "PulumiPolicy.yaml"] as const;

const Manifest = z.object({
  name: z.string(),
  version: z.string(),
  description: z.string(),
  license: z.string(),
});
const Versions = z.object({ dependencies: z.record(z.string(), z.string()) });

/**
 * Builds each policy pack into a folder of its own: one file with its rules and all that they share with other packs, a
 * manifest with the dependencies that remain at the versions of this repository, and the project file. The sources of a
 * pack run by path as they are, but reach outside their folder, which publishing packs alone.
 * @param root the repository
 * @param folder where to, absolute; `BUILT_PACKS` of the repository by default
 * @returns the packs' folders by name
 */
export async function buildPolicyPacks(
  root: string,
  folder: string = path.join(root, BUILT_PACKS),
): Promise<ReadonlyMap<string, string>> {
  const { dependencies } = Versions.parse(JSON.parse(await readFile(path.join(root, "package.json"), "utf8")));
  const built = Object.keys(packs).map(async (pack) => {
    const [source, target] = [path.join(root, "policy", pack), path.join(folder, pack)];
    const manifest = Manifest.parse(JSON.parse(await readFile(path.join(source, "package.json"), "utf8")));
    await mkdir(target, { recursive: true });
    await build({
      absWorkingDir: root,
      entryPoints: [path.join(source, "index.ts")],
      outfile: path.join(target, "index.js"),
      bundle: true,
      external: [...DEPENDENCIES],
      platform: "node",
      target: "node20",
      format: "cjs",
      legalComments: "none",
      logLevel: "warning",
    });
    const needed = Object.fromEntries(DEPENDENCIES.map((name) => [name, dependencies[name]]));
    const written = { ...manifest, private: true, main: "index.js", files: FILES, dependencies: needed };
    await writeFile(path.join(target, "package.json"), `${JSON.stringify(written, null, 2)}\n`);
    const project = {
      runtime: { name: "nodejs", options: { typescript: false } },
      version: manifest.version,
      description: manifest.description,
    };
    await writeFile(path.join(target, "PulumiPolicy.yaml"), stringify(project));
    return [pack, target] as const;
  });
  return new Map(await Promise.all(built));
}
