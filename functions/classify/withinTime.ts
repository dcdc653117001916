import { ClassifyError } from "./errors";

/** Kept back of the time that is left, in milliseconds, so that a coded answer still gets through. */
export const ANSWER_MARGIN_MS = 500;

/**
 * Runs work that must have ended before an answer is due.
 * @param remainingMs milliseconds until then
 * @param work is told by the signal that its time is over
 * @throws ClassifyError Timeout when it is not done in time; what the work throws
 */
export async function withinTime<T>(remainingMs: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const aborter = new AbortController();
  const timer = setTimeout(() => aborter.abort(), Math.max(0, remainingMs - ANSWER_MARGIN_MS));
  const late = new Promise<never>((_, reject) => {
    aborter.signal.addEventListener("abort", () => reject(new ClassifyError("Timeout")), { once: true });
  });
  try {
    return await Promise.race([late, work(aborter.signal)]);
  } finally {
    clearTimeout(timer);
  }
}
