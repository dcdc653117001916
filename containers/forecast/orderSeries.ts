import type { Series } from "./fitFunction";
import { Scratch } from "./scratch";

/** Most points in one stretch of time; where they crowd together, stretches are no use. */
const MOST_TOGETHER = 24;

const scratch = new Scratch();

/**
 * Sorts by time and averages what was measured at the same moment; the order of the rows does not matter to the last bit.
 * @param times put into another order, as the values are
 */
export function orderSeries(times: Float64Array, values: Float64Array): Series {
  scratch.reset();
  let [ascending, distinct] = [true, true];
  for (let i = 1; i < times.length; i++) {
    const step = (times[i] as number) - (times[i - 1] as number);
    if (step < 0) ascending = false;
    if (step <= 0) distinct = false;
  }
  if (!ascending) {
    sortByTime(times, values);
    distinct = false;
  }
  return distinct ? { times: times.slice(), values: values.slice() } : meansOfMoments(times, values);
}

function meansOfMoments(times: Float64Array, values: Float64Array): Series {
  const distinct = scratch.floats(times.length);
  const means = scratch.floats(times.length);
  let points = 0;
  for (let i = 0; i < times.length; ) {
    const time = times[i] as number;
    let end = i + 1;
    while (end < times.length && times[end] === time) end++;
    // Of two the sum is the same in either order.
    if (end - i > 2) values.subarray(i, end).sort();
    let sum = 0;
    for (let same = i; same < end; same++) sum += values[same] as number;
    distinct[points] = time;
    means[points++] = sum / (end - i);
    i = end;
  }
  return { times: distinct.slice(0, points), values: means.slice(0, points) };
}

/** Deals the points into as many stretches of time as there are points, which leaves little to sort. */
function sortByTime(times: Float64Array, values: Float64Array): void {
  const count = times.length;
  let [first, last] = [times[0] as number, times[0] as number];
  for (let i = 1; i < count; i++) {
    const time = times[i] as number;
    if (time < first) first = time;
    else if (time > last) last = time;
  }
  const perMillisecond = (count - 1) / (last - first);
  const stretches = scratch.integers(count);
  const ends = scratch.integers(count);
  let crowd = 0;
  for (let i = 0; i < count; i++) {
    const stretch = Math.floor(((times[i] as number) - first) * perMillisecond);
    stretches[i] = stretch;
    const size = (ends[stretch] as number) + 1;
    ends[stretch] = size;
    if (size > crowd) crowd = size;
  }
  if (crowd > MOST_TOGETHER) sortByComparison(times, values);
  else deal(times, values, stretches, ends);
}

/**
 * Puts each point into its stretch, and sorts what is left to sort.
 * @param ends number of points in each stretch
 */
function deal(times: Float64Array, values: Float64Array, stretches: Uint32Array, ends: Uint32Array): void {
  const count = times.length;
  for (let k = 1; k < count; k++) ends[k] = (ends[k] as number) + (ends[k - 1] as number);
  const [givenTimes, givenValues] = [scratch.copy(times), scratch.copy(values)];
  for (let i = 0; i < count; i++) {
    const at = (ends[stretches[i] as number] as number) - 1;
    ends[stretches[i] as number] = at;
    times[at] = givenTimes[i] as number;
    values[at] = givenValues[i] as number;
  }
  for (let i = 1; i < count; i++) {
    const time = times[i] as number;
    const value = values[i] as number;
    let at = i;
    for (; at > 0 && (times[at - 1] as number) > time; at--) {
      times[at] = times[at - 1] as number;
      values[at] = values[at - 1] as number;
    }
    times[at] = time;
    values[at] = value;
  }
}

function sortByComparison(times: Float64Array, values: Float64Array): void {
  const order = Uint32Array.from(times, (_, index) => index).sort(
    (a, b) => (times[a] as number) - (times[b] as number),
  );
  const [givenTimes, givenValues] = [times.slice(), values.slice()];
  for (const [at, from] of order.entries()) {
    times[at] = givenTimes[from] as number;
    values[at] = givenValues[from] as number;
  }
}
