import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import { NEWEST } from "./lanes";

/** What a step of a lane could not do. */
export class LaneError extends Error {}

/** What mocha counted. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: readonly string[];
  readonly seconds: number;
}

const Report = z.object({
  stats: z.object({ passes: z.number(), duration: z.number() }),
  failures: z.array(z.object({ fullTitle: z.string(), err: z.object({ message: z.string().optional() }) })),
});

/**
 * Installs a version of Node.js from npm, where each platform's is a package of its own.
 * @returns path of the program
 */
export function installNode(version: string, folder: string): string {
  const platform = process.platform === "win32" ? "win" : process.platform;
  const name = `node-${platform}-${process.arch}`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "package.json"), "{}");
  run("npm", ["install", "--no-audit", "--no-fund", "--no-save", `${name}@${version}`], folder);
  return path.join(folder, "node_modules", name, "bin", "node");
}

/** Copies what is or will be committed, and installs the newest packages of Pulumi there. */
export function newestCopy(root: string, folder: string, node: string): void {
  const listed = run("git", ["ls-files", "--cached", "--others", "--exclude-standard"], root);
  // What was deleted and not yet committed is still listed.
  for (const file of listed.split("\n").filter((name) => name !== "" && existsSync(path.join(root, name)))) {
    cpSync(path.join(root, file), path.join(folder, file), { force: true, recursive: true });
  }
  // Tests of the pages ask git which files there are.
  run("git", ["init", "--quiet"], folder);
  // What was fetched for other processors is the same for every version.
  symlinkSync(path.join(root, ".build"), path.join(folder, ".build"));
  run("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", ...NEWEST], folder, node);
}

/** Builds a folder whole, as `npm ci` builds a checkout. */
export function build(folder: string, node: string): void {
  run(node, ["--import", "tsx", "build/main.ts"], folder, node);
}

/** Type-checks a folder. */
export function typeCheck(folder: string, node: string): void {
  run(node, ["node_modules/typescript/bin/tsc", "--noEmit"], folder, node);
}

/** Processes that run tests at once, as `npm test` has them. */
const JOBS = 3;

/** Runs tests of a folder by a version of Node.js. */
export function runTests(folder: string, node: string, specs: readonly string[], report: string): TestCounts {
  const mocha = ["node_modules/mocha/bin/mocha.js", "--no-config", "--node-option", "import=tsx", "--recursive"];
  const required = ["compiled/compileSources.ts", "propertyReports.ts"].flatMap((file) => [
    "--require",
    `./test/${file}`,
  ]);
  const atOnce = ["--parallel", "--jobs", String(JOBS)];
  const output = ["--reporter", "json", "--reporter-option", `output=${report}`];
  const args = [...mocha, ...required, ...atOnce, "--extension", "test.ts", "--timeout", "180000", ...output, ...specs];
  const { status, stderr } = spawnSync(node, args, {
    cwd: folder,
    encoding: "utf8",
    env: environment(node),
    maxBuffer: 2 ** 28,
  });
  let text: string;
  try {
    text = readFileSync(report, "utf8");
  } catch {
    throw new LaneError(`mocha ended with ${status} and no report: ${stderr.slice(-2000)}`);
  }
  const { stats, failures } = Report.parse(JSON.parse(text));
  return {
    passed: stats.passes,
    failed: failures.map(({ fullTitle, err }) => `${fullTitle}: ${bothEnds(err.message ?? "")}`),
    seconds: stats.duration / 1000,
  };
}

/** A long message without its middle: what was expected stands at its beginning, what a property met at its end. */
function bothEnds(message: string): string {
  return message.length <= 1600 ? message : `${message.slice(0, 800)}\n…\n${message.slice(-800)}`;
}

/** Version of an installed package. */
export function installedVersion(folder: string, name: string): string {
  const manifest: unknown = JSON.parse(readFileSync(path.join(folder, "node_modules", name, "package.json"), "utf8"));
  return z.object({ version: z.string() }).parse(manifest).version;
}

/** Runs a program to its end and returns what it printed. */
export function run(program: string, args: readonly string[], cwd: string, node?: string): string {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd,
    encoding: "utf8",
    env: node === undefined ? process.env : environment(node),
    maxBuffer: 2 ** 28,
  });
  if (status !== 0)
    throw new LaneError(`${program} ${args.join(" ")} ended with ${status}: ${`${stdout}${stderr}`.slice(-2000)}`);
  return stdout;
}

/** Environment in which a version of Node.js is what every program finds. */
function environment(node: string): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env["PATH"] ?? ""}` };
}
