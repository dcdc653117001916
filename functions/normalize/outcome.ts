import type { NormalizeError } from "./errors";

/** What became of one request: one line of the log. */
export interface Outcome {
  /** HTTP status that the reader was answered. */
  readonly status: number;
  readonly key?: string;
  /** Hash of the transformation, when the read got that far. */
  readonly hash?: string;
  readonly bytesIn?: number;
  readonly bytesOut?: number;
  readonly error?: NormalizeError;
}
