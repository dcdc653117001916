import { type Fill, filled, hatches } from "../charts/hatch";
import { type Markup, markup } from "../charts/markup";

/** A piece of a fill for a legend. `id` is unique on the page. */
export function fillKey(fill: Fill, id: string): Markup {
  return markup`<svg class="key" viewBox="0 0 24 14" width="24" height="14" aria-hidden="true" focusable="false">${fill !== "solid" && hatches(id)}<rect ${filled(id, fill)} width="24" height="14"/></svg>`;
}
