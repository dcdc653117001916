import type { LocalPlane } from "../localPlane";
import type { JsonObject } from "./jsonValue";

/** What every job is given. */
export interface JobSettings {
  readonly plane: LocalPlane;
  /** Unique on the plane. */
  readonly name: string;
  /** Arguments of the step, without references. */
  readonly arguments: JsonObject;
  /** Seconds between SIGTERM and SIGKILL. */
  readonly graceSeconds: number;
}

/** How a job ended that did not fail. */
export type JobEnd = "completed" | "stopped";

/** A job of SageMaker on this machine. */
export interface LocalJob {
  readonly name: string;
  readonly arn: string;
  /** Runs the job to its end. @throws JobFailure and whatever else keeps it from running */
  run(): Promise<JobEnd>;
  /** Ends it; settles when no instance runs any more. @param graceSeconds defaults to the job's */
  stop(graceSeconds?: number): Promise<void>;
  /** What the Describe call of its kind answers. */
  describe(): JsonObject;
  /**
   * Removes folders that are left of it, once it has ended: whoever waits for a run need not wait for that, which takes as
   * long as to make them. Absent where none is left.
   */
  remove?(): Promise<void>;
}
