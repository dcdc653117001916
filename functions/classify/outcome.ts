import type { ClassifyError } from "./errors";

/** What became of one picture: one line of the log. */
export interface Outcome {
  /** HTTP status that was answered, or would have been. */
  readonly status: number;
  readonly bytesIn?: number;
  /** The label of the highest score. */
  readonly label?: string;
  readonly error?: ClassifyError;
}
