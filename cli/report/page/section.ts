import { type Markup, type MarkupValue, markup } from "../charts/markup";

/** A section of the page. */
export interface PageSection {
  /** Its address on the page: lower-case letters and dashes. */
  readonly id: string;
  readonly title: string;
  /** What it says, in one sentence below its title. */
  readonly lead: string;
  readonly content: MarkupValue;
}

/** A section with its heading. */
export function sectionMarkup({ id, title, lead, content }: PageSection): Markup {
  return markup`<section id="${id}" aria-labelledby="${id}-heading"><h2 id="${id}-heading">${title}</h2><p class="lead">${lead}</p>
${content}</section>
`;
}

/** Says why there is nothing to see. */
export function nothing(why: string): Markup {
  return markup`<p class="nothing">${why}</p>
`;
}
