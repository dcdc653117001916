import { type Markup, type MarkupValue, markup } from "../charts/markup";

/** A table of a page. */
export interface DataTable {
  readonly caption: string;
  /** Heads of the columns; those of numbers begin with #. */
  readonly heads: readonly string[];
  /** Rows; the first cell of each names it. */
  readonly rows: readonly (readonly MarkupValue[])[];
}

/** A table that can be wider than a phone: then it scrolls by itself, and never the page. */
export function dataTable({ caption, heads, rows }: DataTable): Markup {
  const attribute = (at: number): Markup | undefined => (heads[at]?.startsWith("#") ? markup` class="n"` : undefined);
  return markup`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table><caption>${caption}</caption><thead><tr>${heads.map((head, at) => markup`<th scope="col"${attribute(at)}>${head.replace(/^#/, "")}</th>`)}</tr></thead><tbody>
${rows.map((cells) => markup`<tr>${cells.map((cell, at) => (at === 0 ? markup`<th scope="row">${cell}</th>` : markup`<td${attribute(at)}>${cell}</td>`))}</tr>\n`)}</tbody></table></div>
`;
}

/** Something that is folded away until it is asked for. */
export function folded(summary: string, content: MarkupValue): Markup {
  return markup`<details><summary>${summary}</summary>${content}</details>
`;
}
