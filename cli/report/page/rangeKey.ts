import { type Markup, markup } from "../charts/markup";

/** A line between bounds, for a legend. */
export function rangeKey(): Markup {
  return markup`<svg class="key" viewBox="0 0 40 14" width="40" height="14" aria-hidden="true" focusable="false"><path class="range" d="M2 3v8M2 7H36M31 3l5 4-5 4"/></svg>`;
}
