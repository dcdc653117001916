import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { findPulumi } from "../engine/pulumiCli";

const run = promisify(execFile);

/** Languages that Pulumi generates packages for, and the program that it needs on PATH for each. */
const GENERATORS = {
  nodejs: "pulumi-language-nodejs",
  python: "pulumi-language-python",
  go: "pulumi-language-go",
};

/**
 * Has Pulumi start the plugin, ask it for its schema, and generate packages of it, and says what was not tried.
 * @param plugin folder that `pulumi package add` is given
 * @throws Error when a generator fails, or makes nothing
 */
export async function generateSdks(plugin: string, print: (line: string) => void): Promise<void> {
  const pulumi = findPulumi();
  if (pulumi === undefined) {
    print("packages for other languages were NOT generated: pulumi is not on PATH");
    return;
  }
  const folder = await mkdtemp(path.join(tmpdir(), "frugal-ml-sdks-"));
  const env = { ...process.env, PULUMI_HOME: path.join(folder, "home"), PULUMI_SKIP_UPDATE_CHECK: "true" };
  try {
    for (const [language, generator] of Object.entries(GENERATORS)) {
      if (findPulumi(process.env["PATH"], generator) === undefined) {
        print(`package for ${language} was NOT generated: ${generator} is not on PATH`);
        continue;
      }
      const out = path.join(folder, "sdks");
      const started = performance.now();
      await run(pulumi, ["package", "gen-sdk", plugin, "--language", language, "--out", out], { env });
      const files = await readdir(path.join(out, language), { recursive: true });
      if (files.length === 0) throw new Error(`the package for ${language} is empty`);
      print(`package for ${language}: ${files.length} files (${((performance.now() - started) / 1000).toFixed(1)} s)`);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
