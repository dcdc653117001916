import { Readable } from "node:stream";
import { createInflate } from "node:zlib";
import type { Raster } from "./areaResize";
import { AreaResizer, type Strip } from "./areaResizer";
import { isFastPathOn } from "./fastPath";
import { toGrey } from "./grey";
import { type PngLayout, pngLayout } from "./pngLayout";

/*
 * The fast path of PNG with 8 bits and without interlacing: rows are inflated by Node.js' zlib, unfiltered and resized
 * as they come, so that a picture costs little more memory than its file. Whatever is unusual or damaged gives
 * `undefined`, and the general path (sharp) decides there, as for JPEG.
 */

/** Bytes that zlib is given, and gives, at a time. */
const CHUNK = 256 * 1024;
/** Room past a row that the kernels may touch. */
const SLACK = 64;

/** The resizer that is free; a picture that comes meanwhile makes one of its own. */
let idle: AreaResizer | undefined;

/**
 * Decodes a PNG to a picture of the given size, exactly as OpenCV does (`imdecode`, `resize` with INTER_AREA,
 * `cvtColor` BGR2GRAY if grey). Transparency is dropped.
 * @param channels 1 for grey by BT.601, 3 for RGB; a picture without colour gives one channel
 * @param maxPixels larger pictures are left to the general path, before any memory is taken
 * @returns undefined when the general path must do it
 */
export async function fastPng(
  bytes: Uint8Array,
  width: number,
  height: number,
  channels: 1 | 3,
  maxPixels: number,
): Promise<Raster | undefined> {
  if (!isFastPathOn()) return undefined;
  const layout = pngLayout(bytes);
  if (layout === undefined || layout.width * layout.height > maxPixels) return undefined;
  const resizer = idle ?? new AreaResizer();
  idle = undefined;
  try {
    const resized = await resizeRows(bytes, layout, resizer, width, height);
    return resized !== undefined && channels === 1 ? toGrey(resized) : resized;
  } finally {
    resizer.release();
    idle = resizer;
  }
}

async function resizeRows(
  bytes: Uint8Array,
  layout: PngLayout,
  resizer: AreaResizer,
  width: number,
  height: number,
): Promise<Raster | undefined> {
  const { pixelBytes } = layout;
  const rowBytes = layout.width * pixelBytes;
  const colours = pixelBytes < 3 ? 1 : 3;
  const picture = { width: layout.width, height: layout.height, channels: colours } as const;
  const strip = resizer.strip(picture, width, height, 4 * (rowBytes + SLACK));
  const { memory, scratch } = strip;
  // The filter's byte and the row as inflated; a row of zeros; and two rows whose alpha is still to be dropped.
  const inflated = scratch;
  const zeros = inflated + rowBytes + SLACK;
  memory.fill(0, zeros, zeros + rowBytes + SLACK);
  const take = rowTaker(strip, rowBytes, pixelBytes, zeros);

  let filled = 0;
  let rows = 0;
  try {
    const inflate = Readable.from(compressed(bytes, layout)).pipe(createInflate({ chunkSize: CHUNK }));
    for await (const chunk of inflate as AsyncIterable<Buffer>) {
      for (let at = 0; at < chunk.length; ) {
        // Bytes past the last row: the general path knows what to make of them.
        if (rows === layout.height) return undefined;
        const part = Math.min(chunk.length - at, rowBytes + 1 - filled);
        memory.set(chunk.subarray(at, at + part), inflated + filled);
        at += part;
        filled += part;
        if (filled <= rowBytes) continue;
        filled = 0;
        const filter = memory[inflated] as number;
        if (filter > 4) return undefined;
        take(filter, inflated + 1);
        rows++;
      }
    }
  } catch (error) {
    if (isDamage(error)) return undefined;
    throw error;
  }
  return rows === layout.height ? strip.finish() : undefined;
}

/** Whether it is zlib's word that the data is damaged or ends early: its codes begin so (nodejs.org/api/zlib.html). */
function isDamage(error: unknown): boolean {
  return error instanceof Error && "code" in error && String(error.code).startsWith("Z_");
}

/** Unfilters each row into the strip, by way of two rows of its own where alpha must go. */
function rowTaker(
  strip: Strip,
  rowBytes: number,
  pixelBytes: number,
  zeros: number,
): (filter: number, from: number) => void {
  const { unfilterRow, dropAlpha } = strip.kernels;
  let above = zeros;
  if (pixelBytes % 2 === 1) {
    return (filter, from) => {
      const to = strip.next();
      // Moved along, when older rows made room.
      if (above !== zeros) above = to - rowBytes;
      unfilterRow(filter, from, above, to, rowBytes, pixelBytes);
      above = to;
      strip.push();
    };
  }
  const first = zeros + rowBytes + SLACK;
  const second = first + rowBytes + SLACK;
  return (filter, from) => {
    const to = above === first ? second : first;
    unfilterRow(filter, from, above, to, rowBytes, pixelBytes);
    above = to;
    dropAlpha(to, strip.next(), rowBytes, pixelBytes);
    strip.push();
  };
}

/** The compressed data in pieces of about {@link CHUNK}: many files have chunks of 8 kB, and each write costs. */
function* compressed(bytes: Uint8Array, { data }: PngLayout): Generator<Uint8Array> {
  let pieces: Uint8Array[] = [];
  let size = 0;
  for (const [begin, end] of data) {
    pieces.push(bytes.subarray(begin, end));
    size += end - begin;
    if (size < CHUNK) continue;
    yield pieces.length === 1 ? (pieces[0] as Uint8Array) : Buffer.concat(pieces);
    pieces = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(pieces);
}
