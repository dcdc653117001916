import type { Raster } from "./areaResize";
import { AreaResizer } from "./areaResizer";
import { isFastPathOn } from "./fastPath";
import { GAMUT } from "./gamut";
import { VideoResizer } from "./videoResizer";
import { VP8_STATE, Vp8Frame } from "./vp8Frame";
import { type WebpLayout, webpLayout } from "./webpLayout";

/*
 * The fast path of lossy WebP to grey: luma is decoded and resized in WebAssembly row by row; chroma is read, and turned
 * into pixels only to see whether clipping to RGB matters and how RGB is rounded. Whatever is unusual or damaged gives `undefined`, and the
 * general path (sharp) decides there, as for JPEG.
 */

const resizer = new AreaResizer();

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
  // Between pixels that grow apart, OpenCV interpolates RGB that was rounded before.
  if (width > layout.width || height > layout.height) return undefined;
  try {
    const decoded = decode(bytes, layout, width, height, true);
    if (decoded !== "coloured") return decoded;
    const coloured = decode(bytes, layout, width, height, false);
    return coloured === "coloured" ? undefined : coloured;
  } finally {
    resizer.release();
  }
}

/**
 * @param mayBeGrey a picture whose first rows have no colour is taken as grey, until it turns out to be coloured
 */
function decode(
  bytes: Uint8Array,
  layout: WebpLayout,
  width: number,
  height: number,
  mayBeGrey: boolean,
): Raster | "coloured" | undefined {
  const size = Vp8Frame.bytes(layout);
  const memory = resizer.reserve(VP8_STATE + size + VideoResizer.bytes(layout, width, height));
  const { kernels } = resizer;
  const frame = new Vp8Frame(bytes, layout, memory, kernels, VP8_STATE);
  const video = new VideoResizer(layout, width, height, memory, kernels, VP8_STATE + size);
  if (!frame.begin()) return undefined;
  let isGrey = mayBeGrey;
  for (let y = 0; y < frame.rows; y++) {
    const rows = frame.row(y, video.chromaRoom(8), video.chromaStride);
    const { mean, meanSquare } = frame.excess;
    if (rows === undefined || mean > GAMUT.mean || meanSquare > GAMUT.meanSquare) return undefined;
    if (frame.isColoured && isGrey) {
      if (y > 0) return "coloured";
      isGrey = false;
    }
    const to = video.lumaRoom(rows.count);
    kernels.copyLuma(rows.at, rows.stride, to, video.lumaStride, layout.width, rows.count, isGrey);
    video.push(rows.count, 8, isGrey);
  }
  return video.finish();
}
