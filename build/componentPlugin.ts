import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import * as z from "zod";

/** Where the plugin is, from the repository's root: what `pulumi package add` is given. */
export const PLUGIN_FOLDER = "dist/plugin";

/**
 * Puts beside the compiled plugin what Pulumi reads before it starts it: what runs it, its name, and its schema.
 * @param root the repository
 */
export async function buildComponentPlugin(root: string): Promise<void> {
  const folder = path.join(root, PLUGIN_FOLDER);
  const manifest: unknown = JSON.parse(await readFile(path.join(root, "package.json"), "utf8"));
  const { name, version, license } = z
    .object({ name: z.string(), version: z.string(), license: z.string() })
    .parse(manifest);
  // What an earlier `pulumi package add` of this folder left is not published.
  await rm(path.join(folder, "package-lock.json"), { force: true });
  await mkdir(folder, { recursive: true });
  await copyFile(path.join(root, "components", "schema.json"), path.join(folder, "schema.json"));
  await writeFile(path.join(folder, "PulumiPlugin.yaml"), "runtime: nodejs\n");
  const own = { name, version, private: true, license, main: "main.js" };
  await writeFile(path.join(folder, "package.json"), `${JSON.stringify(own, null, 2)}\n`);
}
