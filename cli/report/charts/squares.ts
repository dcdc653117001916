import type { Drawing } from "./chart";
import { type Markup, markup } from "./markup";

/** What a square says, by its sign: it holds, it is refused, it is shown, it cannot be told, it is excepted, it is off. */
export type SquareState = "held" | "refused" | "shown" | "unknown" | "excepted" | "off";

/** One square. */
export interface Square {
  readonly state: SquareState;
  /** What it is of, for who points at it. */
  readonly title: string;
}

const SIZE = 26;
const GAP = 5;

/** Signs in lines within a square of 26 pixels. */
const SIGNS: Readonly<Record<SquareState, Markup>> = {
  held: markup`<path d="M7.5 13.5l4 4 7-8.5"/>`,
  refused: markup`<path d="M8 8l10 10M18 8L8 18"/>`,
  shown: markup`<path d="M13 6.5v8.5M13 18.5v1"/>`,
  unknown: markup`<path d="M9.5 10.5c0-4.5 7-4.5 7 0 0 2.8-3.5 2.5-3.5 5M13 18.7v1"/>`,
  excepted: markup`<path d="M7 14c2-3.5 4-3.5 6 0s4 3.5 6-0.5"/>`,
  off: markup`<path d="M8 13h10"/>`,
};

/** Draws a square for each thing, row after row. */
export function squares(all: readonly Square[], width: number): Drawing {
  const columns = Math.max(1, Math.floor((width + GAP) / (SIZE + GAP)));
  const drawn = all.map(({ state, title }, i) => {
    const [x, y] = [(i % columns) * (SIZE + GAP), Math.floor(i / columns) * (SIZE + GAP)];
    return markup`<g class="square ${state}" transform="translate(${x} ${y})"><title>${title}</title><rect x="0.5" y="0.5" width="${SIZE - 1}" height="${SIZE - 1}" rx="5"/>${SIGNS[state]}</g>`;
  });
  return { height: Math.max(1, Math.ceil(all.length / columns)) * (SIZE + GAP) - GAP, content: markup`${drawn}` };
}

/** A square by itself, for a legend. */
export function squareSign(state: SquareState): Markup {
  return markup`<svg class="key" viewBox="0 0 26 26" width="20" height="20" aria-hidden="true" focusable="false"><g class="square ${state}"><rect x="0.5" y="0.5" width="25" height="25" rx="5"/>${SIGNS[state]}</g></svg>`;
}
