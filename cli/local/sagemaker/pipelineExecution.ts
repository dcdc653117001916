import { randomInt } from "node:crypto";
import type { LocalPlane } from "../localPlane";
import type { Interruptions } from "./interruptionTimes";
import { JobFailure } from "./jobFailure";
import { isJsonObject, type JsonValue } from "./jsonValue";
import type { JobSettings, LocalJob } from "./localJob";
import type { PipelineDefinition, PipelineStepDefinition } from "./pipelineDefinition";
import { ProcessingJob } from "./processingJob";
import type { PropertyReference } from "./propertyReference";
import { propertyAt, resolveArguments } from "./resolveArguments";
import { StepExecution } from "./stepExecution";
import { type InterruptOptions, TrainingJob } from "./trainingJob";
import { TransformJob } from "./transform/transformJob";

/** How far an execution is. */
export type ExecutionStatus = "Executing" | "Stopping" | "Stopped" | "Failed" | "Succeeded";

/** What an execution is made of. */
export interface ExecutionSettings {
  readonly plane: LocalPlane;
  readonly pipelineName: string;
  readonly pipelineArn: string;
  readonly definition: PipelineDefinition;
  /** Of every parameter. */
  readonly parameters: ReadonlyMap<string, string | number | boolean>;
  readonly displayName?: string | undefined;
  readonly description?: string | undefined;
  /** Interruptions of its training jobs. Defaults to none. */
  readonly interruptions?: Interruptions | undefined;
  /** Seconds between SIGTERM and SIGKILL. */
  readonly graceSeconds: number;
}

/** What ids consist of. */
const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

/** Longest name of a job (docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTrainingJob.html). */
const MAX_JOB_NAME = 63;

/** One run of a pipeline: each step as soon as those before it succeeded. It begins when it is made. */
export class PipelineExecution {
  /** Twelve lower-case letters and digits. */
  readonly id = randomText(12);
  readonly arn: string;
  readonly startedAt = new Date();
  /** Settles when nothing of it runs any more; look at {@link status} then. Never rejects. */
  readonly finished: Promise<void>;
  /** Settles when the folders of its jobs are gone, some time after it has finished. Never rejects. */
  readonly removed: Promise<void>;
  readonly #steps = new Map<string, StepExecution>();
  #isStopping = false;
  #endedAt: Date | undefined;

  constructor(readonly settings: ExecutionSettings) {
    this.arn = `${settings.pipelineArn}/execution/${this.id}`;
    this.finished = this.#run();
    this.removed = this.finished.then(() => this.#remove());
  }

  get status(): ExecutionStatus {
    if (this.#endedAt === undefined) return this.#isStopping ? "Stopping" : "Executing";
    const statuses = this.steps.map(({ status }) => status);
    if (statuses.includes("Failed")) return "Failed";
    // A job that ended by itself while the execution was stopping left its successors out.
    return statuses.includes("Stopped") || this.#steps.size < this.settings.definition.steps.length
      ? "Stopped"
      : "Succeeded";
  }

  get endedAt(): Date | undefined {
    return this.#endedAt;
  }

  /** Why it failed, with the step's own reason; undefined when it did not. */
  get failureReason(): string | undefined {
    if (this.status !== "Failed") return undefined;
    const failed = this.steps.filter(({ status }) => status === "Failed");
    const reasons = failed.map(({ definition, failureReason }) => `${definition.name}: ${failureReason}`);
    return `Step failure: One or multiple steps failed. ${reasons.join("; ")}`;
  }

  /** The steps that were started, oldest first. */
  get steps(): readonly StepExecution[] {
    return [...this.#steps.values()];
  }

  /** How often its training jobs were interrupted so far. */
  get interruptions(): number {
    return this.#trainingJobs.reduce((sum, { interruptions }) => sum + interruptions, 0);
  }

  /** Interrupts the training jobs that run; they start again from their checkpoints. @returns whether there was one */
  async interrupt(options?: InterruptOptions): Promise<boolean> {
    const interrupted = await Promise.all(this.#trainingJobs.map((job) => job.interrupt(options)));
    return interrupted.includes(true);
  }

  /**
   * Ends what runs, and starts nothing more; settles when it has ended.
   * @param graceSeconds between SIGTERM and SIGKILL; defaults to the execution's
   */
  async stop(graceSeconds?: number): Promise<void> {
    this.#isStopping = true;
    await Promise.all(this.steps.map((step) => step.stop(graceSeconds)));
    await this.finished;
  }

  get #trainingJobs(): readonly TrainingJob[] {
    return this.steps.flatMap(({ job }) => (job instanceof TrainingJob ? [job] : []));
  }

  async #run(): Promise<void> {
    const { steps } = this.settings.definition;
    const ends = new Map<string, Promise<boolean>>();
    const endOf = (step: PipelineStepDefinition): Promise<boolean> => {
      const end =
        ends.get(step.name) ?? this.#runAfter(step, steps.filter(({ name }) => step.after.has(name)).map(endOf));
      ends.set(step.name, end);
      return end;
    };
    await Promise.all(steps.map(endOf));
    this.#endedAt = new Date();
  }

  /** Runs a step when those before it succeeded. Gives whether it succeeded. */
  async #runAfter(definition: PipelineStepDefinition, before: readonly Promise<boolean>[]): Promise<boolean> {
    const succeeded = await Promise.all(before);
    if (succeeded.includes(false) || this.#isStopping) return false;
    const step = new StepExecution(definition);
    this.#steps.set(definition.name, step);
    await step.run(() => this.#job(definition));
    return step.status === "Succeeded";
  }

  async #remove(): Promise<void> {
    // What cannot be removed now goes with the plane's folder.
    await Promise.allSettled(this.steps.map(({ job }) => job?.remove?.()));
  }

  #job({ name, type, arguments: given }: PipelineStepDefinition): LocalJob {
    const resolved = resolveArguments(given, (reference) => this.#get(reference));
    const stepPart = name.replaceAll("_", "-").slice(0, MAX_JOB_NAME - `pipelines-${this.id}--`.length - 10);
    const settings: JobSettings = {
      plane: this.settings.plane,
      // The service names jobs of a pipeline like this.
      name: `pipelines-${this.id}-${stepPart}-${randomText(10)}`,
      arguments: isJsonObject(resolved) ? resolved : {},
      graceSeconds: this.settings.graceSeconds,
    };
    if (type === "Processing") return new ProcessingJob(settings);
    if (type === "Transform") return new TransformJob(settings);
    return new TrainingJob({ ...settings, interruptions: this.settings.interruptions });
  }

  #get({ scope, name, path, text }: PropertyReference): JsonValue {
    const { parameters, pipelineArn, pipelineName } = this.settings;
    const execution: Readonly<Record<string, string>> = {
      CurrentDateTime: new Date().toISOString(),
      PipelineArn: pipelineArn,
      PipelineExecutionArn: this.arn,
      PipelineExecutionId: this.id,
      PipelineName: pipelineName,
      StartDateTime: this.startedAt.toISOString(),
    };
    const described = this.#steps.get(name)?.job?.describe();
    const value = {
      Parameters: () => parameters.get(name),
      Execution: () => execution[name],
      Steps: () => (described === undefined ? undefined : propertyAt(described, path)),
      none: () => undefined,
    }[scope]();
    if (value === undefined) throw new JobFailure("Client", `ClientError: ${text} has no value`);
    return value;
  }
}

function randomText(length: number): string {
  return Array.from({ length }, () => LETTERS[randomInt(LETTERS.length)]).join("");
}
