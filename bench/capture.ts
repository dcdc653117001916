import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { captureGraph } from "../cli/graph/captureGraph";
import { readProject } from "../cli/graph/project";
import { listStacks } from "../cli/graph/stackConfig";
import { CannotRunError } from "../contracts/cannotRunError";

/**
 * How many of a folder's programs can be read, how long each takes, and why the rest cannot. It writes nothing: the
 * programs are expected to be installed.
 *
 * @example npx tsx bench/capture.ts ../pulumi-examples @pulumi/aws
 */

/** What became of one program. */
interface Outcome {
  readonly program: string;
  readonly seconds: number;
  readonly resources: number;
  readonly placeholders: number;
  /** Code and first line of what kept it from being read; undefined when it was. */
  readonly problem?: string;
}

/** Captures that run at once. */
const CONCURRENCY = 2;

/** Seconds a program may take. */
const TIMEOUT_SECONDS = 90;

/** Longest problem shown, in characters. */
const PROBLEM_LENGTH = 200;

/** Folders at or below a folder that hold a Node.js program of Pulumi. */
function findPrograms(folder: string): string[] {
  const below = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "node_modules" && !entry.name.startsWith("."))
    .flatMap((entry) => findPrograms(join(folder, entry.name)));
  const isProgram = existsSync(join(folder, "Pulumi.yaml")) && isForNode(folder);
  return isProgram ? [folder, ...below] : below;
}

function isForNode(folder: string): boolean {
  try {
    readProject(folder);
    return true;
  } catch (error) {
    // Programs in other languages are none of ours; a Node.js program that is broken is, and shows when captured.
    return !(error instanceof CannotRunError && error.code === "RuntimeNotSupported");
  }
}

function uses(folder: string, packageName: string): boolean {
  const manifest = [folder, resolve(folder, "..")].map((at) => join(at, "package.json")).find((at) => existsSync(at));
  return manifest !== undefined && readFileSync(manifest, "utf8").includes(`"${packageName}"`);
}

async function capture(root: string, folder: string): Promise<Outcome> {
  const start = performance.now();
  const outcome = (rest: Omit<Outcome, "program" | "seconds">): Outcome => ({
    program: relative(root, folder) || ".",
    seconds: (performance.now() - start) / 1000,
    ...rest,
  });
  try {
    const stack = listStacks(readProject(folder))[0] ?? "dev";
    const graph = await captureGraph({
      program: folder,
      stack,
      mode: "preview",
      missingConfig: "placeholder",
      timeoutSeconds: TIMEOUT_SECONDS,
    });
    return outcome({ resources: graph.resources.length, placeholders: graph.placeholders.length });
  } catch (error) {
    const code = error instanceof CannotRunError ? error.code : "Unexpected";
    const message = error instanceof Error ? error.message : String(error);
    const problem = `${code}: ${message.replace(/\s+/g, " ").slice(0, PROBLEM_LENGTH)}`;
    return outcome({ resources: 0, placeholders: 0, problem });
  }
}

async function main([folder, packageName]: readonly string[]): Promise<void> {
  if (folder === undefined) {
    console.error("usage: bench/capture.ts DIR [PACKAGE]: the programs below DIR, only those that use PACKAGE");
    process.exitCode = 2;
    return;
  }
  const root = resolve(folder);
  const programs = findPrograms(root).filter((found) => packageName === undefined || uses(found, packageName));
  const waiting = programs.values();
  const outcomes: Outcome[] = [];
  const worker = async (): Promise<void> => {
    for (const program of waiting) {
      const outcome = await capture(root, program);
      outcomes.push(outcome);
      const { resources, placeholders, seconds, problem } = outcome;
      const result = problem ?? `${resources} resources, ${placeholders} placeholders`;
      console.log(`${problem ? "✗" : "✓"} ${seconds.toFixed(1).padStart(5)} s  ${outcome.program}: ${result}`);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  const captured = outcomes.filter(({ problem }) => problem === undefined);
  const share = outcomes.length === 0 ? 0 : (100 * captured.length) / outcomes.length;
  const seconds = captured.map((outcome) => outcome.seconds).sort((a, b) => a - b);
  console.log(`${captured.length} of ${outcomes.length} programs captured (${share.toFixed(1)} %)`);
  console.log(`median ${(seconds[Math.floor(seconds.length / 2)] ?? 0).toFixed(1)} s`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
