import type { IncomingMessage } from "node:http";

/**
 * Reads the whole body of a request, and keeps no more than so many bytes of it.
 * @throws what `tooLong` gives, for a larger one; the request can still be answered
 */
export async function limitedBody(request: IncomingMessage, maxBytes: number, tooLong: () => Error): Promise<Buffer> {
  if (Number(request.headers["content-length"] ?? 0) > maxBytes) throw tooLong();
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    const part: Buffer = chunk;
    bytes += part.length;
    if (bytes > maxBytes) throw tooLong();
    chunks.push(part);
  }
  return Buffer.concat(chunks);
}
