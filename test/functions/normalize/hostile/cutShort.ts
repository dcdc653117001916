import { BASE, BASE_FORMATS, type BaseFormat } from "./basePictures";
import type { Expected, HostileInput } from "./hostileInput";

const { width, height } = BASE;

/** What is there after so many tenths is a whole picture: the rest of the file describes it, or ends it. */
const WHOLE: Readonly<Record<string, Expected>> = {
  "png without its last byte": [width, height],
  "interlaced without its last byte": [width, height],
  "gif without its last byte": [width, height],
};

/** Every base picture, ending after each tenth of its bytes, and before its last byte. */
export function cutShort(pictures: Readonly<Record<BaseFormat, Uint8Array>>): readonly HostileInput[] {
  return BASE_FORMATS.flatMap((format) => {
    const whole = pictures[format];
    const tenths = Array.from({ length: 9 }, (_, index) => {
      const name = `${format}, the first ${index + 1} tenths`;
      const bytes = whole.subarray(0, Math.floor((whole.length * (index + 1)) / 10));
      return { name, bytes, expected: WHOLE[name] ?? ("CorruptImage" as const) };
    });
    const last = `${format} without its last byte`;
    return [
      { name: `${format}, whole`, bytes: whole, expected: [width, height] as const },
      ...tenths,
      { name: last, bytes: whole.subarray(0, -1), expected: WHOLE[last] ?? ("CorruptImage" as const) },
    ];
  });
}
