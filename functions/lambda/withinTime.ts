/**
 * Runs work that must have ended in time.
 * @param ms milliseconds that it has
 * @param work is told by the signal that its time is over
 * @param late makes what is thrown when it is not done in time
 * @throws that; what the work throws
 */
export async function withinTime<T>(
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
  late: () => Error,
): Promise<T> {
  const aborter = new AbortController();
  const timer = setTimeout(() => aborter.abort(), Math.max(0, ms));
  const tooLate = new Promise<never>((_, reject) => {
    aborter.signal.addEventListener("abort", () => reject(late()), { once: true });
  });
  try {
    return await Promise.race([tooLate, work(aborter.signal)]);
  } finally {
    clearTimeout(timer);
  }
}
