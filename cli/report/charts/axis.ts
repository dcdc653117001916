/** How values become places: even steps, or even factors. */
export type AxisKind = "linear" | "log";

/** An axis from one value to another, over so many pixels. */
export interface Axis {
  readonly kind: AxisKind;
  readonly from: number;
  readonly to: number;
  /** Values at which it is marked, within its ends, rising. */
  readonly ticks: readonly number[];
  /** Place of a value, in pixels from the beginning; values beyond an end are put at that end. */
  at(value: number): number;
}

/** Steps of a linear axis, before a power of ten. */
const STEPS = [1, 2, 2.5, 5, 10];

/**
 * An axis for values. A linear one reaches from zero, or from `from`, to the next tick above; a logarithmic one from a power of ten to another.
 * @param values all that must be on it; a logarithmic axis leaves out those that are not above zero
 * @param pixels its length
 * @param wanted ticks to have, about
 */
export function axisFor(
  values: readonly number[],
  pixels: number,
  { kind = "linear", wanted = 4, from = 0 }: { kind?: AxisKind; wanted?: number; from?: number } = {},
): Axis {
  return kind === "log" ? logAxis(values, pixels, wanted) : linearAxis(values, pixels, wanted, from);
}

function linearAxis(values: readonly number[], pixels: number, wanted: number, from: number): Axis {
  const most = Math.max(...values, from);
  const rough = (most - from) / wanted || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = (STEPS.find((one) => one * power >= rough) ?? 10) * power;
  const first = Math.floor(from / step);
  const count = Math.max(1, Math.ceil(most / step - first - 1e-9));
  // A product of small whole numbers and a step is rounded off: 3 × 0.1 would be 0.30000000000000004.
  const ticks = Array.from({ length: count + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
  const [low, high] = [ticks[0] ?? 0, ticks.at(-1) ?? 1];
  return { kind: "linear", from: low, to: high, ticks, at: (value) => place((value - low) / (high - low), pixels) };
}

function logAxis(values: readonly number[], pixels: number, wanted: number): Axis {
  const positive = values.filter((value) => value > 0);
  const low = Math.floor(Math.log10(Math.min(...positive, Number.MAX_VALUE)) + 1e-9);
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...positive, Number.MIN_VALUE)) - 1e-9));
  if (positive.length === 0) return logAxis([1, 10], pixels, wanted);
  const every = Math.max(1, Math.ceil((high - low) / wanted));
  const ticks = Array.from({ length: Math.floor((high - low) / every) + 1 }, (_, i) => 10 ** (low + i * every));
  return {
    kind: "log",
    from: 10 ** low,
    to: 10 ** high,
    ticks,
    at: (value) => place(value > 0 ? (Math.log10(value) - low) / (high - low) : 0, pixels),
  };
}

/** A share of a length, on it and to a tenth of a pixel. */
function place(share: number, pixels: number): number {
  return Math.round(Math.min(1, Math.max(0, share)) * pixels * 10) / 10;
}
