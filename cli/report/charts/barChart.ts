import { type Axis, axisFor } from "./axis";
import type { Drawing } from "./chart";
import { textWidth, wrapped } from "./fittedText";
import { type Fill, filled, hatches } from "./hatch";
import { type Markup, markup } from "./markup";

/** One bar with its label above it, on two lines where it is too long for one. */
export interface Bar {
  readonly label: string;
  /** What it says at its end, for example an amount with its bounds. */
  readonly value: string;
  /** Its parts, from zero on. Empty when the amount is not known: then no bar is drawn, and `value` says so. */
  readonly parts: readonly { readonly amount: number; readonly fill: Fill }[];
  /** Bounds, drawn as a line; what lies beyond the axis ends in an arrow. */
  readonly low?: number;
  readonly high?: number;
  /** An amount that the bar is measured by, drawn as a mark. */
  readonly mark?: number;
  /** True for what stands out. */
  readonly strong?: boolean;
}

/** Height of a row whose label has one line, and what every further line adds. */
const ROW = 44;
const LINE = 14;
/** Most lines of a label. */
const LINES = 2;
const BAR = { top: 19, height: 13 } as const;
const AXIS = 22;
/** Room at the end of the axis for the arrow of bounds beyond it. */
const BEYOND = 18;

/**
 * Draws bars from zero, in proportion to their amounts. The axis reaches as far as the longest bar and mark: bounds may lie
 * far beyond, and would make bars too small to compare.
 * @param tick words for a value on the axis
 */
export function barChart(
  bars: readonly Bar[],
  width: number,
  prefix: string,
  tick: (value: number) => string,
): Drawing {
  const totals = bars.map(({ parts }) => parts.reduce((sum, { amount }) => sum + amount, 0));
  const marks = bars.flatMap(({ mark }) => (mark === undefined ? [] : [mark]));
  const axis = axisFor([...totals, ...marks], width - BEYOND, { wanted: width > 500 ? 6 : 3 });
  const labels = bars.map(({ label, value, strong: bold = false }) =>
    wrapped(label, width - textWidth(value, { bold }) - 14, LINES, { bold }),
  );
  const more = labels.map(({ length }) => (length - 1) * LINE);
  const bottom = more.reduce((sum, added) => sum + ROW + added, 0);
  const grid = axis.ticks.map((value, i) => {
    const x = axis.at(value);
    const anchor = i === 0 ? "start" : "middle";
    return markup`<path class="grid" d="M${x} 0V${bottom}"/><text class="tick" x="${x}" y="${bottom + 15}" text-anchor="${anchor}">${tick(value)}</text>`;
  });
  let y = 0;
  const rows = bars.map((bar, i) => {
    const [row, top] = [y, BAR.top + (more[i] ?? 0)];
    y += ROW + (more[i] ?? 0);
    let from = 0;
    const parts = bar.parts.map(({ amount, fill }) => {
      const [x, end] = [axis.at(from), axis.at(from + amount)];
      from += amount;
      // An amount that is there is seen, however small.
      const size = amount > 0 ? Math.max(1, end - x) : 0;
      return markup`<rect ${filled(prefix, fill)} x="${x}" y="${top}" width="${round(size)}" height="${BAR.height}"/>`;
    });
    const lines = labels[i]?.map((line, at) => markup`<text x="0" y="${13 + at * LINE}">${line}</text>`);
    return markup`<g class="${bar.strong ? "bar strong" : "bar"}" transform="translate(0 ${row})">${lines}<text class="value" x="${width}" y="13" text-anchor="end">${bar.value}</text>${parts}${bar.low !== undefined && bar.high !== undefined && range(bar.low, bar.high, top, axis)}${bar.mark !== undefined && markup`<path class="mark" d="M${axis.at(bar.mark)} ${top - 3}v${BAR.height + 6}"/>`}</g>`;
  });
  return { height: bottom + AXIS, content: markup`${hatches(prefix)}${grid}${rows}` };
}

/** A line between bounds with an end at each, or an arrow where one is beyond the axis. */
function range(low: number, high: number, top: number, axis: Axis): Markup {
  const middle = top + BAR.height / 2;
  const isBeyond = high > axis.to;
  const [from, to] = [axis.at(low), isBeyond ? axis.at(axis.to) + BEYOND - 5 : axis.at(high)];
  const end = isBeyond ? `M${to - 5} ${middle - 4}l5 4-5 4` : `M${to} ${middle - 4}v8`;
  return markup`<path class="range" d="M${from} ${middle - 4}v8M${from} ${middle}H${to}${end}"/>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
