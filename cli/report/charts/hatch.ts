import { type Markup, markup } from "./markup";

/** Ways to fill a shape that are told apart without colour, too. */
export const FILLS = ["solid", "hatched", "dotted"] as const;
export type Fill = (typeof FILLS)[number];

/** The patterns of a drawing; `prefix` is that of its ids. */
export function hatches(prefix: string): Markup {
  return markup`<defs><pattern id="${prefix}-hatched" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="paper" width="6" height="6"/><rect class="ink" width="3" height="6"/></pattern><pattern id="${prefix}-dotted" width="5" height="5" patternUnits="userSpaceOnUse"><rect class="paper" width="5" height="5"/><circle class="ink" cx="2.5" cy="2.5" r="1.3"/></pattern></defs>`;
}

/** Class and fill of a shape, as attributes. */
export function filled(prefix: string, fill: Fill): Markup {
  return fill === "solid" ? markup`class="fill solid"` : markup`class="fill ${fill}" fill="url(#${prefix}-${fill})"`;
}
