import type { IncomingMessage } from "node:http";

/** What came of reading a body: its text, or why there is none. */
export type TakeBody = (body: string | undefined) => void;

/**
 * Reads a request's body as UTF-8, up to a limit. When the client goes away in the middle, nothing is taken.
 * @param take is called once: with the body, or with undefined as soon as it is known to be larger
 */
export function readBody(request: IncomingMessage, limit: number, take: TakeBody): void {
  if (Number(request.headers["content-length"] ?? 0) > limit) {
    take(undefined);
    return;
  }
  // Nearly every body comes in one piece.
  let first: Buffer | undefined;
  let rest: Buffer[] | undefined;
  let bytes = 0;
  const onData = (chunk: Buffer): void => {
    bytes += chunk.length;
    if (bytes > limit) {
      request.off("data", onData).off("end", onEnd);
      first = rest = undefined;
      take(undefined);
    } else if (first === undefined) first = chunk;
    else if (rest === undefined) rest = [first, chunk];
    else rest.push(chunk);
  };
  const onEnd = (): void => take((rest === undefined ? first : Buffer.concat(rest))?.toString("utf8") ?? "");
  request.on("data", onData).on("end", onEnd);
}
