import { crc32, createInflateRaw } from "node:zlib";
import { ArchiveError } from "./archiveError";

const FLAG = { headerCrc: 2, extra: 4, name: 8, comment: 16, reserved: 0xe0 };

/** Bytes behind the compressed ones: CRC-32 and size. */
const TRAILER = 8;

/** Longest header that is read: a name and a comment are short. */
const HEADER_LIMIT = 64 * 1024;

/** Bytes of the header of a gzip member; undefined while it is not whole. @throws ArchiveError InvalidGzip */
function headerLength(bytes: Buffer): number | undefined {
  if (bytes.length < 10) return undefined;
  const flags = bytes[3] ?? 0;
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8 || (flags & FLAG.reserved) !== 0) {
    throw new ArchiveError("InvalidGzip", "the archive is no gzip file");
  }
  let at = 10;
  if ((flags & FLAG.extra) !== 0) {
    if (bytes.length < at + 2) return undefined;
    at += 2 + bytes.readUInt16LE(at);
  }
  for (const flag of [FLAG.name, FLAG.comment]) {
    if ((flags & flag) === 0) continue;
    const end = bytes.indexOf(0, at);
    if (end < 0) return undefined;
    at = end + 1;
  }
  if ((flags & FLAG.headerCrc) !== 0) at += 2;
  return bytes.length < at ? undefined : at;
}

/**
 * Decompresses one gzip member (RFC 1952) and makes sure that it is all there is: Node's own gunzip reads on in a
 * second member, and drops what else follows.
 * @param receive is given each piece of plain bytes and the number of compressed bytes that were read so far; what it
 *   throws ends the reading
 * @throws ArchiveError InvalidGzip, Truncated, TrailingData
 */
export async function gunzip(
  source: AsyncIterable<Uint8Array>,
  receive: (plain: Buffer, compressed: number) => void,
): Promise<void> {
  const inflate = createInflateRaw({ chunkSize: 64 * 1024 });
  let failure: Error | undefined;
  let fail: (error: Error) => void = () => {};
  const failed = new Promise<void>((resolve) => {
    fail = (error) => {
      failure ??= error;
      resolve();
    };
  });
  let [checksum, size, compressed] = [0, 0, 0];
  inflate.on("data", (plain: Buffer) => {
    if (failure !== undefined) return;
    checksum = crc32(plain, checksum);
    size += plain.length;
    try {
      receive(plain, compressed);
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)));
      // Else the rest of a bomb would be decompressed for nobody.
      inflate.destroy();
    }
  });
  inflate.on("error", (cause) => {
    fail(new ArchiveError("InvalidGzip", `the archive cannot be decompressed: ${cause.message}`, { cause }));
  });
  const feed = (bytes: Buffer): Promise<void> =>
    Promise.race([failed, new Promise<void>((resolve) => inflate.write(bytes, () => resolve()))]);

  let header: Buffer | undefined = Buffer.alloc(0);
  let fed = 0;
  let trailer = Buffer.alloc(0);
  try {
    for await (const chunk of source) {
      let bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      compressed += bytes.length;
      if (header !== undefined) {
        header = Buffer.concat([header, bytes]);
        const length = headerLength(header);
        if (length === undefined) {
          if (header.length > HEADER_LIMIT) throw new ArchiveError("InvalidGzip", "the gzip header has no end");
          continue;
        }
        bytes = header.subarray(length);
        header = undefined;
      }
      if (trailer.length > 0) trailer = Buffer.concat([trailer, bytes]);
      else if (bytes.length > 0) {
        fed += bytes.length;
        await feed(bytes);
        if (failure !== undefined) throw failure;
        // What the decompressor leaves stands behind the compressed bytes.
        trailer = Buffer.from(bytes.subarray(bytes.length - (fed - inflate.bytesWritten)));
      }
      if (trailer.length > TRAILER) {
        throw new ArchiveError("TrailingData", "something follows the compressed bytes: an archive is one gzip member");
      }
    }
    if (trailer.length < TRAILER) throw new ArchiveError("Truncated", "the archive ends within its compressed bytes");
    // Pieces that were decompressed last may still be on their way.
    if (!inflate.readableEnded) {
      await Promise.race([failed, new Promise<void>((resolve) => inflate.once("end", resolve).end())]);
    }
    if (failure !== undefined) throw failure;
    if (trailer.readUInt32LE(0) !== checksum || trailer.readUInt32LE(4) !== size % 2 ** 32) {
      throw new ArchiveError("InvalidGzip", "the archive's checksum is wrong");
    }
  } finally {
    inflate.destroy();
  }
}
