import type { IncomingMessage } from "node:http";

/**
 * Reads the whole body of a request, and keeps no more than so many bytes of it.
 * @throws what `tooLong` gives, for a larger one; the request can still be answered, and its connection serves the next
 */
export async function limitedBody(request: IncomingMessage, maxBytes: number, tooLong: () => Error): Promise<Buffer> {
  if (Number(request.headers["content-length"] ?? 0) > maxBytes) throw tooLong();
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    const part: Buffer = chunk;
    bytes += part.length;
    if (bytes > maxBytes) break;
    chunks.push(part);
  }
  if (bytes <= maxBytes) return Buffer.concat(chunks);
  // What nobody reads would stand before the next request. Node.js itself drops only a body that nobody began to read.
  request.resume();
  throw tooLong();
}
