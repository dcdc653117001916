import type { HostileInput } from "./hostileInput";
import {
  ANIMATION,
  losslessHeader,
  lossyHeader,
  riffChunk,
  webp,
  webpAnimation,
  webpCanvas,
  webpFrame,
} from "./webpBytes";

/** Size of the picture that frames are made of. */
const SIDE = 16;

/** WebPs that are larger than they look, or not what they say. */
export function webpBombs(picture: Uint8Array): readonly HostileInput[] {
  // The picture's own chunk, without the file's header.
  const simple = picture.subarray(12);
  const frame = webpFrame(0, 0, SIDE, SIDE, simple);
  const animated = (frames: readonly Uint8Array[], width = SIDE, height = SIDE): Buffer =>
    webp([webpCanvas(ANIMATION, width, height), webpAnimation(), ...frames]);
  const many = Buffer.concat(Array.from({ length: 20_000 }, () => frame));
  return [
    { name: "webp of one frame", bytes: animated([frame]), expected: [SIDE, SIDE] },
    { name: "webp of 20,000 frames", bytes: animated([many]), expected: [SIDE, SIDE] },
    {
      name: "webp of a canvas of 16,777,216 x 256",
      bytes: animated([frame], 2 ** 24, 2 ** 8),
      expected: "CorruptImage",
    },
    {
      name: "webp of a canvas of 16,384 x 16,384",
      bytes: animated([frame], 16_384, 16_384),
      expected: "CorruptImage",
    },
    {
      name: "webp of a frame beside its canvas",
      bytes: animated([webpFrame(64, 64, SIDE, SIDE, simple)]),
      expected: "CorruptImage",
    },
    { name: "webp of a frame that lies", bytes: animated([webpFrame(0, 0, 8, 8, simple)]), expected: [8, 8] },
    { name: "webp of an animation without frames", bytes: animated([]), expected: "CorruptImage" },
    {
      name: "webp of an animation without its header",
      bytes: webp([webpCanvas(ANIMATION, SIDE, SIDE), frame]),
      expected: "CorruptImage",
    },
    {
      name: "webp that says 16,384 x 16,384, lossless",
      bytes: webp([losslessHeader(16_384, 16_384)]),
      expected: "CorruptImage",
    },
    {
      name: "webp that says 16,383 x 16,383, lossy",
      bytes: webp([lossyHeader(16_383, 16_383)]),
      expected: "TooManyPixels",
    },
    { name: "webp that says no size, lossy", bytes: webp([lossyHeader(0, 0)]), expected: "CorruptImage" },
    { name: "webp of a lossless header", bytes: webp([losslessHeader(64, 64)]), expected: "CorruptImage" },
    { name: "webp of a lossy header", bytes: webp([lossyHeader(64, 64)]), expected: "CorruptImage" },
    { name: "webp that says it is empty", bytes: webp([simple], 0), expected: "CorruptImage" },
    { name: "webp that says 4 GiB", bytes: webp([simple], 2 ** 32 - 2), expected: "CorruptImage" },
    {
      name: "webp of a chunk of 4 GiB",
      bytes: webp([riffChunk("VP8 ", simple.subarray(8), 2 ** 32 - 2)]),
      expected: "CorruptImage",
    },
    { name: "webp without chunks", bytes: webp([]), expected: "CorruptImage" },
    { name: "webp of an unknown chunk", bytes: webp([riffChunk("ABCD", Buffer.alloc(64))]), expected: "CorruptImage" },
    { name: "webp of a canvas alone", bytes: webp([webpCanvas(0, SIDE, SIDE)]), expected: "CorruptImage" },
    {
      name: "webp of a canvas of another size",
      bytes: webp([webpCanvas(0, 500, 500), simple]),
      expected: "CorruptImage",
    },
    {
      name: "webp with broken transparency",
      bytes: webp([webpCanvas(0x10, SIDE, SIDE), riffChunk("ALPH", Buffer.alloc(3, 0xff)), simple]),
      expected: "CorruptImage",
    },
    {
      name: "webp with EXIF of 4 MiB",
      bytes: webp([webpCanvas(0x08, SIDE, SIDE), simple, riffChunk("EXIF", Buffer.alloc(4 * 1024 * 1024, 1))]),
      expected: [SIDE, SIDE],
    },
    {
      name: "webp with a profile of noise",
      bytes: webp([webpCanvas(0x20, SIDE, SIDE), riffChunk("ICCP", Buffer.alloc(500, 7)), simple]),
      expected: [SIDE, SIDE],
    },
  ];
}
