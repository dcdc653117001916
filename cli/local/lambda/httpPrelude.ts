import { Readable } from "node:stream";
import * as z from "zod";
import { FunctionError } from "./runtimeApi";

const Prelude = z.object({
  statusCode: z.int().min(100).max(599).default(200),
  headers: z.record(z.string(), z.string()).default({}),
});

/** Status and headers of a streamed HTTP answer. */
export type HttpPrelude = z.infer<typeof Prelude>;

/** Eight zero bytes part the metadata from the body of a streamed HTTP answer. */
const SEPARATOR = Buffer.alloc(8);

/** Longest metadata in bytes; Lambda's own limit for headers is far below. */
const MAX_PRELUDE_BYTES = 64 * 1024;

/**
 * Splits a streamed HTTP answer into its metadata and its body.
 * @throws FunctionError when the metadata does not come, is too long or is not valid
 */
export async function splitPrelude(answer: Readable): Promise<{ metadata: HttpPrelude; body: Readable }> {
  const chunks = answer[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  try {
    const { head, rest } = await readHead(chunks);
    return { metadata: parsePrelude(head), body: Readable.from(rejoin(rest, chunks), { objectMode: false }) };
  } catch (error) {
    // Nobody reads on, but the function must be able to write to its end.
    void drain(chunks);
    throw error;
  }
}

async function readHead(chunks: AsyncIterator<Buffer>): Promise<{ head: Buffer; rest: Buffer }> {
  let head: Buffer = Buffer.alloc(0);
  for (;;) {
    const end = head.indexOf(SEPARATOR);
    if (end >= 0) return { head: head.subarray(0, end), rest: head.subarray(end + SEPARATOR.length) };
    const { done, value } = await chunks.next();
    if (done || head.length > MAX_PRELUDE_BYTES) {
      throw new FunctionError("Runtime.InvalidStreamingResponse", "The streamed answer has no complete metadata.");
    }
    head = Buffer.concat([head, value]);
  }
}

async function drain(chunks: AsyncIterator<Buffer>): Promise<void> {
  try {
    while (!(await chunks.next()).done);
  } catch {
    // It broke off: there is no more to drop.
  }
}

function parsePrelude(bytes: Buffer): HttpPrelude {
  try {
    return Prelude.parse(JSON.parse(bytes.toString("utf8")));
  } catch {
    throw new FunctionError("Runtime.InvalidStreamingResponse", "The streamed answer's metadata is not valid.");
  }
}

async function* rejoin(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (first.length > 0) yield first;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}
