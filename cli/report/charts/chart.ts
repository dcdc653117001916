import { type Markup, markup } from "./markup";

/** Widths in pixels for which a chart is drawn: a phone's, and a page's. Text has the same size in both. */
export const NARROW = 328;
export const WIDE = 720;

/** What a chart says without being seen. */
export interface ChartText {
  /** Unique on the page: letters, digits and dashes. */
  readonly id: string;
  readonly title: string;
  /** What there is to see, in a sentence or two. */
  readonly description: string;
}

/** A drawing: its height, and what is in it. */
export interface Drawing {
  readonly height: number;
  readonly content: Markup;
}

/**
 * A chart drawn twice, for a narrow and for a wide page; a style sheet shows one of them, so that text stays readable on both.
 * @param draw draws for a width; ids in it must begin with the given prefix, which differs between the two
 */
export function chart(
  text: ChartText,
  draw: (width: number, prefix: string) => Drawing,
  widths: { readonly narrow: number; readonly wide: number } = { narrow: NARROW, wide: WIDE },
): Markup {
  return markup`${drawn(text, "narrow", widths.narrow, draw)}${drawn(text, "wide", widths.wide, draw)}`;
}

/** A chart that is drawn once. */
export function singleChart(text: ChartText, width: number, draw: (width: number, prefix: string) => Drawing): Markup {
  return drawn(text, "single", width, draw);
}

function drawn(
  { id, title, description }: ChartText,
  size: "narrow" | "wide" | "single",
  width: number,
  draw: (width: number, prefix: string) => Drawing,
): Markup {
  const prefix = `${id}-${size}`;
  const { height, content } = draw(width, prefix);
  return markup`<svg class="chart ${size}" role="img" aria-labelledby="${prefix}-title" aria-describedby="${prefix}-description" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"><title id="${prefix}-title">${title}</title><desc id="${prefix}-description">${description}</desc>${content}</svg>
`;
}
