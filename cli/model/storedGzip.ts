import { crc32 } from "node:zlib";

/** Bytes of one stored block of deflate at most (RFC 1951, 3.2.4). */
const BLOCK = 65_535;

/** Header of a gzip member (RFC 1952): no name, no time, of Unix. */
const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);

/** A gzip file whose content is stored and not compressed: the same bytes on every host, as fast as it is read. */
export async function* storedGzip(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield HEADER;
  let [checksum, size] = [0, 0];
  let rest = Buffer.alloc(0);
  for await (const chunk of source) {
    checksum = crc32(chunk, checksum);
    size += chunk.length;
    rest = Buffer.concat([rest, chunk]);
    // Blocks do not depend on how the source was cut.
    for (; rest.length > BLOCK; rest = rest.subarray(BLOCK)) yield block(rest.subarray(0, BLOCK), false);
  }
  yield block(rest, true);
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(checksum, 0);
  trailer.writeUInt32LE(size % 2 ** 32, 4);
  yield trailer;
}

function block(bytes: Buffer, isLast: boolean): Buffer {
  const head = Buffer.alloc(5);
  head[0] = isLast ? 1 : 0;
  head.writeUInt16LE(bytes.length, 1);
  head.writeUInt16LE(bytes.length ^ 0xffff, 3);
  return Buffer.concat([head, bytes]);
}
