import { BASE } from "./basePictures";
import { gif, gifComment, gifFrame, gifScreen } from "./gifBytes";
import type { HostileInput } from "./hostileInput";
import { Marker, segment, withSegments } from "./jpegBytes";
import { PNG_SIGNATURE, pngChunk } from "./pngBytes";

const HTML = Buffer.from("<html><script>alert(document.domain)</script></html>");
const ZIP = Buffer.from("PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "latin1");
const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>');
const GOOD = [BASE.width, BASE.height] as const;

/** Files that are two things at once: what they begin as counts, and nothing of the other thing reaches the reader. */
export function polyglots(pictures: {
  readonly jpeg: Uint8Array;
  readonly png: Uint8Array;
  readonly webp: Uint8Array;
  readonly tiff: Uint8Array;
}): readonly HostileInput[] {
  const { jpeg, png, webp, tiff } = pictures;
  const join = (...parts: readonly Uint8Array[]): Buffer => Buffer.concat(parts);
  const frame = gifFrame({ width: 16, height: 12 });
  const afterHeader = PNG_SIGNATURE.length + 25;
  return [
    { name: "jpeg with html behind it", bytes: join(jpeg, HTML), expected: GOOD },
    { name: "jpeg with html in a comment", bytes: withSegments(jpeg, segment(Marker.Comment, HTML)), expected: GOOD },
    { name: "jpeg with a zip behind it", bytes: join(jpeg, ZIP), expected: GOOD },
    { name: "jpeg with another jpeg behind it", bytes: join(jpeg, jpeg), expected: GOOD },
    { name: "jpeg with a png behind it", bytes: join(jpeg, png), expected: GOOD },
    {
      name: "jpeg with a php tag in a comment",
      bytes: withSegments(jpeg, segment(Marker.Comment, Buffer.from("<?php system($_GET[0]); ?>"))),
      expected: GOOD,
    },
    { name: "html with a jpeg behind it", bytes: join(HTML, jpeg), expected: "UnsupportedFormat" },
    { name: "pdf with a jpeg behind it", bytes: join(Buffer.from("%PDF-1.4\n"), jpeg), expected: "UnsupportedFormat" },
    { name: "zip with a jpeg behind it", bytes: join(ZIP, jpeg), expected: "UnsupportedFormat" },
    { name: "svg with a jpeg behind it", bytes: join(SVG, jpeg), expected: "UnsupportedFormat" },
    {
      name: "jpeg's first bytes, then svg",
      bytes: join(Buffer.from([0xff, 0xd8, 0xff]), SVG),
      expected: "CorruptImage",
    },
    {
      name: "jpeg's first bytes, then a png",
      bytes: join(Buffer.from([0xff, 0xd8, 0xff]), png),
      expected: "CorruptImage",
    },
    { name: "png with a zip behind it", bytes: join(png, ZIP), expected: GOOD },
    {
      name: "png with html in a text",
      bytes: join(
        png.subarray(0, afterHeader),
        pngChunk("tEXt", join(Buffer.from("a\0"), HTML)),
        png.subarray(afterHeader),
      ),
      expected: GOOD,
    },
    { name: "png with javascript behind it", bytes: join(png, Buffer.from("alert(1)//")), expected: GOOD },
    { name: "png's signature, then a jpeg", bytes: join(PNG_SIGNATURE, jpeg), expected: "CorruptImage" },
    { name: "png's signature, then svg", bytes: join(PNG_SIGNATURE, SVG), expected: "CorruptImage" },
    { name: "gif that is javascript", bytes: gifScript(frame), expected: [16, 12] },
    {
      name: "gif with javascript in a comment",
      bytes: gif(16, 12, [gifComment("*/=alert(1)/*"), frame]),
      expected: [16, 12],
    },
    { name: "gif with html behind it", bytes: join(gif(16, 12, [frame]), HTML), expected: [16, 12] },
    {
      name: "gif's first bytes, then javascript",
      bytes: Buffer.from("GIF89a/*\0\0*/=1;alert(1)"),
      expected: "CorruptImage",
    },
    { name: "webp with html behind it", bytes: join(webp, HTML), expected: GOOD },
    { name: "webp with svg in its place", bytes: join(webp.subarray(0, 12), SVG), expected: "CorruptImage" },
    { name: "tiff with a zip behind it", bytes: join(tiff, ZIP), expected: GOOD },
    { name: "tiff's first bytes, then html", bytes: join(Buffer.from("II*\0"), HTML), expected: "CorruptImage" },
    {
      name: "avif's first bytes, then an mp4",
      bytes: Buffer.from("\0\0\0\x18ftypavif\0\0\0\0isommp42\0\0\0\x08moov", "latin1"),
      expected: "CorruptImage",
    },
    {
      name: "avif's brand on a file of heic",
      bytes: Buffer.from("\0\0\0\x18ftypavif\0\0\0\0heicmif1\0\0\0\x08mdat", "latin1"),
      expected: "CorruptImage",
    },
  ];
}

/** The width reads as the start of a comment, so that a browser would run what is behind. */
function gifScript(frame: Uint8Array): Buffer {
  const bytes = Buffer.concat([gifScreen(0x2a2f, 1), frame, Buffer.from("*/=1;alert(1)")]);
  return bytes;
}
