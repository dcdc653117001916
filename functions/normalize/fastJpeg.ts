import type { Raster } from "./areaResize";
import { AreaResizer, type Stored } from "./areaResizer";
import { isFastPathOn } from "./fastPath";
import { leavesGamut } from "./gamut";
import { toGrey } from "./grey";
import { jpegMarkers, type Markers } from "./jpegMarkers";
import { decodeLuma } from "./lumaDecoder";
import { TURNS } from "./orientationTurns";
import {
  Colourspace,
  type Handle,
  Init,
  loadTurboJpeg,
  Param,
  PixelFormat,
  Subsampling,
  type TurboJpeg,
} from "./turboJpeg";

/*
 * The fast path: JPEG → upright, area-averaged picture → JPEG. Grey pictures are resized from the luma plane alone wherever
 * that equals OpenCV's way over clipped RGB: lumaDecoder.ts decodes it, and libjpeg-turbo, called directly, does what that
 * leaves, colour, and the encoding. It answers `undefined` for
 * whatever it does not take — other formats, CMYK, damaged files, no library on this machine — and the general path
 * (sharp) decides there, so errors and their codes have one source.
 */

/** By turbojpeg's subsampling: pixels that share one chroma sample, across and down. */
const CHROMA_CELLS: readonly (readonly [across: number, down: number])[] = [
  [1, 1],
  [2, 1],
  [2, 2],
  [1, 1],
  [1, 2],
  [4, 1],
  [1, 4],
];

/** A progressive file has about ten scans; each costs a pass over the picture. */
const MAX_SCANS = 40;
/** Megabytes of coefficients for progressive decoding, beside the pixels. */
const MAX_DECODER_MB = 512;

/**
 * Full-resolution chroma, quantised by at most this on average, in pictures of at most so many bits per pixel that
 * shrink to at most half: what leaves the RGB gamut there is too little to matter, so chroma need not be looked at.
 */
const FINE_CHROMA = { quantizer: 9, bitsPerPixel: 6, shrink: 2 };

/** What this process keeps: the library, the encoder's state and the resizer's memory. */
class FastJpeg {
  readonly #turbo: TurboJpeg;
  readonly #resizer = new AreaResizer();
  #encoder: Handle | undefined;
  #encoded = Buffer.alloc(0);

  constructor(turbo: TurboJpeg) {
    this.#turbo = turbo;
  }

  decode(bytes: Uint8Array, width: number, height: number, channels: 1 | 3, maxPixels: number): Raster | undefined {
    const markers = jpegMarkers(bytes);
    if (markers === undefined) return undefined;
    const luma = channels === 1 ? decodeLuma(bytes, this.#resizer, maxPixels) : undefined;
    try {
      const turn = TURNS[markers.orientation];
      if (typeof luma === "object") return this.#resizer.resize(luma, width, height, turn);
      const wanted = luma === undefined ? channels : 3;
      const stored = this.#stored(bytes, markers, width, height, wanted, maxPixels);
      if (stored === undefined) return undefined;
      const resized = this.#resizer.resize(stored, width, height, turn);
      return channels === 1 && resized.channels === 3 ? toGrey(resized) : resized;
    } finally {
      this.#resizer.release();
    }
  }

  /** Decoded by libjpeg-turbo; three channels also where grey is wanted and luma would not do. */
  #stored(
    bytes: Uint8Array,
    markers: Markers,
    width: number,
    height: number,
    channels: 1 | 3,
    maxPixels: number,
  ): Stored | undefined {
    // Never used again: libjpeg-turbo keeps a picture's tables, and a file without tables would be read with them.
    const decoder = this.#newDecoder();
    try {
      const header = this.#header(decoder, bytes, markers);
      if (header === undefined || header.width * header.height > maxPixels) return undefined;
      if (channels === 3) return this.#rgb(decoder, bytes, header);
      return this.#lumaSuffices(bytes, header, width, height)
        ? this.#luma(decoder, bytes, header)
        : this.#checkedLuma(decoder, bytes, header);
    } finally {
      this.#turbo.destroy(decoder);
    }
  }

