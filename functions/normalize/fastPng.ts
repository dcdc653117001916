import type { Raster } from "./areaResize";
import { AreaResizer, type Strip } from "./areaResizer";
import { isFastPathOn } from "./fastPath";
import { toGrey } from "./grey";
import { PngInflater } from "./pngInflater";
import { type PngLayout, pngLayout } from "./pngLayout";

/*
 * The fast path of PNG with 8 bits and without interlacing: rows are inflated, unfiltered and resized in WebAssembly as
 * they come, so that a picture costs little more memory than its file. Whatever is unusual or damaged gives `undefined`, and the general path (sharp) decides there, as for JPEG.
 */

/** Room past a row that the kernels may touch. */
const SLACK = 64;

const resizer = new AreaResizer();

/**
 * Decodes a PNG to a picture of the given size, exactly as OpenCV does (`imdecode`, `resize` with INTER_AREA,
 * `cvtColor` BGR2GRAY if grey). Transparency is dropped.
 * @param channels 1 for grey by BT.601, 3 for RGB; a picture without colour gives one channel
 * @param maxPixels larger pictures are left to the general path, before any memory is taken
 * @returns undefined when the general path must do it
 */
export function fastPng(
  bytes: Uint8Array,
  width: number,
  height: number,
  channels: 1 | 3,
  maxPixels: number,
): Raster | undefined {
  if (!isFastPathOn()) return undefined;
  const layout = pngLayout(bytes);
  if (layout === undefined || layout.width * layout.height > maxPixels) return undefined;
  try {
    const resized = resizeRows(bytes, layout, width, height);
    return resized !== undefined && channels === 1 ? toGrey(resized) : resized;
  } finally {
    resizer.release();
  }
}

function resizeRows(bytes: Uint8Array, layout: PngLayout, width: number, height: number): Raster | undefined {
  const { pixelBytes } = layout;
  const rowBytes = layout.width * pixelBytes;
  const colours = pixelBytes < 3 ? 1 : 3;
  const picture = { width: layout.width, height: layout.height, channels: colours } as const;
  const scratch = 3 * (rowBytes + SLACK) + PngInflater.bytes(layout, rowBytes);
  const strip = resizer.strip(picture, width, height, scratch);
  // A row of zeros, and two rows whose alpha is still to be dropped; then what the inflater wants.
  const zeros = strip.scratch;
  strip.memory.fill(0, zeros, zeros + rowBytes + SLACK);
  const take = rowTaker(strip, rowBytes, pixelBytes, zeros);
  const at = zeros + 3 * (rowBytes + SLACK);
  const rows = new PngInflater(bytes, layout, rowBytes, strip.memory, strip.kernels, at);
  if (!rows.hasHeader) return undefined;
  for (let y = 0; y < layout.height; y++) {
    const row = rows.row();
    const filter = row === undefined ? 5 : (strip.memory[row] as number);
    if (row === undefined || filter > 4) return undefined;
    take(filter, row + 1);
  }
  // Bytes past the last row, or too few: the general path knows what to make of them.
  return rows.isWhole() ? strip.finish() : undefined;
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
