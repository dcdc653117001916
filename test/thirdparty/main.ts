import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import * as z from "zod";

const run = promisify(execFile);

const ROOT = path.resolve(__dirname, "../..");
const SOURCE = path.join(__dirname, "pack");
const PACK = "pulumi-awsguard";
const STACK = "prod";

/** Output of npm and of a check with everything that it found. */
const LARGE = { maxBuffer: 64 * 1024 * 1024 };

const Report = z.object({
  packs: z.array(z.object({ pack: z.string(), rules: z.array(z.object({ id: z.string(), enforcement: z.string() })) })),
  findings: z.array(
    z.object({
      rule: z.string(),
      pack: z.string(),
      violation: z.boolean(),
      message: z.string(),
      resource: z.object({ name: z.string() }).optional(),
    }),
  ),
});

/**
 * Runs a public policy pack that knows nothing of us, AWSGuard from npm, through `frugal-ml check --pack` on the stack
 * `prod`, and prints what it says. Ends with 0 when the pack ran and said something, whatever that is.
 */
async function main(): Promise<void> {
  const folder = await installPack();
  const { stdout } = await run(
    process.execPath,
    [
      ...["--import", "tsx", path.join(ROOT, "cli", "main.ts"), "check", "--stack", STACK],
      ...["--pack", folder, "--format", "json", "--fail-on", "never"],
    ],
    { cwd: ROOT, ...LARGE },
  );
  const { packs, findings } = Report.parse(JSON.parse(stdout));
  const ran = packs.find(({ pack }) => pack === PACK);
  const enforced = ran?.rules.filter(({ enforcement }) => enforcement === "advisory") ?? [];
  if (enforced.length === 0) throw new Error(`${PACK} did not run with the levels that it gives itself.`);
  const verdicts = findings.filter(({ pack }) => pack === PACK);
  for (const { rule, resource, message, violation } of verdicts) {
    console.log(`${violation ? "violation" : "note"} ${rule} ${resource?.name ?? "stack"}: ${message}`);
  }
  // The stack has buckets without access logs, which this pack has always had a rule for.
  if (verdicts.length === 0) throw new Error(`${PACK} said nothing of the stack ${STACK}.`);
  console.log(`${PACK}: ${ran?.rules.length} policies, ${verdicts.length} findings on the stack ${STACK}`);
}

/** @returns the pack's folder, installed once and again when its sources change */
async function installPack(): Promise<string> {
  const folder = path.join(ROOT, ".build", "thirdparty");
  const stamp = path.join(folder, "installed.json");
  const manifest = await readFile(path.join(SOURCE, "package.json"), "utf8");
  const installed = existsSync(stamp) && (await readFile(stamp, "utf8")) === manifest;
  if (!installed) await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await cp(SOURCE, folder, { recursive: true });
  if (installed) return folder;
  // Installation scripts download providers' plugins, which a check does not need.
  await run("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts"], { cwd: folder, ...LARGE });
  await writeFile(stamp, manifest);
  return folder;
}

main().catch((error: unknown) => {
  console.error("test:thirdparty:", error);
  process.exitCode = 1;
});
