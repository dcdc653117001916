import { jobReason } from "./jobReason";
import type { LocalJob } from "./localJob";
import type { PipelineStepDefinition } from "./pipelineDefinition";

/** How far a step is. */
export type StepStatus = "Starting" | "Executing" | "Stopping" | "Stopped" | "Failed" | "Succeeded";

/** One step of an execution, from the moment that it starts. */
export class StepExecution {
  readonly startedAt = new Date();
  #status: StepStatus = "Starting";
  #endedAt: Date | undefined;
  #failureReason: string | undefined;
  #job: LocalJob | undefined;

  constructor(readonly definition: PipelineStepDefinition) {}

  get status(): StepStatus {
    return this.#status;
  }

  get endedAt(): Date | undefined {
    return this.#endedAt;
  }

  /** Why the step failed; undefined when it did not. */
  get failureReason(): string | undefined {
    return this.#failureReason;
  }

  /** The step's job; undefined when it could not be made. */
  get job(): LocalJob | undefined {
    return this.#job;
  }

  /** Runs the step's job to its end. Never rejects: what goes wrong is the step's failure. */
  async run(makeJob: () => LocalJob): Promise<void> {
    try {
      const job = makeJob();
      this.#job = job;
      this.#status = "Executing";
      this.#status = (await job.run()) === "completed" ? "Succeeded" : "Stopped";
    } catch (error) {
      this.#status = "Failed";
      this.#failureReason = jobReason(error);
    } finally {
      this.#endedAt = new Date();
    }
  }

  /** Ends the step's job. */
  async stop(graceSeconds?: number): Promise<void> {
    if (this.#endedAt !== undefined) return;
    this.#status = "Stopping";
    await this.#job?.stop(graceSeconds);
  }
}
