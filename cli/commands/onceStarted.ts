import { setTimeout } from "node:timers/promises";

/** Milliseconds after which a program's process is on its way; it takes many times as long to register a resource. */
const ON_ITS_WAY = 100;

/** Loads something while a program starts in its own process: what is loaded before that would hold it up. */
export async function onceStarted<T>(load: () => Promise<T>): Promise<T> {
  await setTimeout(ON_ITS_WAY);
  return load();
}
