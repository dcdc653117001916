/** Runs a task for each item with at most so many under way, and gives the results in the items' order. */
export async function* inOrder<T, R>(
  items: AsyncIterable<T>,
  width: number,
  task: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const running: Promise<R>[] = [];
  for await (const item of items) {
    const result = task(item);
    // Whoever waits for it hears of its failure; until then it is nobody's.
    result.catch(() => undefined);
    running.push(result);
    const oldest = running.length >= width ? running.shift() : undefined;
    if (oldest !== undefined) yield await oldest;
  }
  for (const result of running) yield await result;
}
