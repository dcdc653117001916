import type { SeedRow } from "../../contracts/seedDataset";
import type { ForecastAnswer } from "./hostedModels";

/** One customer's drawing. */
export interface ForecastChart {
  readonly title: string;
  /** What the model was fitted on, in order of time. */
  readonly shown: readonly SeedRow[];
  /** What was held back, in order of time; empty when nothing was. */
  readonly truth: readonly SeedRow[];
  readonly answer: ForecastAnswer;
}

/** Size of a drawing in pixels, and the room around its axes. */
const SIZE = { width: 460, height: 200 } as const;
const MARGIN = { left: 44, right: 12, top: 26, bottom: 24 } as const;

const COLUMNS = 2;

/** Days of the history that are drawn before the forecast. */
const HISTORY_DAYS = 120;

const DAY_MS = 86_400_000;

interface Point {
  readonly time: number;
  readonly value: number;
}

/** Draws forecasts against what happened, as an SVG: history grey, forecast blue with its interval, what happened orange. */
export function forecastChart(charts: readonly ForecastChart[]): string {
  const rows = Math.ceil(charts.length / COLUMNS);
  const [width, height] = [SIZE.width * COLUMNS, Math.max(1, rows) * SIZE.height + 30];
  const legend = [
    ["#8a8f98", "what the model was fitted on"],
    ["#1f6feb", "forecast, with its 80 % interval"],
    ["#d9480f", "what happened, held back"],
  ].map(([colour, text], i) => {
    const x = MARGIN.left + i * 270;
    return `<circle cx="${x}" cy="${height - 14}" r="4" fill="${colour}"/><text x="${x + 10}" y="${height - 10}">${text}</text>`;
  });
  const panels = charts.map((chart, i) => {
    const [x, y] = [(i % COLUMNS) * SIZE.width, Math.floor(i / COLUMNS) * SIZE.height];
    return `<g transform="translate(${x} ${y})">${panel(chart)}</g>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="12" fill="#24292f">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...panels,
    ...legend,
    "</svg>\n",
  ].join("\n");
}

function panel({ title, shown, truth, answer }: ForecastChart): string {
  const times = answer.timestamps.map((text) => Date.parse(text));
  const history = shown.map(pointOf).filter(({ time }) => time >= Math.min(...times) - HISTORY_DAYS * DAY_MS);
  const happened = truth.map(pointOf);
  const values = [...history, ...happened].map(({ value }) => value).concat(answer.lower, answer.upper);
  const allTimes = [...history.map(({ time }) => time), ...times];
  const [from, to] = [Math.min(...allTimes), Math.max(...allTimes)];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const x = (time: number): number =>
    round(MARGIN.left + ((time - from) / (to - from || 1)) * (SIZE.width - MARGIN.left - MARGIN.right));
  const y = (value: number): number =>
    round(
      SIZE.height - MARGIN.bottom - ((value - low) / (high - low || 1)) * (SIZE.height - MARGIN.top - MARGIN.bottom),
    );
  const dots = (points: readonly Point[], colour: string): string =>
    points.map(({ time, value }) => `<circle cx="${x(time)}" cy="${y(value)}" r="2.2" fill="${colour}"/>`).join("");
  const line = (ends: readonly number[]): string[] => ends.map((value, i) => `${x(times[i] ?? 0)},${y(value)}`);
  const band = [...line(answer.upper), ...line(answer.lower).reverse()].join(" ");
  const day = (time: number): string => new Date(time).toISOString().slice(0, 10);
  const [left, right, bottom] = [MARGIN.left, SIZE.width - MARGIN.right, SIZE.height - MARGIN.bottom];
  return [
    `<text x="${left}" y="16" font-weight="600">${escaped(title)}</text>`,
    `<path d="M${left} ${MARGIN.top}V${bottom}H${right}" fill="none" stroke="#d0d7de"/>`,
    `<text x="${left - 6}" y="${bottom}" text-anchor="end">${Math.round(low)}</text>`,
    `<text x="${left - 6}" y="${MARGIN.top + 8}" text-anchor="end">${Math.round(high)}</text>`,
    `<text x="${left}" y="${bottom + 16}">${day(from)}</text>`,
    `<text x="${right}" y="${bottom + 16}" text-anchor="end">${day(to)}</text>`,
    `<polygon points="${band}" fill="#1f6feb" fill-opacity="0.15"/>`,
    `<polyline points="${line(answer.mean).join(" ")}" fill="none" stroke="#1f6feb" stroke-width="1.5"/>`,
    dots(history, "#8a8f98"),
    dots(happened, "#d9480f"),
  ].join("");
}

function pointOf({ time, consumption }: SeedRow): Point {
  return { time: time.getTime(), value: consumption };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
