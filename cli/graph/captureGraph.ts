import { Server, ServerCredentials } from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import { CannotRunError } from "../../contracts/cannotRunError";
import type { GraphMode, ResourceGraph } from "../../contracts/graph";
import { CaptureSession, type LocalProvider } from "./captureSession";
import { ConfigPlaceholders } from "./configPlaceholders";
import { DeclaredShapes } from "./declaredShape";
import { EngineLog, engineService } from "./engineService";
import { monitorService } from "./monitorService";
import { programFailure } from "./programFailure";
import { runProgram } from "./programProcess";
import { findRunner } from "./programSdk";
import { type Project, readProject } from "./project";
import { RegisteredPackages } from "./registeredPackages";
import { ResourceRegistrar } from "./resourceRegistrar";
import { repositoryOf } from "./sourceLocation";
import { readStackConfig, type StackConfig } from "./stackConfig";
import { TransformCallbacks } from "./transformCallbacks";
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

/** Largest message of the protocol, in bytes. Source: `@pulumi/pulumi/runtime/settings`, `maxRPCMessageSize`. */
const MESSAGE_LIMIT = 400 * 1024 * 1024;

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
  const compiles = project.typescript && hasTypeScript(project.root);
  let input = (): CaptureInput => ({
    project: { ...project, typescript: compiles },
    stack,
    runner,
    config: placeholders.config,
  });
  let run = await captureOnce(options, input(), []);
  if (run.failure?.code === "ProgramFailed" && project.typescript && !compiles) {
    // It may load TypeScript from outside its folder; and what failed is told as the engine would tell it.
    input = () => ({ project, stack, runner, config: placeholders.config });
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
  const transforms = new TransformCallbacks();
  const packages = new RegisteredPackages();
  const registrar = new ResourceRegistrar(session, transforms, packages);
  const log = new EngineLog();
  const failures: unknown[] = [];
  const server = new Server({ "grpc.max_receive_message_length": MESSAGE_LIMIT });
  const onFailure = (error: unknown): void => void failures.push(error);
  server.addService(ResourceMonitorService, monitorService({ session, registrar, transforms, packages, onFailure }));
  server.addService(EngineService, engineService(log));
  try {
    const end = await runProgram({
      project,
      stack: stack.name,
      organization: stack.organization,
      runner: input.runner,
      address: await listen(server),
      preview: options.mode === "preview",
      config: config.values,
      secretKeys: config.secretKeys,
      timeoutSeconds: options.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS,
    });
    const graph: ResourceGraph = {
      project: project.name,
      stack: stack.name,
      mode: options.mode,
      resources: session.resources.map((resource) => resource.graph),
      outputs: registrar.stackOutputs(),
      placeholders: session.placeholders,
    };
    return { graph, failure: programFailure(project, end, log.errors, failures) };
  } finally {
    transforms.close();
    server.forceShutdown();
  }
}

function configMissing(stack: string, config: StackConfig): CannotRunError {
  const keys = config.missing.map(({ key, type }) => `${key} (${type})`).join(", ");
  return new CannotRunError(
    "ConfigMissing",
    `stack ${stack} is missing configuration that its project declares: ${keys}`,
  );
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
      if (error) reject(error);
      else resolve(`127.0.0.1:${port}`);
    });
  });
}

function readStackName(stack: string): { name: string; organization: string } {
  const parts = stack.split("/");
  const name = parts.at(-1) ?? "";
  if (name === "") throw new CannotRunError("StackNotFound", "no stack is named; give one, for example dev");
  return { name, organization: parts.length > 1 ? (parts[0] ?? DEFAULT_ORGANIZATION) : DEFAULT_ORGANIZATION };
}
