import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isMainThread, parentPort, workerData } from "node:worker_threads";
import { FleetCommand } from "../../contracts/fleetContainer";
import { SERVE_COMMAND } from "../../contracts/servingContainer";
import { ContainerFailure } from "./containerFailure";
import { containerLog } from "./containerLog";
import { containerPath } from "./containerRoot";
import type { TrainingThreadData } from "./train";

/** Exit code of a process that SIGTERM ended, by the shell's convention; never 0, which would count as done. */
const TERMINATED = 143;

/** Most characters of a failure reason that SageMaker shows. */
const REASON_LENGTH = 1024;

async function main([command]: readonly string[]): Promise<void> {
  const { env } = process;
  const stop = new AbortController();
  process.on("SIGTERM", () => stop.abort());
  try {
    // Each command loads what it needs alone: a container that serves is asked for its health at once.
    switch (command) {
      case FleetCommand.Split:
        await (await import("./split.js")).split(env);
        break;
      case FleetCommand.Train: {
        const { train } = await import("./train.js");
        const { finished } = await train(env, stop.signal);
        if (!finished) process.exitCode = TERMINATED;
        break;
      }
      case FleetCommand.Publish: {
        // In a file of its own: the other commands never need the client of S3, and start without it.
        const { publish } = await import("./publish.js");
        await publish(env);
        break;
      }
      case SERVE_COMMAND: {
        const { serve } = await import("./serve/serve.js");
        await serve(env, stop.signal);
        break;
      }
      default:
        throw new ContainerFailure(
          "UnknownCommand",
          `given ${command ?? "nothing"}; allowed: ${[...Object.values(FleetCommand), SERVE_COMMAND].join(", ")}`,
        );
    }
  } catch (error) {
    fail(command, error);
  }
}

/** Tells SageMaker why: a training job reads `output/failure`, a processing job `output/message`. */
function fail(command: string | undefined, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  const reason = error instanceof ContainerFailure ? `${error.code}: ${message}` : message;
  containerLog("error", reason, error instanceof Error ? { stack: error.stack } : {});
  process.exitCode = 1;
  const file = containerPath(process.env, "output", command === FleetCommand.Train ? "failure" : "message");
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, reason.slice(0, REASON_LENGTH));
  } catch (cause) {
    containerLog("error", `cannot write ${file}: ${cause instanceof Error ? cause.message : cause}`);
  }
}

/** A training thread: answers each batch of files with its results. */
async function trainInThread(port: NonNullable<typeof parentPort>, { attempt }: TrainingThreadData): Promise<void> {
  const [{ trainingContext }, { trainFiles }] = await Promise.all([import("./train.js"), import("./trainFiles.js")]);
  const context = trainingContext(process.env, attempt);
  port.on("message", (batch: readonly string[]) => port.postMessage(trainFiles(batch, context)));
}

if (!isMainThread && parentPort !== null) void trainInThread(parentPort, workerData as TrainingThreadData);
else void main(process.argv.slice(2));
