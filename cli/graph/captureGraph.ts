import { CannotRunError } from "../../contracts/cannotRunError";
import type { GraphMode, ResourceGraph } from "../../contracts/graph";
import type { CaptureServer } from "./captureServer";
import { CaptureSession, type LocalProvider } from "./captureSession";
import { ConfigPlaceholders } from "./configPlaceholders";
import { DeclaredShapes } from "./declaredShape";
import { ProgramDoor } from "./programDoor";
import { programFailure } from "./programFailure";
import { runProgram } from "./programProcess";
import { findRunner } from "./programSdk";
import { ProgramSources } from "./programSources";
import { type Project, readProject } from "./project";
import { repositoryOf } from "./sourceLocation";
import { readStackConfig, type StackConfig } from "./stackConfig";
import { hasTypeScript } from "./typeScriptSources";

export type { LocalProvider, LocalResource } from "./captureSession";

/** What to capture, and how. */
export interface CaptureOptions {
  /** Folder of the program: the one with its Pulumi.yaml. */
  readonly program: string;
  /** Name of the stack, for example `dev`; an organization and project before it are allowed. */
  readonly stack: string;
  readonly mode: GraphMode;
  /** Answers registrations; required in `resolved` mode and used in no other. */
  readonly provider?: LocalProvider;
  /** Configuration values that replace the stack's; keys without a namespace are the project's. */
  readonly configOverrides?: Readonly<Record<string, string>>;
  /** What a required configuration value that nobody gives does: fails the program (the default), or gets a placeholder. */
  readonly missingConfig?: "fail" | "placeholder";
  /** Seconds a program may take. Defaults to 120. */
  readonly timeoutSeconds?: number;
}

/** Seconds a program may take unless its caller says otherwise. */
const DEFAULT_TIMEOUT_SECONDS = 120;

/** Organization of stacks that name none, which is what the engine calls it without a Pulumi account. */
const DEFAULT_ORGANIZATION = "organization";

/** How many functions are suspected one at a time of what a program fails over. */
const OPAQUE_ATTEMPTS = 4;

/**
 * Runs a program against a monitor of our own and records what it registers. Needs neither the Pulumi CLI nor a cloud.
 * The program runs in a process of its own, which has ended when this returns or throws; captures may run at once.
 * @throws CannotRunError `ProjectNotFound`, `BadProject`, `BadYaml`, `RuntimeNotSupported`, `StackNotFound`,
 *   `ConfigMissing`, `DependenciesMissing`, `ProviderMissing`, `ProgramFailed` (with what the program threw) or `ProgramTimedOut`
 */
export async function captureGraph(options: CaptureOptions): Promise<ResourceGraph> {
  if (options.mode === "resolved" && options.provider === undefined) {
    throw new CannotRunError("ProviderMissing", "the resolved mode needs a provider that answers registrations");
  }
  const project = readProject(options.program);
  const stack = readStackName(options.stack);
  const config = readStackConfig(project, stack.name, options.configOverrides);
  const placeholders = new ConfigPlaceholders(config);
  if (options.missingConfig === "placeholder") placeholders.addDeclared();
  else if (config.missing.length > 0) throw configMissing(stack.name, config);
  const runner = findRunner(project);
  const sources = ProgramSources.of(project);
  try {
    return await capture(options, { project, stack, runner, placeholders, sources });
  } finally {
    sources?.remove();
  }
}

/** What a capture has found out before it runs the program. */
interface Found extends Omit<CaptureInput, "config" | "sources"> {
  readonly placeholders: ConfigPlaceholders;
  readonly sources: ProgramSources | undefined;
}

