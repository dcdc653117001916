import { gzipSync } from "node:zlib";
import type { HostileInput } from "./hostileInput";
import { seededRandom } from "./seededRandom";

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>';

/** First bytes, or all, of what is often stored in place of a photograph. */
const TEXTS: Readonly<Record<string, string>> = {
  "one byte": "\xff",
  "white space": "   \n\t\n",
  html: "<!doctype html><html><body>404</body></html>",
  "html with a script": "<script>alert(1)</script>",
  json: '{"error":"not found"}',
  "s3's error": '<?xml version="1.0"?><Error><Code>NoSuchKey</Code></Error>',
  svg: SVG,
  "svg after a declaration": `<?xml version="1.0"?>${SVG}`,
  "svg after a byte order mark": `\xef\xbb\xbf${SVG}`,
  "svg with an external entity": '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/hostname">]><svg>&x;</svg>',
  "svg in utf-16": [..."<svg/>"].map((letter) => `${letter}\0`).join(""),
  pdf: "%PDF-1.7\n1 0 obj\n<<>>\nendobj\n",
  postscript: "%!PS-Adobe-3.0 EPSF-3.0\n",
  javascript: "module.exports = 1;",
  csv: "a,b\n1,2\n",
  bmp: "BM\x3a\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x01\0\0\0\x01\0\0\0\x01\0\x18\0",
  ico: "\0\0\x01\0\x01\0\x10\x10\0\0\x01\0\x20\0",
  psd: "8BPS\0\x01\0\0\0\0\0\0\0\x03\0\0\0\x01\0\0\0\x01\0\x08\0\x03",
  pgm: "P5 1 1 255\n\0",
  ppm: "P6 1 1 255\n\0\0\0",
  pfm: "Pf 1 1 -1.0\n\0\0\0\0",
  radiance: "#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 1 +X 1\n",
  openexr: "v/1\x01\x02\0\0\0",
  "jpeg 2000": "\0\0\0\x0cjP  \r\n\x87\n",
  "jpeg 2000 code stream": "\xff\x4f\xff\x51",
  "jpeg xl": "\xff\x0a\x7f",
  "jpeg xl container": "\0\0\0\x0cJXL \r\n\x87\n",
  heic: "\0\0\0\x18ftypheic\0\0\0\0mif1heic",
  mp4: "\0\0\0\x18ftypisom\0\0\x02\0isomiso2",
  "big tiff": "II+\0\x08\0\0\0",
  matlab: "MATLAB 5.0 MAT-file",
  nifti: "\x5c\x01\0\0",
  fits: "SIMPLE  =                    T",
  openslide: "Aperio",
  npy: "\x93NUMPY\x01\0",
  zip: "PK\x03\x04\x14\0\0\0",
  elf: "\x7fELF\x02\x01\x01\0",
  mp3: "ID3\x04\0\0",
  wav: "RIFF\x24\0\0\0WAVEfmt ",
  "gif of version 8 without more": "GIF",
  "half of a png's signature": "\x89PNG",
  "png's signature after text transfer": "\x89PNG\n\x1a\n",
  "jpeg's start alone": "\xff\xd8",
  "jpeg after a line feed": "\n\xff\xd8\xff\xe0",
  "jpeg in base64": "/9j/4AAQSkZJRgABAQ==",
  "a data url": "data:image/gif;base64,R0lGODlhAQABAAAAACw=",
  "a path": "/etc/passwd",
  "an address": "http://127.0.0.1/latest/meta-data/",
};

/** What is no image of an accepted format: no decoder may see it. */
export function notImages(): readonly HostileInput[] {
  const random = seededRandom(11);
  return [
    { name: "empty", bytes: new Uint8Array(), expected: "EmptyObject" },
    ...Object.entries(TEXTS).map(([name, text]) => {
      return { name, bytes: Buffer.from(text, "latin1"), expected: "UnsupportedFormat" } as const;
    }),
    { name: "svg, compressed", bytes: gzipSync(SVG), expected: "UnsupportedFormat" },
    { name: "zeros", bytes: Buffer.alloc(4096), expected: "UnsupportedFormat" },
    { name: "ones", bytes: Buffer.alloc(4096, 0xff), expected: "UnsupportedFormat" },
    {
      name: "noise",
      bytes: Buffer.from(Array.from({ length: 4096 }, () => random(256))),
      expected: "UnsupportedFormat",
    },
    { name: "more bytes than the limit", bytes: Buffer.alloc(32 * 1024 * 1024 + 1, 0xff), expected: "TooManyBytes" },
  ];
}
