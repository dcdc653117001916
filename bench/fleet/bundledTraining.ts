import path from "node:path";
import { build } from "esbuild";
import { z } from "zod";
import type { trainOwn } from "./ownTraining";

const exported = z.object({ trainOwn: z.custom<typeof trainOwn>((value) => typeof value === "function") });

/**
 * Loads `ownTraining.ts` bundled as the container's program is: what runs the benchmarks compiles file by file, and then each
 * call from one file into another looks the function up.
 * @param folder that the bundle is written to
 */
export async function bundledTraining(folder: string): Promise<typeof trainOwn> {
  const outfile = path.join(folder, "ownTraining.js");
  await build({
    entryPoints: [path.join(__dirname, "ownTraining.ts")],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    keepNames: true,
    logLevel: "warning",
  });
  const loaded: unknown = require(outfile);
  return exported.parse(loaded).trainOwn;
}
