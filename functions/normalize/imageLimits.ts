import { jpegSegments, SCAN } from "./jpegSegments";

/**
 * Memory that one picture takes while it is normalised, in MB per megapixel, its file included: peaks of the costliest
 * picture of each kind as `bench/memory.ts` measures them (docs/benchmarks.md), rounded up by a tenth or more.
 */
const MB_PER_MEGAPIXEL = {
  /** Baseline, of one or three components. */
  jpeg: 7,
  /** Progressive, of one or three components: all coefficients are kept until the last scan. */
  progressive: 10,
  /** JPEG of four components. */
  inks: 13,
  /** PNG of 8 bits, not interlaced. */
  png: 7,
  /** PNG that is interlaced or has 16 bits. */
  deep: 13,
  webp: 13,
  gif: 10,
  /** TIFF of at most six bytes a pixel, in strips or tiles that must be decoded whole. */
  tiff: 14,
  /** TIFF of more, up to four floats. */
  wide: 28,
  /** AVIF of 8 bits. */
  avif: 20,
  /** AVIF of 10 or 12 bits. */
  hdr: 27,
} as const;

/** What the pixel limit distinguishes. */
export type PixelKind = keyof typeof MB_PER_MEGAPIXEL;

/** MB that the function's process may hold besides the picture: Node.js, the SDK, and what an allocator keeps. */
export const PROCESS_MB = 200;

/**
 * Most pixels of a picture that a function of some memory can normalise without exhausting it:
 * (memory - {@link PROCESS_MB}) / MB per megapixel. At 512 MB: 44 megapixels of baseline JPEG, 15 of AVIF.
 */
export function pixelLimit(memoryMb: number, kind: PixelKind): number {
  return Math.floor((Math.max(0, memoryMb - PROCESS_MB) / MB_PER_MEGAPIXEL[kind]) * 1_000_000);
}

/**
 * As {@link pixelLimit}, for the memory that Lambda says this function has
 * (docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html); without limit outside of Lambda.
 */
export function functionPixelLimit(kind: PixelKind): number {
  const memoryMb = Number(process.env["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] ?? Number.NaN);
  return Number.isNaN(memoryMb) ? Number.POSITIVE_INFINITY : pixelLimit(memoryMb, kind);
}

/** What sharp says of a picture's header. */
export interface PixelHeader {
  readonly format: string;
  /** Progressive, or interlaced. */
  readonly isProgressive?: boolean;
  /** Kind of a sample. */
  readonly depth?: string;
  /** Samples of a pixel, alpha included. */
  readonly channels?: number;
}

/** Bytes of a sample of a TIFF; others are not decoded. */
const SAMPLE_BYTES: Readonly<Record<string, number>> = { uchar: 1, char: 1, ushort: 2, short: 2 };

/** The kind of a picture by its header; the costliest of a format that is unknown. */
export function pixelKind({ format, isProgressive = false, depth = "uchar", channels = 3 }: PixelHeader): PixelKind {
  if (format === "png") return isProgressive || depth !== "uchar" ? "deep" : "png";
  if (format === "jpeg") return jpegKind(isProgressive, channels);
  if (format === "tiff") return (SAMPLE_BYTES[depth] ?? 4) * channels > 6 ? "wide" : "tiff";
  if (format === "webp" || format === "gif") return format;
  return format === "heif" && depth === "uchar" ? "avif" : "hdr";
}

/**
 * The kind of a JPEG by the headers of its frame and its first scan. Where a scan lacks components, all coefficients are
 * kept as those of a progressive one are.
 * @returns undefined when no scan follows as {@link jpegSegments} reads them
 */
export function jpegKindOf(bytes: Uint8Array): PixelKind | undefined {
  let [isProgressive, components] = [false, 0];
  for (const { marker, begin } of jpegSegments(bytes)) {
    if (isFrame(marker)) [isProgressive, components] = [(marker & 3) === 2, bytes[begin + 5] as number];
    else if (marker === SCAN) return jpegKind(isProgressive || (bytes[begin] as number) < components, components);
  }
  return undefined;
}

/** SOF0 to SOF15, less what stands between them: DHT, JPG and DAC (ITU-T T.81, table B.1). */
function isFrame(marker: number): boolean {
  return (marker & 0xf0) === 0xc0 && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function jpegKind(isProgressive: boolean, components: number): PixelKind {
  if (components === 4) return "inks";
  return isProgressive ? "progressive" : "jpeg";
}
