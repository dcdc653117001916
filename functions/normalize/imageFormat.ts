/** First bytes of the formats that are decoded. Everything else, SVG and PDF above all, never reaches a decoder. */
const SIGNATURES: readonly { readonly at: number; readonly bytes: string }[] = [
  { at: 0, bytes: "\xff\xd8\xff" },
  { at: 0, bytes: "\x89PNG\r\n\x1a\n" },
  { at: 8, bytes: "WEBP" },
  { at: 0, bytes: "GIF8" },
  { at: 0, bytes: "II*\0" },
  { at: 0, bytes: "MM\0*" },
  { at: 4, bytes: "ftypavif" },
];

/** Whether an object begins as one of the image formats that are decoded: JPEG, PNG, WebP, GIF, TIFF or AVIF. */
export function isDecodedFormat(bytes: Uint8Array): boolean {
  return SIGNATURES.some(({ at, bytes: expected }) => startsWith(bytes, at, expected));
}

function startsWith(bytes: Uint8Array, at: number, expected: string): boolean {
  if (bytes.length < at + expected.length) return false;
  for (let i = 0; i < expected.length; i++) if (bytes[at + i] !== expected.charCodeAt(i)) return false;
  return true;
}
