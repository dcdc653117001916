import type { SeedRow } from "../../../contracts/seedDataset";
import type { ComparedForecast } from "../../job/comparedForecast";
import { type Markup, markup } from "./markup";

/** Size of a drawing in pixels, and the room around its axes. */
const SIZE = { width: 460, height: 200 } as const;
const MARGIN = { left: 44, right: 12, top: 26, bottom: 24 } as const;

const COLUMNS = 2;

/** Days of the history that are drawn before the forecast. */
const HISTORY_DAYS = 120;

const DAY_MS = 86_400_000;

/** Signs of a drawing around their origin, with what they mean: what was fitted on, the forecast, what happened. */
export const FORECAST_SIGNS: readonly { readonly sign: Markup; readonly words: string }[] = [
  { sign: dot(0, 0), words: "what the model was fitted on" },
  {
    sign: markup`<path class="band" d="M-10 -6h20v12h-20z" fill="#1f6feb" fill-opacity="0.15"/><path class="forecast" d="M-10 0h20" stroke="#1f6feb" stroke-width="2"/>`,
    words: "forecast, with its 80 % interval",
  },
  { sign: diamond(0, 0), words: "what happened, held back" },
];

interface Point {
  readonly time: number;
  readonly value: number;
}

/** Draws forecasts against what happened, as an SVG: history grey dots, forecast a blue line with its interval, what happened orange diamonds. */
export function forecastChart(forecasts: readonly ComparedForecast[]): string {
  const rows = Math.ceil(forecasts.length / COLUMNS);
  const [width, height] = [SIZE.width * COLUMNS, Math.max(1, rows) * SIZE.height + 30];
  const legend = FORECAST_SIGNS.map(({ sign, words }, i) => {
    const x = MARGIN.left + i * 270;
    return markup`<g transform="translate(${x} ${height - 14})">${sign}</g><text x="${x + 14}" y="${height - 10}">${words}</text>\n`;
  });
  const panels = forecasts.map((forecast, i) => {
    const [x, y] = [(i % COLUMNS) * SIZE.width, Math.floor(i / COLUMNS) * SIZE.height];
    return markup`<g transform="translate(${x} ${y})"><text x="${MARGIN.left}" y="16" font-weight="600">${forecast.title}</text>${forecastPanel(forecast)}</g>\n`;
  });
  const drawing = markup`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="12" fill="#24292f">
<rect width="${width}" height="${height}" fill="#ffffff"/>
${panels}${legend}</svg>
`;
  return `${drawing}`;
}

/**
 * One customer's drawing without its title, as the content of an SVG. Its parts have the classes `axis`, `band`, `forecast`,
 * `history` and `happened`, by which a style sheet may give them other colours.
 */
export function forecastPanel(
  { shown, truth, answer }: ComparedForecast,
  size: { readonly width: number; readonly height: number } = SIZE,
): Markup {
  const times = answer.timestamps.map((text) => Date.parse(text));
  const history = shown.map(pointOf).filter(({ time }) => time >= Math.min(...times) - HISTORY_DAYS * DAY_MS);
  const happened = truth.map(pointOf);
  const values = [...history, ...happened].map(({ value }) => value).concat(answer.lower, answer.upper);
  const allTimes = [...history.map(({ time }) => time), ...times];
  const [from, to] = [Math.min(...allTimes), Math.max(...allTimes)];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const x = (time: number): number =>
    round(MARGIN.left + ((time - from) / (to - from || 1)) * (size.width - MARGIN.left - MARGIN.right));
  const y = (value: number): number =>
    round(
      size.height - MARGIN.bottom - ((value - low) / (high - low || 1)) * (size.height - MARGIN.top - MARGIN.bottom),
    );
  const marks = (points: readonly Point[], mark: (x: number, y: number) => Markup): readonly Markup[] =>
    points.map(({ time, value }) => mark(x(time), y(value)));
  const line = (ends: readonly number[]): string[] => ends.map((value, i) => `${x(times[i] ?? 0)},${y(value)}`);
  const band = [...line(answer.upper), ...line(answer.lower).reverse()].join(" ");
  const day = (time: number): string => new Date(time).toISOString().slice(0, 10);
  const [left, right, bottom] = [MARGIN.left, size.width - MARGIN.right, size.height - MARGIN.bottom];
  return markup`<path class="axis" d="M${left} ${MARGIN.top}V${bottom}H${right}" fill="none" stroke="#d0d7de"/><text x="${left - 6}" y="${bottom}" text-anchor="end">${Math.round(low)}</text><text x="${left - 6}" y="${MARGIN.top + 8}" text-anchor="end">${Math.round(high)}</text><text x="${left}" y="${bottom + 16}">${day(from)}</text><text x="${right}" y="${bottom + 16}" text-anchor="end">${day(to)}</text><polygon class="band" points="${band}" fill="#1f6feb" fill-opacity="0.15"/><polyline class="forecast" points="${line(answer.mean).join(" ")}" fill="none" stroke="#1f6feb" stroke-width="1.5"/>${marks(history, dot)}${marks(happened, diamond)}`;
}

function dot(x: number, y: number): Markup {
  return markup`<circle class="history" cx="${x}" cy="${y}" r="2.2" fill="#8a8f98"/>`;
}

/** Another shape, so that colour is not all that tells it from what the model was shown. */
function diamond(x: number, y: number): Markup {
  return markup`<path class="happened" d="M${x} ${round(y - 3.4)}l3.4 3.4-3.4 3.4-3.4-3.4z" fill="#d9480f"/>`;
}

function pointOf({ time, consumption }: SeedRow): Point {
  return { time: time.getTime(), value: consumption };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
