/** A segment of a JPEG: its marker's second byte, and where its data begins and ends. */
export interface JpegSegment {
  readonly marker: number;
  readonly begin: number;
  readonly end: number;
}

/** Marker of a scan's header (ITU-T T.81, table B.1). */
export const SCAN = 0xda;

/**
 * The segments of a JPEG up to the header of its first scan, which is the last. They end without it at what decoders read
 * each in their own way: bytes between segments, markers that have no length, lengths that are none.
 */
export function* jpegSegments(bytes: Uint8Array): Generator<JpegSegment> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff; ) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at++;
      continue;
    }
    const begin = at + 4;
    const end = at + 2 + view.getUint16(at + 2);
    if (!hasLength(marker) || end < begin || end > bytes.length) return;
    yield { marker, begin, end };
    if (marker === SCAN) return;
    at = end;
  }
}

/** Not TEM, and not RST0 to RST7, SOI and EOI. */
function hasLength(marker: number): boolean {
  return marker > 0x01 && (marker < 0xd0 || marker > 0xd9);
}
