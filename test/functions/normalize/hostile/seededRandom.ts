/**
 * Integers from 0 up to, not including, a bound: the same ones for the same seed, on every machine. A linear
 * congruential generator of 32 bits (Numerical Recipes' constants), of which the upper bits are used.
 */
export function seededRandom(seed: number): (bound: number) => number {
  let state = seed >>> 0;
  return (bound) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}
