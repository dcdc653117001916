import path from "node:path";
import { InvalidInputError } from "../../../contracts/problems";
import { SERVICE_LIMITS } from "../../../contracts/serviceLimits";
import { ServingIsolation, SINGLE_MODEL_FOLDER } from "../../../contracts/servingContainer";
import { ContainerFailure } from "../containerFailure";
import { containerLog } from "../containerLog";
import { containerPath } from "../containerRoot";
import type { ModelHost } from "./modelHost";
import { ModelMemory } from "./modelMemory";
import { ModelRegistry } from "./modelRegistry";
import { ProcessHost } from "./processHost";
import { RequestHandler, SINGLE_MODEL } from "./requestHandler";
import { servedModule } from "./servedModule";
import { ServingError } from "./servingError";
import { ServingServer } from "./servingServer";
import { readServingSettings, type ServingSettings } from "./servingSettings";
import { ThreadHost } from "./threadHost";

/** Milliseconds between SIGTERM and giving up what is still under way, short of SageMaker's SIGKILL. */
const STOP_MS = (SERVICE_LIMITS.sagemaker.serving.stopSeconds - 3) * 1000;

const MEGABYTE = 1024 * 1024;

/** Heap of a model thread: what models may take and half of it more, and what the thread needs without any. */
const HEAP_SHARE = 1.5;
const LEAST_HEAP_MB = 128;

/** What a model thread runs, beside this file once it is bundled. */
const MODEL_THREAD = path.join(__dirname, "modelThread.js");

/** A container that serves. */
export interface Serving {
  readonly port: number;
  /** Answers what is under way, and ends. */
  stop(): Promise<void>;
}

/**
 * The command `serve`: SageMaker's hosting contract until SIGTERM.
 * @param stop is aborted by SIGTERM
 * @throws ContainerFailure that says why serving cannot start
 */
export async function serve(environment: NodeJS.ProcessEnv, stop: AbortSignal): Promise<void> {
  // What a module throws outside of a request is no reason to leave everybody else without an answer.
  for (const event of ["uncaughtException", "unhandledRejection"]) {
    process.on(event, (error: unknown) => {
      containerLog("error", event, { stack: error instanceof Error ? error.stack : String(error) });
    });
  }
  const serving = await startServing(environment).catch((error: unknown) => {
    if (!(error instanceof InvalidInputError || error instanceof ServingError)) throw error;
    throw new ContainerFailure(error.code, error.message, { cause: error });
  });
  if (!stop.aborted) await new Promise<void>((resolve) => stop.addEventListener("abort", () => resolve()));
  await serving.stop();
  containerLog("info", "serve stopped");
}

/**
 * Starts serving. A multi-model endpoint begins without models; the one of a single-model endpoint is loaded first.
 * @param program file that a model thread runs
 * @throws InvalidInputError when the environment cannot be used; ServingError when the one model cannot be loaded;
 *   ContainerFailure when no model thread can be started
 */
export async function startServing(environment: NodeJS.ProcessEnv, program = MODEL_THREAD): Promise<Serving> {
  const started = performance.now();
  const settings = readServingSettings(environment);
  const { multiModel, address, isolation, modelBytes } = settings;
  const host = await hostOf(environment, settings, program);
  const registry = new ModelRegistry(host, new ModelMemory(modelBytes));
  const handler = new RequestHandler(registry, multiModel);
  const server = new ServingServer(handler);
  const finish = async (milliseconds: number): Promise<void> => {
    await server.stop(milliseconds);
    await host.stop();
  };
  let port: number;
  try {
    port = await server.listen(settings.port, address);
    if (!multiModel) await registry.load(SINGLE_MODEL, containerPath(environment, SINGLE_MODEL_FOLDER));
  } catch (error) {
    await finish(0);
    throw error;
  }
  handler.becomeHealthy();
  const modelMb = Math.floor(modelBytes / MEGABYTE);
  const seconds = Math.round(performance.now() - started) / 1000;
  containerLog("info", "serve", { address, port, multiModel, isolation, modelMb, seconds });
  return { port, stop: () => finish(STOP_MS) };
}

async function hostOf(
  environment: NodeJS.ProcessEnv,
  { isolation, modelBytes }: ServingSettings,
  program: string,
): Promise<ModelHost> {
  if (isolation === ServingIsolation.Process) return new ProcessHost(servedModule(environment));
  // The thread loads the module itself: what a module does when it is loaded is the thread's too.
  const heapMb = Math.ceil((modelBytes / MEGABYTE) * HEAP_SHARE) + LEAST_HEAP_MB;
  return ThreadHost.start({ program, environment, heapMb }, () => {
    containerLog("error", "the model thread cannot be started any more");
    process.exit(1);
  });
}
