import type { Scratch } from "./scratch";
import { select } from "./select";

/** The median absolute deviation of a normal distribution, as a share of its standard deviation. */
const MAD_SHARE = 0.6745;

/** Standard deviation of numbers around 0, as their middle ones show it; 0 without any. */
export function robustDeviation(numbers: Float64Array, scratch: Scratch): number {
  const sizes = scratch.copy(numbers);
  for (let i = 0; i < sizes.length; i++) sizes[i] = Math.abs(sizes[i] as number);
  return (sizes.length === 0 ? 0 : select(sizes, sizes.length >> 1)) / MAD_SHARE;
}
