import type { Writable } from "node:stream";

/**
 * Keeps a command going when whoever read its output has gone, as `head` does: what is left is not written, nothing is
 * said about it, and the exit code is still that of what was asked, so that a pipe never turns a violation into a success.
 * Any other error of the stream is thrown.
 */
export function outliveClosedPipe(stream: Writable): void {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}
