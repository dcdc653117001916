import { seededRandom } from "../../contracts/seededRandom";
import { quantile } from "./scores";

/** Sets that are drawn from the series of a set, each as large as it. */
const DRAWS = 2000;

/** Middle share of the drawn sets' ratios. */
const SHARE = 0.9;

/** Errors of one series by two forecasters. */
export type ErrorPair = readonly [ours: number, theirs: number];

/**
 * How far a set's ratio depends on which series happen to be in it: the middle 90 % of the ratios of sets that are drawn,
 * with replacement, from the same series (Efron's bootstrap). Both forecasters are judged by the same draws.
 * @param of quantile of the errors that the ratio is of, such as 0.5
 */
export function resampledRatio(
  pairs: readonly ErrorPair[],
  of: number,
): { readonly low: number; readonly high: number } {
  const random = seededRandom(1979);
  const ratios = Array.from({ length: DRAWS }, () => {
    const drawn = Array.from({ length: pairs.length }, () => pairs[Math.floor(random() * pairs.length)] ?? [0, 0]);
    const errors = (who: 0 | 1): number[] => drawn.map((pair) => pair[who]);
    return quantile(errors(0), of) / quantile(errors(1), of);
  });
  return { low: quantile(ratios, (1 - SHARE) / 2), high: quantile(ratios, (1 + SHARE) / 2) };
}
