import { withinTime } from "../lambda/withinTime";
import { NormalizeError, type NormalizeErrorCode } from "./errors";

/** Kept back of the time that is left, in milliseconds, so that a coded answer still gets through. */
export const ANSWER_MARGIN_MS = 1_000;

/** Milliseconds until nobody waits for some work any more; none or less when its time is over. */
export type TimeLeft = () => number;

/** For work that somebody waits for, however long it takes. */
export const NO_DEADLINE: TimeLeft = () => Number.POSITIVE_INFINITY;

/** Time until an answer is due, from now on. */
export function timeLeft(remainingMs: number): TimeLeft {
  const end = performance.now() + remainingMs - ANSWER_MARGIN_MS;
  return () => end - performance.now();
}

/**
 * Ends work between two of its steps when nobody waits for it any more.
 * @throws NormalizeError TransformationTimeout
 */
export function assertTimeLeft(left: TimeLeft): void {
  if (left() <= 0) throw new NormalizeError("TransformationTimeout");
}

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
