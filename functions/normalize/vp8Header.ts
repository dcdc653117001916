import type { Vp8Kernels } from "./vp8Kernels";
import { AC_STEPS, DC_STEPS } from "./vp8Tables";

/** What a frame says of one of its segments. */
export interface Vp8Segment {
  /** DC and AC of luma, of luma's DC values, of chroma. */
  readonly quantisers: readonly number[];
  /**
   * For macroblocks with one mode for luma, and for those with one for each block: limits of the loop filter at a
   * macroblock's edge (0 for no filter), at a block's and inside, and the threshold of high variance.
   */
  readonly strengths: readonly [whole: readonly number[], blocks: readonly number[]];
}

/** What the first partition says of a frame (RFC 6386, section 9.2 to 9.11) before its macroblocks. */
export interface Vp8Header {
  /** Chances of the three decisions that lead to a macroblock's segment; undefined when all are of the first. */
  readonly segmentChances: readonly number[] | undefined;
  readonly segments: readonly Vp8Segment[];
  readonly filter: "none" | "simple" | "normal";
  /** Partitions of coefficients, a power of two. */
  readonly partitions: number;
  /** Chance that a macroblock has coefficients; undefined when none is said to have none. */
  readonly skipChance: number | undefined;
}

const SEGMENTS = [0, 1, 2, 3] as const;

/**
 * Reads the header, in whose order everything stands, and the chances of coefficients, which stay in the memory.
 * @returns undefined for a colour space that is unknown
 */
export function readHeader(kernels: Vp8Kernels): Vp8Header | undefined {
  const number = (bits: number): number => kernels.readNumber(bits);
  const flag = (): boolean => number(1) === 1;
  const signed = (bits: number): number => {
    const size = number(bits);
    return flag() ? -size : size;
  };
  const optional = (bits: number): number => (flag() ? signed(bits) : 0);
  if (flag()) return undefined;
  // Whether pixels need clamping: they are clamped in any case.
  flag();
  const hasSegments = flag();
  const hasMap = hasSegments && flag();
  const hasValues = hasSegments && flag();
  const isAbsolute = !hasValues || flag();
  const ownQuantisers = SEGMENTS.map(() => (hasValues ? optional(7) : 0));
  const ownLevels = SEGMENTS.map(() => (hasValues ? optional(6) : 0));
  const segmentChances = hasMap ? [0, 1, 2].map(() => (flag() ? number(8) : 255)) : undefined;
  const isSimple = flag();
  const level = number(6);
  const sharpness = number(3);
  const hasDeltas = flag();
  const deltas = [0, 0, 0, 0, 0, 0, 0, 0].map(() => 0);
  if (hasDeltas && flag()) for (let i = 0; i < 8; i++) deltas[i] = optional(6);
  const partitions = 1 << number(2);
  const index = number(7);
  const [dc = 0, secondDc = 0, secondAc = 0, chromaDc = 0, chromaAc = 0] = [1, 2, 3, 4, 5].map(() => optional(4));
  // Whether later frames use the chances: there is none.
  flag();
  kernels.readChances();
  const skipChance = flag() ? number(8) : undefined;
  const [frameDelta = 0, , , , blocksDelta = 0] = hasDeltas ? deltas : [];
  const segments = SEGMENTS.map((segment): Vp8Segment => {
    const add = (base: number, own: number): number => (!hasSegments ? base : isAbsolute ? own : base + own);
    const q = add(index, ownQuantisers[segment] as number);
    const strength = add(level, ownLevels[segment] as number) + frameDelta;
    return {
      quantisers: [
        step(DC_STEPS, q + dc),
        step(AC_STEPS, q),
        2 * step(DC_STEPS, q + secondDc),
        Math.max(8, Math.trunc((155 * step(AC_STEPS, q + secondAc)) / 100)),
        step(DC_STEPS, Math.min(q + chromaDc, 117)),
        step(AC_STEPS, q + chromaAc),
      ],
      strengths: [strengths(strength, sharpness), strengths(strength + blocksDelta, sharpness)],
    };
  });
  const filter = level === 0 ? "none" : isSimple ? "simple" : "normal";
  return { segmentChances, segments, filter, partitions, skipChance };
}

function step(steps: readonly number[], index: number): number {
  return steps[Math.min(127, Math.max(0, index))] as number;
}

/** RFC 6386, section 15.4. */
function strengths(level: number, sharpness: number): readonly number[] {
  const strength = Math.min(63, Math.max(0, level));
  if (strength === 0) return [0, 0, 0, 0];
  const sharpened = sharpness === 0 ? strength : Math.min(strength >> (sharpness > 4 ? 2 : 1), 9 - sharpness);
  const interior = Math.max(1, sharpened);
  const variance = strength >= 40 ? 2 : strength >= 15 ? 1 : 0;
  return [2 * strength + 4 + interior, 2 * strength + interior, interior, variance];
}