  #newDecoder(): Handle {
    const decoder = this.#new(Init.Decompress);
    this.#turbo.set(decoder, Param.ScanLimit, MAX_SCANS);
    this.#turbo.set(decoder, Param.MaxMemory, MAX_DECODER_MB);
    return decoder;
  }

  #newEncoder(): Handle {
    const encoder = this.#new(Init.Compress);
    this.#turbo.set(encoder, Param.NoRealloc, 1);
    return encoder;
  }

  #new(kind: number): Handle {
    const handle = this.#turbo.init(kind);
    if (handle === null) throw new Error("libjpeg-turbo could not be initialised");
    return handle;
  }

  encode(raster: Raster, quality: number): Uint8Array {
    const { data, width, height } = raster;
    const grey = raster.channels === 1;
    const { set, compress, compressYuv } = this.#turbo;
    const encoder = this.#encoder ?? this.#newEncoder();
    this.#encoder = undefined;
    set(encoder, Param.Quality, quality);
    set(encoder, Param.Subsampling, grey ? Subsampling.Grey : Subsampling.Half);
    // tj3JPEGBufSize's bound: whole 16 × 16 blocks, four bytes a pixel at worst, and the headers.
    const blocks = Math.ceil(width / 16) * Math.ceil(height / 16);
    const bound = blocks * 16 * 16 * (grey ? 2 : 4) + 4096;
    if (this.#encoded.length < bound) this.#encoded = Buffer.allocUnsafeSlow(bound);
    const buffer = this.#encoded;
    const size: [number] = [buffer.length];
    const result = grey
      ? compressYuv(encoder, data, width, 1, height, [buffer], size)
      : compress(encoder, data, width, 0, height, PixelFormat.Rgb, [buffer], size);
    if (result !== 0) {
      this.#turbo.destroy(encoder);
      throw new Error("JPEG encoding failed");
    }
    this.#encoder = encoder;
    return new Uint8Array(buffer.subarray(0, size[0]));
  }

  #header(decoder: Handle, bytes: Uint8Array, markers: Markers): Header | undefined {
    const { header, get } = this.#turbo;
    if (header(decoder, bytes, bytes.length) !== 0) return undefined;
    const colourspace = get(decoder, Param.Colourspace);
    const subsampling = get(decoder, Param.Subsampling);
    if (colourspace !== Colourspace.YCbCr && colourspace !== Colourspace.Grey) return undefined;
    if (get(decoder, Param.Precision) !== 8 || get(decoder, Param.Lossless) || get(decoder, Param.Arithmetic)) {
      return undefined;
    }
    const cell = CHROMA_CELLS[subsampling];
    if (cell === undefined) return undefined;
    return {
      ...markers,
      width: get(decoder, Param.Width),
      height: get(decoder, Param.Height),
      grey: colourspace === Colourspace.Grey,
      cell,
    };
  }

  #lumaSuffices(bytes: Uint8Array, header: Header, width: number, height: number): boolean {
    if (header.grey) return true;
    if (header.cell[0] * header.cell[1] > 1 || header.chromaQuantizer > FINE_CHROMA.quantizer) return false;
    const pixels = header.width * header.height;
    const shrink = Math.sqrt(pixels / (width * height));
    return shrink >= FINE_CHROMA.shrink && (bytes.length * 8) / pixels <= FINE_CHROMA.bitsPerPixel;
  }

  #luma(decoder: Handle, bytes: Uint8Array, { width, height }: Header): Stored | undefined {
    const to = this.#resizer.reserve(width * height);
    if (this.#turbo.decompress(decoder, bytes, bytes.length, to, 0, PixelFormat.Grey) !== 0) return undefined;
    return { at: 0, width, height, channels: 1, stride: width };
  }

  #rgb(decoder: Handle, bytes: Uint8Array, { width, height }: Header): Stored | undefined {
    const to = this.#resizer.reserve(width * height * 3);
    if (this.#turbo.decompress(decoder, bytes, bytes.length, to, 0, PixelFormat.Rgb) !== 0) return undefined;
    return { at: 0, width, height, channels: 3, stride: width * 3 };
  }

  /** Luma, unless clipping to RGB matters in this picture: then RGB. */
  #checkedLuma(decoder: Handle, bytes: Uint8Array, header: Header): Stored | undefined {
    const { width, height, cell } = header;
    const [across, down] = cell;
    const chromaWidth = Math.ceil(width / across);
    const chromaHeight = Math.ceil(height / down);
    const stride = chromaWidth * across;
    const luma = stride * chromaHeight * down;
    const chroma = chromaWidth * chromaHeight;
    const planes = this.#resizer.reserve(luma + 2 * chroma);
    if (this.#turbo.decompressYuv(decoder, bytes, bytes.length, planes, 1) !== 0) return undefined;
    const blue = planes.subarray(luma, luma + chroma);
    const red = planes.subarray(luma + chroma);
    if (leavesGamut(planes, stride, blue, red, chromaWidth, cell)) return this.#rgb(decoder, bytes, header);
    return { at: 0, width, height, channels: 1, stride };
  }
}

interface Header extends Markers {
  readonly width: number;
  readonly height: number;
  readonly grey: boolean;
  /** Pixels that share one chroma sample, across and down. */
  readonly cell: readonly [across: number, down: number];
}

let instance: FastJpeg | null | undefined;

/**
 * Decodes a JPEG to an upright picture of the given size, exactly as OpenCV does (`imdecode`, `resize` with INTER_AREA,
 * `cvtColor` BGR2GRAY if grey): at least 50 dB and at most 0.25 on average from it.
 * @param channels 1 for grey by BT.601, 3 for RGB
 * @param maxPixels larger pictures are left to the general path, before any memory is taken
 * @returns undefined when the general path must do it
 */
export function fastDecode(
  bytes: Uint8Array,
  width: number,
  height: number,
  channels: 1 | 3,
  maxPixels: number,
): Raster | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined;
  return fastJpeg()?.decode(bytes, width, height, channels, maxPixels);
}

/**
 * Encodes 8-bit grey or RGB (4:2:0) as baseline JPEG with libjpeg's tables.
 * @returns undefined when the general path must do it
 */
export function fastEncode(raster: Raster, quality: number): Uint8Array | undefined {
  if (raster.channels !== 1 && raster.channels !== 3) return undefined;
  return fastJpeg()?.encode(raster, quality);
}

function fastJpeg(): FastJpeg | undefined {
  if (!isFastPathOn()) return undefined;
  if (instance === undefined) {
    try {
      instance = new FastJpeg(loadTurboJpeg());
    } catch {
      // No build of the library or of the FFI for this machine: the general path does everything.
      instance = null;
    }
  }
  return instance ?? undefined;
}
