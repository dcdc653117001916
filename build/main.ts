import { execFileSync } from "node:child_process";
import { chmodSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { buildComponentPlugin } from "./componentPlugin";
import { buildContainerPrograms } from "./containerProgram";
import { buildFunctionArchive } from "./functionArchive";
import { buildModuleHandler } from "./moduleHandler";
import { buildNewcomersModel } from "./newcomersModel";
import { linkOnnxRuntime } from "./onnxRuntime";
import { buildPolicyPacks } from "./policyPacks";

/** Folders below `functions/` that are packed. */
const FUNCTIONS = ["classify", "fleet", "normalize"];

/**
 * Builds what the sources need beside them: the functions' archives, and, unless `--functions` is given, the policy packs
 * and the compiled package in `dist/`.
 */
async function main(args: readonly string[]): Promise<void> {
  const root = path.resolve(__dirname, "..");
  for (const name of FUNCTIONS) {
    const { path: file, bytes, sha256 } = await buildFunctionArchive(root, name);
    if (args.includes("--functions")) continue;
    const size = (bytes / 1024 / 1024).toFixed(bytes < 1024 * 1024 ? 2 : 1);
    console.log(`${path.relative(root, file)}  ${size} MB  linux-arm64  sha256 ${sha256.slice(0, 12)}`);
  }
  await linkOnnxRuntime(root);
  await buildModuleHandler(root);
  await buildContainerPrograms(root);
  await buildNewcomersModel(root);
  // The local plane's processes run plain Node, so what is ours in them is compiled even where the sources run as they are.
  await build({
    absWorkingDir: root,
    entryPoints: ["cli/local/endsWithPlane.ts", "cli/local/lambda/bootstrap.ts"],
    outdir: "dist/cli/local",
    outbase: "cli/local",
    platform: "node",
    format: "cjs",
    logLevel: "warning",
  });
  if (args.includes("--functions")) return;
  await buildPolicyPacks(root);
  execFileSync(process.execPath, [require.resolve("typescript/bin/tsc"), "-p", "tsconfig.build.json"], {
    cwd: root,
    stdio: "inherit",
  });
  await buildComponentPlugin(root);
  chmodSync(path.join(root, "dist", "cli", "main.js"), 0o755);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
