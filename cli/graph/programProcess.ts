import { type ChildProcess, spawn } from "node:child_process";
import { preloadOptions } from "./programPreload";
import type { Project } from "./project";
import { SOURCES_VARIABLE } from "./sourcesPreload";

/** How a program is run. */
export interface ProgramRun {
  readonly project: Project;
  /** Name of the stack, without organization and project. */
  readonly stack: string;
  readonly organization: string;
  /** Path of the SDK's runner. */
  readonly runner: string;
  /** Address of the monitor and engine, on this machine. */
  readonly address: string;
  readonly preview: boolean;
  readonly config: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
  /** File of the program's TypeScript as JavaScript; without it the SDK compiles, if the project says so. */
  readonly sources?: string;
  /** Seconds after which the program is ended. */
  readonly timeoutSeconds: number;
}

/** How a program ended. */
export interface ProgramEnd {
  /** Exit code; undefined when a signal ended it. */
  readonly code: number | undefined;
  readonly timedOut: boolean;
  /** The last of what it wrote to standard error. */
  readonly errorOutput: string;
}

/** How many characters of standard error are kept. */
const ERROR_OUTPUT_LIMIT = 16_384;

/** Operations that may run at once; the engine's own default is more than this for small machines, to no effect. */
const PARALLEL = 16;

/** Runs a program in a process group of its own and waits for its end. Nothing of the group is left running. */
export function runProgram(run: ProgramRun): Promise<ProgramEnd> {
  const child = spawn(process.execPath, programArguments(run), {
    cwd: run.project.workingDirectory,
    env: programEnvironment(run),
    stdio: ["ignore", "ignore", "pipe"],
    detached: true,
  });
  const endGroup = (): void => killGroup(child);
  process.once("exit", endGroup);
  let errorOutput = "";
  let timedOut = false;
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    errorOutput = (errorOutput + text).slice(-ERROR_OUTPUT_LIMIT);
  });
  const timer = setTimeout(() => {
    timedOut = true;
    endGroup();
  }, run.timeoutSeconds * 1000);
  return new Promise<ProgramEnd>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", () => {
      // What the program started and left behind would keep standard error open, and itself running.
      endGroup();
    });
    child.once("close", (code) => resolve({ code: code ?? undefined, timedOut, errorOutput }));
  }).finally(() => {
    clearTimeout(timer);
    process.off("exit", endGroup);
  });
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // The group is gone already.
  }
}

/** Arguments of the SDK's runner, as the Node.js language host gives them. */
function programArguments(run: ProgramRun): string[] {
  const { project } = run;
  return [
    ...project.nodeArguments,
    run.runner,
    "--monitor",
    run.address,
    "--engine",
    run.address,
    "--organization",
    run.organization,
    "--project",
    project.name,
    "--root-directory",
    project.root,
    "--stack",
    run.stack,
    "--pwd",
    project.workingDirectory,
    ...(run.preview ? ["--dry-run"] : []),
    "--parallel",
    String(PARALLEL),
    project.entryPoint,
  ];
}

function programEnvironment(run: ProgramRun): NodeJS.ProcessEnv {
  const { project } = run;
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_OPTIONS: preloadOptions(),
    PULUMI_CONFIG: JSON.stringify(run.config),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(run.secretKeys),
    // Types are the business of the program's own build; skipping them is what makes a capture take a second.
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    // The same for ES modules, whose loader does not hear of the SDK's own setting.
    TS_NODE_TRANSPILE_ONLY: "true",
    ...(run.sources !== undefined && { [SOURCES_VARIABLE]: run.sources }),
    ...(project.typescript && run.sources === undefined && { PULUMI_NODEJS_TYPESCRIPT: "true" }),
    ...(project.tsconfig && { PULUMI_NODEJS_TSCONFIG_PATH: project.tsconfig }),
  };
  // Measuring coverage of the program would take longer than running it.
  delete environment["NODE_V8_COVERAGE"];
  return environment;
}
