import { areaResize, type Raster } from "./areaResize";
import { AreaResizer } from "./areaResizer";
import { isFastPathOn } from "./fastPath";

/** Above this a second copy in the resizer's memory costs more than it saves. */
const COPIED_BYTES = 48 * 1024 * 1024;

const resizer = new AreaResizer();

/** Resizes a decoded picture by area: with SIMD where that pays, otherwise the plain way. */
export function resizeRaster(source: Raster, width: number, height: number): Raster {
  const { data, channels } = source;
  const isSmall = data.length <= COPIED_BYTES && (source.width !== width || source.height !== height);
  if (!isFastPathOn() || !isSmall || (channels !== 1 && channels !== 3)) return areaResize(source, width, height);
  try {
    return resizer.resizeRaster({ data, width: source.width, height: source.height, channels }, width, height);
  } finally {
    resizer.release();
  }
}
