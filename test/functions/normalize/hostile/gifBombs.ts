import { GIF_TRAILER, gif, gifComment, gifFrame, gifScreen } from "./gifBytes";
import type { HostileInput } from "./hostileInput";

/** GIFs that are larger than they look, or not what they say. */
export function gifBombs(): readonly HostileInput[] {
  const small = { width: 16, height: 12 };
  const frame = gifFrame(small);
  const pixel = gifFrame({ width: 1, height: 1 });
  const screen = gifScreen(16, 12);
  return [
    { name: "gif of 12 x 16, by hand", bytes: gif(16, 12, [frame]), expected: [16, 12] },
    { name: "gif of a screen of 65,535 x 65,535", bytes: gif(65_535, 65_535, [pixel]), expected: [1, 1] },
    { name: "gif of a screen of 8,000 x 8,000", bytes: gif(8000, 8000, [pixel]), expected: [1, 1] },
    {
      name: "gif of a frame of 65,535 x 65,535",
      bytes: gif(16, 12, [gifFrame({ width: 65_535, height: 65_535, pixels: 10 })]),
      expected: "TooManyPixels",
    },
    { name: "gif of a screen without size", bytes: gif(0, 0, [frame]), expected: [16, 12] },
    {
      name: "gif of a frame without size",
      bytes: gif(16, 12, [gifFrame({ width: 0, height: 0, pixels: 1 })]),
      expected: [16, 12],
    },
    {
      name: "gif of 20,000 frames",
      bytes: gif(
        16,
        12,
        Array.from({ length: 20_000 }, () => frame),
      ),
      expected: [16, 12],
    },
    {
      name: "gif of 1,000,000 frames",
      bytes: gif(1, 1, [Buffer.concat(Array.from({ length: 1_000_000 }, () => pixel))]),
      expected: [1, 1],
    },
    {
      name: "gif of 50,000 comments",
      bytes: gif(16, 12, [...Array.from({ length: 50_000 }, () => gifComment("x")), frame]),
      expected: [16, 12],
    },
    {
      name: "gif of a frame beside its screen",
      bytes: gif(16, 12, [gifFrame({ ...small, left: 60_000, top: 60_000 })]),
      expected: "TooManyPixels",
    },
    {
      name: "gif of a frame without pixels",
      bytes: gif(16, 12, [gifFrame({ ...small, pixels: 0 })]),
      expected: "CorruptImage",
    },
    {
      name: "gif of a frame with half its pixels",
      bytes: gif(16, 12, [gifFrame({ ...small, pixels: 96 })]),
      expected: [16, 12],
    },
    {
      name: "gif of a frame with too many pixels",
      bytes: gif(16, 12, [gifFrame({ ...small, pixels: 4000 })]),
      expected: [16, 12],
    },
    {
      name: "gif of codes of 0 bits",
      bytes: gif(16, 12, [gifFrame({ ...small, minimumCodeSize: 0 })]),
      expected: [16, 12],
    },
    {
      name: "gif of codes of 12 bits",
      bytes: gif(16, 12, [gifFrame({ ...small, minimumCodeSize: 12 })]),
      expected: "CorruptImage",
    },
    {
      name: "gif of codes of 255 bits",
      bytes: gif(16, 12, [gifFrame({ ...small, minimumCodeSize: 255 })]),
      expected: "CorruptImage",
    },
    { name: "gif of a header alone", bytes: Buffer.from("GIF89a"), expected: "CorruptImage" },
    { name: "gif of version 80", bytes: Buffer.from("GIF80a\x01\0\x01\0\0\0\0"), expected: "CorruptImage" },
    { name: "gif without frames", bytes: gif(16, 12, []), expected: "CorruptImage" },
    {
      name: "gif of unknown blocks",
      bytes: Buffer.concat([screen, Buffer.from([0x55, 0x66, 0x77]), frame, GIF_TRAILER]),
      expected: "CorruptImage",
    },
    {
      name: "gif that ends in a comment",
      bytes: Buffer.concat([screen, Buffer.from([0x21, 0xfe, 255, 1])]),
      expected: "CorruptImage",
    },
    {
      name: "gif whose second frame is broken",
      bytes: Buffer.concat([screen, frame, frame.subarray(0, 14)]),
      expected: [16, 12],
    },
  ];
}
