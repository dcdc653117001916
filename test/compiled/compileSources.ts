import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { COMPILED_VARIABLE } from "./sourceArguments";

const ROOT = path.resolve(__dirname, "../..");

/** Folders whose modules tests run in processes of their own. */
const FOLDERS = [
  "bench",
  "cli",
  "clients",
  "components",
  "containers",
  "contracts",
  "derived",
  "fleet",
  "functions",
  "policy",
  "stacks",
  "test",
];

/** Sources alone: no types, no programs of examples, no AssemblyScript, and no test, which runs in Mocha's processes. */
const SOURCE = /(?<!\.(?:as|d|test))\.ts$/;

/**
 * Compiles the sources once for all processes that tests start. Each would otherwise load a compiler and look up every
 * module in its cache, which takes longer than most commands. Mocha calls this before the first test, in one process.
 */
export async function mochaGlobalSetup(): Promise<void> {
  // Coverage is told by the sources' lines, which tsx keeps.
  if (process.env["NODE_V8_COVERAGE"] !== undefined) return;
  const folder = mkdtempSync(path.join(tmpdir(), "frugal-ml-compiled-"));
  const entryPoints = FOLDERS.flatMap((name) =>
    readdirSync(path.join(ROOT, name), { recursive: true, encoding: "utf8" })
      .map((file) => path.join(ROOT, name, file))
      .filter((file) => SOURCE.test(file) && !file.includes(`${path.sep}node_modules${path.sep}`)),
  );
  await build({
    absWorkingDir: ROOT,
    entryPoints,
    outdir: folder,
    outbase: ROOT,
    platform: "node",
    format: "cjs",
    target: `node${process.versions.node}`,
    // What is loaded later is TypeScript too, which Node.js alone does not load.
    supported: { "dynamic-import": false },
    logLevel: "error",
  });
  process.env[COMPILED_VARIABLE] = folder;
}

/** Removes what was compiled. */
export function mochaGlobalTeardown(): void {
  const { [COMPILED_VARIABLE]: folder } = process.env;
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}
