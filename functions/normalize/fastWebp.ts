import type { Raster } from "./areaResize";
import { AreaResizer } from "./areaResizer";
import { isFastPathOn } from "./fastPath";
import { VP8_STATE, Vp8Frame } from "./vp8Frame";
import { webpLayout } from "./webpLayout";

/*
 * The fast path of lossy WebP to grey: luma is decoded and resized in WebAssembly row by row; chroma is read, and turned
 * into pixels only to see whether clipping to RGB matters. Whatever is unusual or damaged gives `undefined`, and the
 * general path (sharp) decides there, as for JPEG.
 */

const resizer = new AreaResizer();

/** How much luma may lack of OpenCV's grey, which is that of clipped and rounded RGB: see {@link Vp8Frame.excess}. */
export const WEBP_EXCESS = { mean: 0.2, meanSquare: 0.35 };

/**
 * Decodes a lossy WebP to a grey picture of the given size, exactly as OpenCV does (`imdecode`, `resize` with INTER_AREA,
 * `cvtColor` BGR2GRAY): at least 50 dB and at most 0.25 on average from it.
 * @param maxPixels larger pictures are left to the general path, before any memory is taken
 * @returns undefined when the general path must do it
 */
export function fastWebp(bytes: Uint8Array, width: number, height: number, maxPixels: number): Raster | undefined {
  if (!isFastPathOn()) return undefined;
  const layout = webpLayout(bytes);
  if (layout === undefined || layout.width * layout.height > maxPixels) return undefined;
  const picture = { width: layout.width, height: layout.height, channels: 1 } as const;
  try {
    const strip = resizer.strip(picture, width, height, Vp8Frame.bytes(layout), VP8_STATE);
    const { memory, kernels } = strip;
    const frame = new Vp8Frame(bytes, layout, memory, kernels, strip.scratch);
    if (!frame.begin()) return undefined;
    for (let y = 0; y < frame.rows; y++) {
      const rows = frame.row(y);
      const { mean, meanSquare } = frame.excess;
      if (rows === undefined || mean > WEBP_EXCESS.mean || meanSquare > WEBP_EXCESS.meanSquare) return undefined;
      for (const row of rows) {
        kernels.lumaToGrey(row, strip.next(), layout.width);
        strip.push();
      }
    }
    return strip.finish();
  } finally {
    resizer.release();
  }
}