async function capture(
  options: CaptureOptions,
  { project, stack, runner, placeholders, sources }: Found,
): Promise<ResourceGraph> {
  const asTheEngine = (): CaptureInput => ({ project, stack, runner, config: placeholders.config });
  const typescript = project.typescript && hasTypeScript(project.root);
  let input = (): CaptureInput =>
    sources ? { ...asTheEngine(), sources: sources.file } : { ...asTheEngine(), project: { ...project, typescript } };
  let run = await captureOnce(options, input(), []);
  if (run.failure?.code === "ProgramFailed" && project.typescript && (sources || !typescript)) {
    // It may load TypeScript in a way that nobody foresaw; and what failed is told as the engine would tell it.
    input = asTheEngine;
    run = await captureOnce(options, input(), []);
  }
  while (run.failure && options.missingConfig === "placeholder" && placeholders.addMissing(run.failure.message)) {
    run = await captureOnce(options, input(), []);
  }
  if (run.failure) run = await captureWithOpaqueFunctions(options, input(), run);
  if (run.failure) throw run.failure;
  return { ...run.graph, placeholders: [...placeholders.flags, ...run.graph.placeholders] };
}

/**
 * A program may fail over placeholder text in the result of a function, which it parses. Tries its functions with
 * results that are unknown throughout, one at a time and then all of them.
 * @returns the first run that succeeds, or else the run that failed first
 */
async function captureWithOpaqueFunctions(
  options: CaptureOptions,
  input: CaptureInput,
  failed: CapturedRun,
): Promise<CapturedRun> {
  if (failed.failure?.code !== "ProgramFailed") return failed;
  const tokens = failed.graph.placeholders.filter(({ kind }) => kind === "invoke").map(({ name }) => name);
  const single = tokens.slice(0, OPAQUE_ATTEMPTS).map((token) => [token]);
  for (const opaque of tokens.length > 1 ? [...single, tokens] : single) {
    const run = await captureOnce(options, input, opaque);
    if (!run.failure) return run;
  }
  return failed;
}

interface CaptureInput {
  readonly project: Project;
  readonly stack: { readonly name: string; readonly organization: string };
  readonly runner: string;
  readonly config: StackConfig;
  /** File of its TypeScript as JavaScript. */
  readonly sources?: string;
}

/** What a run registered, and why that may not be all. */
interface CapturedRun {
  readonly graph: ResourceGraph;
  readonly failure: CannotRunError | undefined;
}

async function captureOnce(
  options: CaptureOptions,
  input: CaptureInput,
  opaqueFunctions: readonly string[],
): Promise<CapturedRun> {
  const { project, stack, config } = input;
  const session = new CaptureSession(
    { project: project.name, stack: stack.name },
    options.mode,
    project.workingDirectory,
    repositoryOf(project.root),
    config.values,
    new DeclaredShapes(project.workingDirectory),
    options.mode === "resolved" ? options.provider : undefined,
    new Set(opaqueFunctions),
  );
  const door = await ProgramDoor.open();
  try {
    const running = runProgram({
      project,
      stack: stack.name,
      organization: stack.organization,
      runner: input.runner,
      ...(input.sources !== undefined && { sources: input.sources }),
      address: door.address,
      preview: options.mode === "preview",
      config: config.values,
      secretKeys: config.secretKeys,
      timeoutSeconds: options.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS,
    });
    // Loaded while the program starts.
    const [end, server] = await Promise.all([running, answering(session, door)]);
    server.close();
    return { graph: server.graph, failure: programFailure(project, end, server.errors, server.failures) };
  } finally {
    door.close();
  }
}

async function answering(session: CaptureSession, door: ProgramDoor): Promise<CaptureServer> {
  const { CaptureServer } = await import("./captureServer.js");
  return new CaptureServer(session, door);
}

function configMissing(stack: string, config: StackConfig): CannotRunError {
  const keys = config.missing.map(({ key, type }) => `${key} (${type})`).join(", ");
  return new CannotRunError(
    "ConfigMissing",
    `stack ${stack} is missing configuration that its project declares: ${keys}`,
  );
}

function readStackName(stack: string): { name: string; organization: string } {
  const parts = stack.split("/");
  const name = parts.at(-1) ?? "";
  if (name === "") throw new CannotRunError("StackNotFound", "no stack is named; give one, for example dev");
  return { name, organization: parts.length > 1 ? (parts[0] ?? DEFAULT_ORGANIZATION) : DEFAULT_ORGANIZATION };
}
