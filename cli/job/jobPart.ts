import type { RunSummary } from "../../contracts/runSummary";
import type { LocalPlane } from "../local/localPlane";
import type { ClassifiedPicture } from "./classifiedPicture";
import type { ComparedForecast } from "./comparedForecast";
import type { KeptPicture } from "./keptPictures";

/** What a part of the main job works with. */
export interface JobContext {
  readonly plane: LocalPlane;
  /** Folder of a user's own photographs. */
  readonly images?: string;
  /** A user's own dataset, a CSV file. */
  readonly data?: string;
  /** Whether training machines are taken away once. */
  readonly interrupt?: boolean;
  /** Folder for what the job leaves. */
  readonly out: string;
  /** Says how far the part has come; shown on a terminal only. */
  progress(text: string): void;
}

/** What a part found: a line for people, figures for the summary, and what failed. */
export interface PartReport<K extends keyof RunSummary> {
  readonly line: string;
  readonly figures: NonNullable<RunSummary[K]>;
  /** What failed and why, one line each. */
  readonly failures: readonly string[];
  /** What can be looked at besides. */
  readonly forecasts?: readonly ComparedForecast[];
  readonly pictures?: readonly KeptPicture[];
  readonly classified?: readonly ClassifiedPicture[];
}

/** One part of the main job: a flow through the running plane, with a budget. */
export interface JobPart<K extends keyof RunSummary> {
  /** Name of the part, and of its figures in the summary. */
  readonly name: K;
  /** Seconds it may take on two cores. */
  readonly budgetSeconds: number;
  run(context: JobContext): Promise<PartReport<K>>;
}
