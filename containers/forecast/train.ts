import { readdirSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { SERIES_CHANNEL } from "../../contracts/fleetContainer";
import type { TrainingResult } from "../../contracts/fleetManifest";
import { encodeCustomer } from "../../contracts/modelKeys";
import { Checkpoints } from "./checkpoints";
import { containerLog } from "./containerLog";
import { containerPath } from "./containerRoot";
import { loadModule } from "./loadedModule";
import { type TrainingContext, trainFiles } from "./trainFiles";
import { readTrainingConfig } from "./trainingConfig";

/** Files that a thread is given at once: its results are logged together, and no more is lost when it is killed. */
const BATCH = 16;

/** What a thread is told first. */
export interface TrainingThreadData {
  readonly attempt: string;
}

/** What a thread answers for each batch. */
export type BatchAnswer = ReturnType<typeof trainFiles>;

/** What one host trained. */
export interface TrainingSummary {
  readonly host: string;
  readonly files: number;
  readonly fitted: number;
  readonly quarantined: number;
  /** Done by an earlier attempt. */
  readonly skipped: number;
  readonly seconds: number;
  /** False when SIGTERM came first; what is left is for the next attempt. */
  readonly finished: boolean;
}

/**
 * The command `train`: fits every customer of this host's shard, on all processors. What is fitted is kept at once; after
 * SIGTERM the customers under way are finished, which takes milliseconds of the 120 seconds that SageMaker gives.
 * @param stop is aborted by SIGTERM
 */
export async function train(environment: NodeJS.ProcessEnv, stop: AbortSignal): Promise<TrainingSummary> {
  const started = performance.now();
  const { host, workers } = await readTrainingConfig(environment);
  const attempt = `${host}-${Date.now().toString(36)}`;
  const context = trainingContext(environment, attempt);
  context.checkpoints.begin();
  const files = readdirSync(context.series)
    .filter((name) => name.endsWith(".csv"))
    .sort();
  const counts = { fitted: 0, quarantined: 0, skipped: 0 };
  const take = ({ results, skipped }: BatchAnswer): void => {
    context.checkpoints.log(results);
    counts.skipped += skipped;
    for (const { status } of results) counts[status]++;
  };
  const batches = Array.from({ length: Math.ceil(files.length / BATCH) }, (_, index) =>
    files.slice(index * BATCH, (index + 1) * BATCH),
  );
  const threads = Math.min(workers, batches.length);
  if (threads <= 1) await trainHere(batches, context, stop, take);
  else await trainInThreads(batches, threads, { attempt }, stop, take);
  const seconds = Math.round(performance.now() - started) / 1000;
  const summary = { host, files: files.length, ...counts, seconds, finished: !stop.aborted };
  containerLog(files.length === 0 ? "warn" : "info", "train", summary);
  return summary;
}

/** What training needs, the same in every thread. */
export function trainingContext(environment: NodeJS.ProcessEnv, attempt: string): TrainingContext {
  const checkpoints = new Checkpoints(containerPath(environment, "checkpoints"), attempt);
  return {
    series: containerPath(environment, "input", "data", SERIES_CHANNEL),
    module: loadModule(environment),
    checkpoints,
    earlier: checkpoints.earlierResults(encodeCustomer),
  };
}

async function trainHere(
  batches: string[][],
  context: TrainingContext,
  stop: AbortSignal,
  take: (answer: BatchAnswer) => void,
): Promise<void> {
  for (const batch of batches) {
    if (stop.aborted) return;
    take(trainFiles(batch, context));
    // Lets SIGTERM be heard.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function trainInThreads(
  batches: string[][],
  count: number,
  workerData: TrainingThreadData,
  stop: AbortSignal,
  take: (answer: BatchAnswer) => void,
): Promise<void> {
  const waiting = [...batches];
  await Promise.all(
    Array.from({ length: count }, async () => {
      const thread = new Worker(__filename, { workerData });
      try {
        for (let batch = waiting.shift(); batch !== undefined && !stop.aborted; batch = waiting.shift()) {
          take(await ask(thread, batch));
        }
      } finally {
        await thread.terminate();
      }
    }),
  );
}

function ask(thread: Worker, batch: readonly string[]): Promise<BatchAnswer> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      thread.off("message", answer).off("error", fail).off("exit", exit);
    };
    const answer = (results: { results: TrainingResult[]; skipped: number }): void => {
      settle();
      resolve(results);
    };
    const fail = (error: Error): void => {
      settle();
      reject(error);
    };
    const exit = (code: number): void => {
      settle();
      reject(new Error(`a training thread ended with ${code}`));
    };
    thread.on("message", answer).on("error", fail).on("exit", exit);
    thread.postMessage(batch);
  });
}
