import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { containerProgram } from "./containerProgram";
import { storeFolderArchive } from "./folderArchive";
import { type Interruptions, interruptionTimes } from "./interruptionTimes";
import { JobFailure } from "./jobFailure";
import { containerFailure, jobReason } from "./jobReason";
import type { JsonObject, JsonValue } from "./jsonValue";
import type { JobEnd, JobSettings, LocalJob } from "./localJob";
import { asFolder, parseS3Uri } from "./s3Location";
import { TrainingAttempt } from "./trainingAttempt";
import { TrainingRequest } from "./trainingRequest";

/** Where the container says why it failed. */
const FAILURE_FILE = "output/failure";

/** How an attempt is interrupted. */
export interface InterruptOptions {
  /** Hosts that are ended first; the others follow, since a job restarts as a whole. Defaults to all at once. */
  readonly hosts?: readonly string[];
  /**
   * Seconds between SIGTERM and SIGKILL; 0 takes the machines away at once, with every checkpoint that was not uploaded.
   * Defaults to the job's.
   */
  readonly graceSeconds?: number;
}

interface Transition {
  readonly status: string;
  readonly at: number;
}

/**
 * A training job: one attempt after the other, until one is not interrupted. An attempt begins on fresh machines with the
 * checkpoints that the store has, as managed spot training does.
 */
export class TrainingJob implements LocalJob {
  readonly name: string;
  readonly arn: string;
  readonly #createdAt = Date.now() / 1000;
  readonly #transitions: Transition[] = [];
  /** The last one is under way, or was the last. */
  readonly #attempts: TrainingAttempt[] = [];
  /** Address that artifacts are below, ending with a slash; known once the request was read. */
  #output = "";
  #isStopping = false;
  #interruptions = 0;
  #endedAt: number | undefined;
  #status: "InProgress" | "Completed" | "Failed" | "Stopping" | "Stopped" = "InProgress";
  #reason: string | undefined;

  constructor(private readonly settings: JobSettings & { readonly interruptions?: Interruptions | undefined }) {
    const { partition, region, accountId } = settings.plane.cloud;
    this.name = settings.name;
    this.arn = `arn:${partition}:sagemaker:${region}:${accountId}:training-job/${settings.name.toLowerCase()}`;
    this.#enter("Starting");
  }

  /** How often the job was interrupted so far. */
  get interruptions(): number {
    return this.#interruptions;
  }

  async run(): Promise<JobEnd> {
    try {
      const end = await this.#run(TrainingRequest.parse(this.settings.arguments));
      this.#status = end === "completed" ? "Completed" : "Stopped";
      this.#enter(this.#status);
      return end;
    } catch (error) {
      this.#status = "Failed";
      this.#reason = jobReason(error);
      this.#enter("Failed");
      throw error;
    } finally {
      this.#endedAt = Date.now() / 1000;
    }
  }

