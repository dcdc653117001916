import { withinTime } from "../lambda/withinTime";
import { NormalizeError, type NormalizeErrorCode } from "./errors";

/** Kept back of the time that is left, in milliseconds, so that a coded answer still gets through. */
export const ANSWER_MARGIN_MS = 1_000;

/**
 * Runs work that must have ended before an answer is due.
 * @param remainingMs milliseconds until then
 * @param work is told by the signal that its time is over
 * @param lateCode says what was waited for when the time is over. Defaults to SourceTimeout
 * @throws NormalizeError with that code when it is not done in time; what the work throws
 */
export function withinDeadline<T>(
  remainingMs: number,
  work: (signal: AbortSignal) => Promise<T>,
  lateCode: () => NormalizeErrorCode = () => "SourceTimeout",
): Promise<T> {
  return withinTime(remainingMs - ANSWER_MARGIN_MS, work, () => new NormalizeError(lateCode()));
}
