import { Marker, segment } from "./jpegBytes";
import { type TiffTag, tiff } from "./tiffBytes";

/** Number of EXIF's tag for the orientation. */
const ORIENTATION = 0x112;

/** Segment APP1 with a TIFF block as EXIF. */
export function exifSegment(block: Uint8Array): Buffer {
  return segment(Marker.App1, Buffer.concat([Buffer.from("Exif\0\0", "latin1"), block]));
}

/** EXIF that says an orientation, as SHORT unless another type is given. */
export function orientationExif(value: number, more: Partial<TiffTag> = {}): Buffer {
  return exifSegment(tiff([{ tag: ORIENTATION, type: 3, values: [value], ...more }]));
}
