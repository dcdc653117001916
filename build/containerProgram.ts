import path from "node:path";
import { build } from "esbuild";

/** Files below `containers/` that are bundled; what one loads only when it needs it is the other. */
const PROGRAMS = ["forecast/main", "forecast/publish", "forecast/serve/serve", "forecast/serve/modelThread"];

/**
 * Bundles each container's program into `dist/containers/<name>/`: what its Dockerfile copies, and what the local plane
 * runs in the image's place.
 */
export async function buildContainerPrograms(root: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: PROGRAMS.map((name) => `containers/${name}.ts`),
    outbase: "containers",
    outdir: path.join("dist", "containers"),
    external: ["./publish.js", "./serve/serve.js"],
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    // As `require`: `import` of a CommonJS file reads all of it once more for its names, a quarter of a second of publish's.
    supported: { "dynamic-import": false },
    // Class names reach logs and failure reasons, so they stay.
    keepNames: true,
    legalComments: "none",
    logLevel: "warning",
  });
}
