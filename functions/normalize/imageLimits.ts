/**
 * Memory that one picture takes while it is normalised, in MB per megapixel, its file included: peaks of 24 megapixels
 * as `bench/memory.ts` measures them (docs/benchmarks.md), rounded up by a tenth or more. `deep` is for PNGs that are
 * interlaced or have 16 bits, and for TIFF leaves room for strips that must be decoded whole.
 */
const MB_PER_MEGAPIXEL = { jpeg: 7, png: 7, deep: 13, webp: 11, gif: 10, tiff: 14, avif: 20 } as const;

/** What the pixel limit distinguishes. */
export type PixelKind = keyof typeof MB_PER_MEGAPIXEL;

/** MB that the function's process may hold besides the picture: Node.js, the SDK, and what an allocator keeps. */
export const PROCESS_MB = 200;

/**
 * Most pixels of a picture that a function of some memory can normalise without exhausting it:
 * (memory - {@link PROCESS_MB}) / MB per megapixel. At 512 MB: 44 megapixels of JPEG, 15 of AVIF.
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

/** The kind of a picture by what sharp says of its header; the costliest when it is unknown. */
export function pixelKind(format: string, isProgressive = false, depth = "uchar"): PixelKind {
  if (format === "png") return isProgressive || depth !== "uchar" ? "deep" : "png";
  if (format === "jpeg" || format === "webp" || format === "gif" || format === "tiff") return format;
  return "avif";
}
