import { BASE_FORMATS, type BaseFormat } from "./basePictures";
import type { HostileInput } from "./hostileInput";
import { seededRandom } from "./seededRandom";

/** Damaged copies of each picture. */
const COPIES = 12;

/** Most bits that are flipped in one copy. */
const MOST_BITS = 8;

/** Every base picture with a few bits flipped, anywhere: most formats have no checksum, so some are still pictures. */
export function flippedBits(pictures: Readonly<Record<BaseFormat, Uint8Array>>): readonly HostileInput[] {
  const random = seededRandom(23);
  return BASE_FORMATS.flatMap((format) =>
    Array.from({ length: COPIES }, (_, copy) => {
      const bytes = Buffer.from(pictures[format]);
      const bits = 1 + random(MOST_BITS);
      for (let bit = 0; bit < bits; bit++) {
        // The first bytes stay: without them nothing would be decoded.
        const at = 12 + random(bytes.length - 12);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
      }
      return { name: `${format}, ${bits} bits flipped, copy ${copy + 1}`, bytes, expected: "either" as const };
    }),
  );
}
