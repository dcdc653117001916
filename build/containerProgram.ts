import path from "node:path";
import { build } from "esbuild";

/** Folders below `containers/` that are bundled. */
const CONTAINERS = ["forecast"];

/**
 * Bundles each container's program into one file, `dist/containers/<name>/main.js`: what its Dockerfile copies, and what
 * the local plane runs in the image's place.
 */
export async function buildContainerPrograms(root: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: CONTAINERS.map((name) => ({ in: `containers/${name}/main.ts`, out: `${name}/main` })),
    outdir: path.join("dist", "containers"),
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    // Class names reach logs and failure reasons, so they stay.
    keepNames: true,
    legalComments: "none",
    logLevel: "warning",
  });
}
