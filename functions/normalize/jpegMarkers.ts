import { jpegSegments, SCAN } from "./jpegSegments";

/** What is read of a JPEG's segments. */
export interface Markers {
  /** EXIF orientation, 1 to 8; 1 when absent or damaged. */
  readonly orientation: number;
  /** Mean of the quantisation table of the second component. */
  readonly chromaQuantizer: number;
}

/**
 * Reads what libjpeg-turbo does not tell, from the segments before the first scan.
 * @returns undefined when no scan follows them as {@link jpegSegments} reads them, or EXIF is not what every reader takes
 */
export function jpegMarkers(bytes: Uint8Array): Markers | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const means = new Map<number, number>();
  let orientation: number | undefined;
  let table = 0;
  for (const { marker, begin, end } of jpegSegments(bytes)) {
    if (marker === SCAN) {
      if (orientation === ODD) return undefined;
      return { orientation: orientation ?? 1, chromaQuantizer: means.get(table) ?? Number.POSITIVE_INFINITY };
    }
    if (marker === 0xe1) orientation ??= exifOrientation(view, begin, end);
    else if (marker === 0xdb) readTables(view, begin, end, means);
    else if ((marker & 0xfc) === 0xc0 && end >= begin + 12) table = view.getUint8(begin + 11);
  }
  return undefined;
}

function readTables(view: DataView, begin: number, end: number, means: Map<number, number>): void {
  for (let at = begin; at < end; ) {
    const kind = view.getUint8(at++);
    const wide = kind >> 4 !== 0;
    const next = at + (wide ? 128 : 64);
    if (next > end) return;
    let sum = 0;
    for (; at < next; at += wide ? 2 : 1) sum += wide ? view.getUint16(at) : view.getUint8(at);
    means.set(kind & 15, sum / 64);
  }
}

const ORIENTATION_TAG = 0x0112;
/** Type of an entry: 16 bits (TIFF 6.0, section 2). */
const SHORT = 3;
/** First four bytes of TIFF, in either order. */
const LITTLE = 0x49492a00;
const BIG = 0x4d4d002a;
/** Instead of an orientation: no TIFF, or no single SHORT. */
const ODD = 0;
const EXIF_HEADER = [0x45786966, 0x0000] as const;

/**
 * The orientation that EXIF tells, 1 to 8.
 * @returns undefined when it is no EXIF; 0 when it is not what every reader takes
 */
export function exifOrientation(view: DataView, begin: number, end: number): number | undefined {
  if (end - begin < 14 || view.getUint32(begin) !== EXIF_HEADER[0] || view.getUint16(begin + 4) !== EXIF_HEADER[1]) {
    return undefined;
  }
  const tiff = begin + 6;
  const start = view.getUint32(tiff);
  if (start !== LITTLE && start !== BIG) return ODD;
  const little = start === LITTLE;
  const directory = tiff + view.getUint32(tiff + 4, little);
  if (directory + 2 > end) return 1;
  const entries = view.getUint16(directory, little);
  for (let i = 0; i < entries; i++) {
    const entry = directory + 2 + i * 12;
    if (entry + 12 > end) return 1;
    if (view.getUint16(entry, little) !== ORIENTATION_TAG) continue;
    if (view.getUint16(entry + 2, little) !== SHORT || view.getUint32(entry + 4, little) !== 1) return ODD;
    const value = view.getUint16(entry + 8, little);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}
