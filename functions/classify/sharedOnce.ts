/**
 * Work that is done once and shared: those who ask while it goes on wait for the same, those who ask later get what it
 * gave. When it fails, all who waited hear so, and the next to ask starts it anew.
 */
export function sharedOnce<T>(work: () => Promise<T>): () => Promise<T> {
  let shared: Promise<T> | undefined;
  return () => {
    shared ??= work().catch((error: unknown) => {
      shared = undefined;
      throw error;
    });
    return shared;
  };
}
