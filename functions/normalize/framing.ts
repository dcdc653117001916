import { Fit, type Transformation } from "../../contracts/transformation";
import type { Raster } from "./areaResize";

/** A rectangle of whole pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** How a picture of one size becomes one of another. */
export interface Framing {
  /** Part of the picture that is used. */
  readonly crop: Box;
  /** Where it comes to lie in the result, after resizing. */
  readonly place: Box;
  /** Size of the result. */
  readonly width: number;
  readonly height: number;
}

/** Lays out a picture for a fit; odd remainders fall to the right and the bottom. */
export function frame(
  source: Pick<Raster, "width" | "height">,
  { fit, width, height }: Pick<Transformation, "fit" | "width" | "height">,
): Framing {
  const whole: Box = { left: 0, top: 0, width: source.width, height: source.height };
  const full: Box = { left: 0, top: 0, width, height };
  if (fit === Fit.Fill) return { crop: whole, place: full, width, height };
  if (fit === Fit.Cover) {
    const scale = Math.max(width / source.width, height / source.height);
    const used = { width: side(width / scale, source.width), height: side(height / scale, source.height) };
    return { crop: centred(used, whole), place: full, width, height };
  }
  const scale = Math.min(width / source.width, height / source.height);
  const inner = { width: side(source.width * scale, width), height: side(source.height * scale, height) };
  if (fit === Fit.Contain) return { crop: whole, place: centred(inner, full), width, height };
  return { crop: whole, place: { left: 0, top: 0, ...inner }, ...inner };
}

/** Copies a rectangle out of a picture; the picture itself when it is all of it. */
export function cropRaster(source: Raster, box: Box): Raster {
  if (box.width === source.width && box.height === source.height) return source;
  const { channels } = source;
  const data = new Uint8Array(box.width * box.height * channels);
  for (let y = 0; y < box.height; y++) {
    const from = ((box.top + y) * source.width + box.left) * channels;
    data.set(source.data.subarray(from, from + box.width * channels), y * box.width * channels);
  }
  return { data, width: box.width, height: box.height, channels };
}

/** Lays a picture onto a ground of one colour; the picture itself when it covers the ground. */
export function padRaster(source: Raster, framing: Framing, colour: readonly number[]): Raster {
  const { place, width, height } = framing;
  if (place.width === width && place.height === height) return source;
  const ground = plainRaster(width, height, colour);
  for (let y = 0; y < place.height; y++) {
    const row = source.data.subarray(y * place.width * source.channels, (y + 1) * place.width * source.channels);
    ground.data.set(row, ((place.top + y) * width + place.left) * source.channels);
  }
  return ground;
}

/** A picture of one colour, given as one sample per channel. */
export function plainRaster(width: number, height: number, colour: readonly number[]): Raster {
  const data = new Uint8Array(width * height * colour.length);
  for (let i = 0; i < data.length; i++) data[i] = colour[i % colour.length] ?? 0;
  return { data, width, height, channels: colour.length };
}

function side(value: number, most: number): number {
  return Math.min(most, Math.max(1, Math.round(value)));
}

function centred(inner: { readonly width: number; readonly height: number }, outer: Box): Box {
  return {
    left: Math.floor((outer.width - inner.width) / 2),
    top: Math.floor((outer.height - inner.height) / 2),
    ...inner,
  };
}
