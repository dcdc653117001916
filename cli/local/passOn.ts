import { once } from "node:events";
import type { ServerResponse } from "node:http";
import type { Readable } from "node:stream";

/**
 * Passes a function's answer on to its reader, at the reader's pace. When the reader goes away, the rest is read and
 * dropped: a function ends well whoever listens, and would never be free if nobody read what it writes.
 * @throws Error when the answer breaks off
 */
export async function passOn(answer: Readable, response: ServerResponse): Promise<void> {
  for await (const chunk of answer) {
    if (response.destroyed || response.write(chunk)) continue;
    const settled = new AbortController();
    const { signal } = settled;
    await Promise.race([once(response, "drain", { signal }), once(response, "close", { signal })]).finally(() =>
      settled.abort(),
    );
  }
  if (!response.destroyed) response.end();
}