  async stop(graceSeconds?: number): Promise<void> {
    this.#isStopping = true;
    if (this.#status === "InProgress") this.#status = "Stopping";
    await this.#attempts.at(-1)?.end("stopped", graceSeconds);
  }

  /** Interrupts the attempt that runs; another follows. @returns whether one was interrupted */
  async interrupt({ hosts, graceSeconds }: InterruptOptions = {}): Promise<boolean> {
    return (await this.#attempts.at(-1)?.end("interrupted", graceSeconds, hosts)) ?? false;
  }

  async remove(): Promise<void> {
    await Promise.all(this.#attempts.map((attempt) => attempt.remove()));
  }

  describe(): JsonObject {
    const started = this.#transitions.find(({ status }) => status === "Training")?.at;
    const now = this.#endedAt ?? Date.now() / 1000;
    const seconds = started === undefined ? undefined : Math.max(1, Math.round(now - started));
    return {
      ...this.settings.arguments,
      TrainingJobName: this.name,
      TrainingJobArn: this.arn,
      TrainingJobStatus: this.#status,
      SecondaryStatus: this.#transitions.at(-1)?.status ?? "Starting",
      SecondaryStatusTransitions: this.#transitions.map(({ status, at }, index): JsonValue => {
        const until = this.#transitions[index + 1]?.at;
        return { Status: status, StartTime: at, ...(until !== undefined && { EndTime: until }) };
      }),
      ModelArtifacts: { S3ModelArtifacts: this.#output === "" ? "" : this.#artifact("model.tar.gz") },
      CreationTime: this.#createdAt,
      LastModifiedTime: this.#transitions.at(-1)?.at ?? this.#createdAt,
      ...(started !== undefined && { TrainingStartTime: started }),
      ...(seconds !== undefined && { TrainingTimeInSeconds: seconds, BillableTimeInSeconds: seconds }),
      ...(this.#endedAt !== undefined && { TrainingEndTime: this.#endedAt }),
      ...(this.#reason !== undefined && { FailureReason: this.#reason }),
    };
  }

  async #run(request: TrainingRequest): Promise<JobEnd> {
    const { plane } = this.settings;
    const { bucket, prefix } = asFolder(parseS3Uri(request.OutputDataConfig.S3OutputPath));
    this.#output = `s3://${bucket}/${prefix}`;
    const program = containerProgram(request.AlgorithmSpecification.TrainingImage, plane.options.program);
    const { MaxRuntimeInSeconds, MaxWaitTimeInSeconds } = request.StoppingCondition;
    const maxSeconds = Math.min(MaxRuntimeInSeconds, MaxWaitTimeInSeconds ?? MaxRuntimeInSeconds);
    const times = interruptionTimes(this.settings.interruptions ?? { count: 0, seed: 0 }).values();
    const started = performance.now();
    for (let number = 1; !this.#isStopping; number++) {
      const attempt = new TrainingAttempt({
        ...this.settings,
        ...{ arn: this.arn, request, program, number },
        onStatus: (status) => this.#enter(status),
      });
      this.#attempts.push(attempt);
      this.#interruptAfter(attempt, times.next().value);
      const end = await attempt.run(Math.max(0, maxSeconds - (performance.now() - started) / 1000));
      if (end.how === "interrupted") {
        this.#interruptions++;
        this.#enter("Interrupted");
        plane.log(this.name, `interrupted, for the ${this.#interruptions}. time; starts again from its checkpoints`);
        continue;
      }
      if (end.how === "failed") throw await containerFailure(end, attempt.roots.get(end.exit.host) ?? "", FAILURE_FILE);
      await this.#upload(attempt);
      if (end.how === "timedOut") {
        throw new JobFailure("Client", `MaxRuntimeExceeded: the job ran longer than its ${maxSeconds} seconds`);
      }
      return end.how === "completed" ? "completed" : "stopped";
    }
    return "stopped";
  }

  /** Interrupts an attempt so long after its first checkpoint. */
  #interruptAfter(attempt: TrainingAttempt, milliseconds: number | undefined): void {
    if (milliseconds === undefined) return;
    void attempt.firstCheckpoint.then(() => delay(milliseconds)).then(() => attempt.end("interrupted"));
  }

  /** Artifacts of all instances in one archive each, as SageMaker makes them; none where there is nothing. */
  async #upload(attempt: TrainingAttempt): Promise<void> {
    const { store } = this.settings.plane;
    const folders = (name: string) => [...attempt.roots.values()].map((root) => path.join(root, name));
    await storeFolderArchive(store, folders("model"), parseS3Uri(this.#artifact("model.tar.gz")));
    await storeFolderArchive(store, folders("output/data"), parseS3Uri(this.#artifact("output.tar.gz")));
  }

  #artifact(file: string): string {
    return `${this.#output}${this.name}/output/${file}`;
  }

  #enter(status: string): void {
    this.#transitions.push({ status, at: Date.now() / 1000 });
  }
}
