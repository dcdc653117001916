import { type Axis, type AxisKind, axisFor } from "./axis";
import type { Drawing } from "./chart";
import { fitted } from "./fittedText";
import { hatches } from "./hatch";
import { type Markup, markup } from "./markup";

/** One line over the values of x; it has gaps where a value is not known. */
export interface Line {
  readonly name: string;
  /** Drawn thick and without gaps. */
  readonly strong: boolean;
  readonly values: readonly (number | null)[];
}

/** A stretch of x that is told from others below the axis: plain, or hatched. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly hatched: boolean;
}

/** What a line chart is of. */
export interface LineChart {
  readonly x: { readonly label: string; readonly kind: AxisKind; readonly values: readonly number[] };
  readonly y: { readonly label: string; readonly kind: AxisKind };
  readonly lines: readonly Line[];
  readonly stretches: readonly Stretch[];
}

const MARGIN = { left: 60, right: 14, top: 28, bottom: 54 } as const;
const STRIP = 9;

/** Dashes by which lines are told apart, besides their marks and colours. */
const DASHES = ["", "7 4", "2 3", "9 3 2 3", "4 2", "12 5"];

/** Draws lines over a growing quantity, with a strip below that tells stretches of it apart. */
export function lineChart(
  { x, y, lines, stretches }: LineChart,
  width: number,
  prefix: string,
  tick: { readonly x: (value: number) => string; readonly y: (value: number) => string },
): Drawing {
  const height = width > 500 ? 330 : 290;
  const [right, bottom] = [width - MARGIN.right, height - MARGIN.bottom];
  const known = lines.flatMap(({ values }) => values.filter((value) => value !== null));
  const across = axisFor(x.values, right - MARGIN.left, { kind: x.kind, wanted: width > 500 ? 8 : 4 });
  const up = axisFor(known, bottom - MARGIN.top, { kind: y.kind, wanted: 5 });
  const at = { x: (value: number) => MARGIN.left + across.at(value), y: (value: number) => bottom - up.at(value) };
  const grid = [
    ...up.ticks.map(
      (value) =>
        markup`<path class="grid" d="M${MARGIN.left} ${at.y(value)}H${right}"/><text class="tick" x="${MARGIN.left - 6}" y="${at.y(value) + 4}" text-anchor="end">${tick.y(value)}</text>`,
    ),
    ...across.ticks.map(
      (value) =>
        markup`<text class="tick" x="${at.x(value)}" y="${bottom + STRIP + 18}" text-anchor="middle">${tick.x(value)}</text>`,
    ),
  ];
  const strip = stretches.map(({ from, to, hatched }, i) => {
    const [start, end] = [at.x(from), at.x(to)];
    return markup`<rect class="${hatched ? "stretch lost" : "stretch ours"}"${hatched && markup` fill="url(#${prefix}-hatched)"`} x="${start}" y="${bottom + 4}" width="${Math.max(1, Math.round((end - start) * 10) / 10)}" height="${STRIP}"/>${i > 0 && markup`<path class="meeting" d="M${start} ${MARGIN.top}V${bottom + STRIP + 4}"/>`}`;
  });
  return {
    height,
    content: markup`${hatches(prefix)}<text class="tick" x="0" y="11">${fitted(y.label, width, { size: 11 })}</text>${grid}${strip}${lines.map((line, i) => drawn(line, i, x.values, at))}<text class="tick" x="${(MARGIN.left + right) / 2}" y="${height - 6}" text-anchor="middle">${x.label}</text>`,
  };
}

/** The sign of a line in a legend: a piece of it with its mark. */
export function lineSign(line: Pick<Line, "strong">, at: number): Markup {
  return markup`<svg class="key" viewBox="0 0 40 14" width="40" height="14" aria-hidden="true" focusable="false"><path ${stroke(line, at)} d="M1 7H39"/>${mark(at, 20, 7)}</svg>`;
}

function drawn(
  line: Line,
  at: number,
  values: readonly number[],
  place: { readonly x: Axis["at"]; readonly y: Axis["at"] },
): Markup {
  let path = "";
  let pen = "M";
  const marks: Markup[] = [];
  const every = Math.max(1, Math.round(values.length / 5));
  line.values.forEach((value, i) => {
    if (value === null) {
      pen = "M";
      return;
    }
    const [x, y] = [place.x(values[i] ?? 0), place.y(value)];
    path += `${pen}${x} ${y}`;
    pen = "L";
    // Marks of different lines are at different values, so that lines on one another are both seen.
    if ((i + at) % every === 0) marks.push(mark(at, x, y));
  });
  return markup`<g class="line"><title>${line.name}</title><path ${stroke(line, at)} d="${path}"/>${marks}</g>`;
}

function stroke({ strong }: Pick<Line, "strong">, at: number): Markup {
  const dashes = strong ? "" : (DASHES[at % DASHES.length] ?? "");
  return markup`class="series s${at % DASHES.length}${strong && " strong"}"${dashes !== "" && markup` stroke-dasharray="${dashes}"`}`;
}

/** A mark of one of six shapes. */
function mark(at: number, x: number, y: number): Markup {
  const shapes = [
    "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
    "M-3.5-3.5h7v7h-7z",
    "M0-4.6l4.6 8h-9.2z",
    "M0-4.8l4.8 4.8-4.8 4.8-4.8-4.8z",
    "M0 4.6l4.6-8h-9.2z",
    "M-1.5-4.5h3v3h3v3h-3v3h-3v-3h-3v-3h3z",
  ];
  return markup`<path class="dot s${at % DASHES.length}" transform="translate(${x} ${y})" d="${shapes[at % shapes.length]}"/>`;
}
