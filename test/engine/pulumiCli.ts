import { execFile } from "node:child_process";
import { accessSync, constants } from "node:fs";
import path from "node:path";
import * as z from "zod";
import type { EngineWorkspace } from "./engineWorkspace";

/** Longest that one command of the engine may take: the first program in Go compiles Pulumi's SDK. */
const COMMAND_MS = 900_000;

/** What became of one command. */
export interface CommandResult {
  readonly exitCode: number;
  /** Both streams, as printed, without colours. */
  readonly output: string;
  /** What was printed for programs to read, where `--json` asks for it. */
  readonly stdout: string;
  /** Counts of resources by what is or was done to them, for example `{ created: 14 }` or `{ unchanged: 16 }`. */
  readonly counts: Readonly<Record<string, number>>;
  /** How many policy packs were run. */
  readonly packs: number;
  readonly seconds: number;
}

/** The Pulumi CLI on PATH, or another of its programs; undefined where there is none. */
export function findPulumi(searched = process.env["PATH"] ?? "", program = "pulumi"): string | undefined {
  return searched
    .split(path.delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => path.join(folder, program))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** Runs one command of the engine in a workspace. A refusal is a result, not an exception. */
export function runPulumi(
  pulumi: string,
  workspace: EngineWorkspace,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<CommandResult> {
  const started = performance.now();
  const options = {
    cwd: workspace.program,
    env: { ...workspace.environment, ...environment },
    timeout: COMMAND_MS,
    maxBuffer: 64 * 1024 * 1024,
  };
  return new Promise((resolve, reject) => {
    execFile(pulumi, [...args, "--non-interactive", "--color", "never"], options, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : error.code;
      if (typeof exitCode !== "number") {
        reject(error);
        return;
      }
      const output = `${stdout}${stderr}`;
      const seconds = (performance.now() - started) / 1000;
      resolve({ exitCode, output, stdout, counts: countsIn(output), packs: packsIn(output), seconds });
    });
  });
}

/** Reads the last section `Resources:`; an update prints one for its preview first. */
export function countsIn(output: string): Readonly<Record<string, number>> {
  const section = [...output.matchAll(/^Resources:.*\n((?: +.*\n?)+)/gm)].at(-1)?.[1] ?? "";
  const lines = section.matchAll(/^ +\S*? ?(\d+) (?:to )?([a-z]+)\b/gm);
  return Object.fromEntries([...lines].map(([, count, word = ""]) => [word, Number(count)]));
}

const Preview = z.object({ steps: z.array(z.object({ op: z.string(), urn: z.string() })) });

/**
 * What `preview --json` would do in the account, as `operation name` for each resource that does not stay as it is,
 * sorted. A replacement is one operation, whatever it consists of; components are in the state alone.
 */
export function changesIn(stdout: string): readonly string[] {
  const { steps } = Preview.parse(JSON.parse(stdout));
  const changes = steps.filter(({ op, urn }) => op !== "same" && !/^(frugal-ml|pulumi):/.test(typeIn(urn)));
  const named = changes.map(({ op, urn }) => `${/replace/.test(op) ? "replace" : op} ${urn.split("::").at(-1)}`);
  return [...new Set(named)].sort();
}

/** URNs of what `preview --json` would delete, or put something else in the place of. */
export function lostIn(stdout: string): readonly string[] {
  const { steps } = Preview.parse(JSON.parse(stdout));
  const lost = steps.filter(({ op, urn }) => /delete|replace/.test(op) && typeIn(urn).startsWith("aws:"));
  return [...new Set(lost.map(({ urn }) => urn))].sort();
}

function typeIn(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

/** Counts the packs in sections `Policies:`, in which every pack that ran has a line. */
export function packsIn(output: string): number {
  return new Set([...output.matchAll(/^ +\S+ +([\w-]+)@v\d\S* \(local/gm)].map(([, name]) => name)).size;
}
