import type { PriceBook } from "../pricing/book/priceBook";
import type { OptionVerdict } from "./choose";
import type { InferenceOption } from "./inferenceOption";
import { optionCost } from "./optionCost";
import { outReasons } from "./optionReasons";
import type { Workload } from "./workload";

/** Where one option begins to cost less than another as requests grow, everything else being as asked. */
export interface BreakEven {
  /** Costs less below. */
  readonly below: InferenceOption;
  /** Costs less above. */
  readonly above: InferenceOption;
  readonly requestsPerMonth: number;
}

/** How far from the requests asked for a break-even is looked for, as a factor. */
const REACH = 1000;
/** Halvings that narrow a break-even, after steps that each double or halve the requests. */
const NARROWINGS = 12;

/**
 * Break-evens of the first option with each of the others that take the workload: the nearest in each direction. A volume that
 * an option does not take ends the search there.
 * @param taking options that take the workload, the first first
 */
export function breakEvens(
  taking: readonly OptionVerdict[],
  workload: Workload,
  book: PriceBook,
  today: Date,
): readonly BreakEven[] {
  const [first, ...others] = taking.filter(({ cost }) => cost !== undefined);
  if (first === undefined) return [];
  const known = new Map<string, number | undefined>();
  const costOf = (option: InferenceOption, requestsPerMonth: number): number | undefined => {
    const key = `${option} ${requestsPerMonth}`;
    if (!known.has(key)) {
      const asked = { ...workload, requestsPerMonth };
      const takes = outReasons(option, asked).length === 0;
      known.set(key, takes ? optionCost(option, asked, book, today)?.monthly.expected.toNumber() : undefined);
    }
    return known.get(key);
  };
  /** Below zero where the first costs less; undefined where one of the two is out. */
  const difference = (other: InferenceOption, requestsPerMonth: number): number | undefined => {
    const [mine, theirs] = [costOf(first.option, requestsPerMonth), costOf(other, requestsPerMonth)];
    return mine === undefined || theirs === undefined ? undefined : mine - theirs;
  };
  return others.flatMap(({ option }) =>
    [2, 0.5].flatMap((step): readonly BreakEven[] => {
      const found = turn((requests) => difference(option, requests), workload.requestsPerMonth, step);
      if (found === undefined) return [];
      const pair = step > 1 ? { below: first.option, above: option } : { below: option, above: first.option };
      return [{ ...pair, requestsPerMonth: found }];
    }),
  );
}

/** The nearest volume in a direction at which the first stops costing less. */
function turn(difference: (requests: number) => number | undefined, from: number, step: number): number | undefined {
  for (let near = from, far = from * step; far >= from / REACH && far <= from * REACH; near = far, far *= step) {
    const there = difference(far);
    if (there === undefined) return undefined;
    if (there <= 0) continue;
    return narrowed(difference, near, far);
  }
  return undefined;
}

function narrowed(difference: (requests: number) => number | undefined, near: number, far: number): number {
  let [cheap, dear] = [near, far];
  for (let count = 0; count < NARROWINGS; count++) {
    const middle = Math.sqrt(cheap * dear);
    if ((difference(middle) ?? 1) > 0) dear = middle;
    else cheap = middle;
  }
  return dear;
}
