import { exifOrientation } from "./jpegMarkers";

/** What is needed of a WebP that holds one lossy picture. */
export interface WebpLayout {
  readonly width: number;
  readonly height: number;
  /** Where the frame's data begins and ends. */
  readonly begin: number;
  readonly end: number;
}

/** Bits of the extended header (developers.google.com/speed/webp/docs/riff_container), by the chunk that each tells of. */
const FLAGS: Readonly<Record<string, number>> = { ICCP: 0x20, EXIF: 0x08, "XMP ": 0x04 };
/** A frame's tag and key frame header (RFC 6386, section 9.1). */
const FRAME_HEADER = 10;
const START_CODE = 0x9d012a;

/**
 * Walks a WebP's chunks.
 * @returns undefined unless it is one lossy key frame without transparency, upright, whole, and with no other chunk than
 *   a profile and metadata that the header tells of
 */
export function webpLayout(bytes: Uint8Array): WebpLayout | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (file.length < 20 + FRAME_HEADER || name(file, 0) !== "RIFF" || name(file, 8) !== "WEBP") return undefined;
  if (file.readUInt32LE(4) !== file.length - 8) return undefined;
  const found = new Map<string, { readonly begin: number; readonly end: number }>();
  const order: string[] = [];
  for (let at = 12; at < file.length; ) {
    if (at + 8 > file.length) return undefined;
    const chunk = name(file, at);
    const begin = at + 8;
    const end = begin + file.readUInt32LE(at + 4);
    at = end + (end % 2);
    if (at > file.length || found.has(chunk)) return undefined;
    found.set(chunk, { begin, end });
    order.push(chunk);
  }
  const frame = found.get("VP8 ");
  const size = frame === undefined ? undefined : frameSize(file, frame.begin, frame.end);
  if (frame === undefined || size === undefined) return undefined;
  if (order.length > 1 && !isExtended(file, found, order, size)) return undefined;
  return { ...size, ...frame };
}

function name(file: Buffer, at: number): string {
  return file.toString("latin1", at, at + 4);
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Undefined when it is not one that is shown as it is: no key frame, of another version, to be scaled. */
function frameSize(file: Buffer, begin: number, end: number): Size | undefined {
  if (end - begin < FRAME_HEADER || file.readUIntBE(begin + 3, 3) !== START_CODE) return undefined;
  const tag = file.readUInt8(begin);
  const isShownKeyFrame = (tag & 0x11) === 0x10 && ((tag >> 1) & 7) <= 3;
  const [width, height] = [file.readUInt16LE(begin + 6), file.readUInt16LE(begin + 8)];
  const isPlain = width > 0 && height > 0 && width < 0x4000 && height < 0x4000;
  return isShownKeyFrame && isPlain ? { width, height } : undefined;
}

/** Whether the extended header comes first and tells the truth, and everything stands in its order. */
function isExtended(
  file: Buffer,
  found: ReadonlyMap<string, { readonly begin: number; readonly end: number }>,
  order: readonly string[],
  { width, height }: Size,
): boolean {
  const header = found.get("VP8X");
  if (header === undefined || header.end - header.begin !== 10) return false;
  const known = ["VP8X", "ICCP", "VP8 ", "EXIF", "XMP "];
  if (order.join() !== known.filter((chunk) => found.has(chunk)).join()) return false;
  const flags = order.reduce((sum, chunk) => sum | (FLAGS[chunk] ?? 0), 0);
  const isTrue = file.readUInt32LE(header.begin) === flags;
  const isWhole =
    file.readUIntLE(header.begin + 4, 3) === width - 1 && file.readUIntLE(header.begin + 7, 3) === height - 1;
  const exif = found.get("EXIF");
  if (!isTrue || !isWhole || exif === undefined) return isTrue && isWhole;
  return exifOrientation(new DataView(file.buffer, file.byteOffset, file.length), exif.begin, exif.end) === 1;
}
