import { Markup, type MarkupValue, markup } from "./charts/markup";

const STYLE = Markup.trusted(`
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem; overflow-wrap: anywhere; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { border-bottom: 1px solid #8888; padding: .25rem .75rem .25rem 0; text-align: left; }
td.n, th.n { text-align: right; white-space: nowrap; }
td meter { width: 8rem; }
article { border-top: 1px solid #8888; padding: .5rem 0; }
article h2 { margin: .5rem 0; }
article meter { width: 100%; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; margin: 0; }
dd { margin: 0; }`);

/** A report as one page of HTML that stands alone: no script, nothing from elsewhere. */
export function plainPage(title: string, content: MarkupValue): string {
  return markup`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${STYLE}</style></head>
<body>
<main>
<h1>${title}</h1>
${content}</main>
</body>
</html>
`.toString();
}

/** A table of such a page; heads that begin with # are of numbers. */
export function plainTable(heads: readonly string[], rows: readonly (readonly MarkupValue[])[]): Markup {
  const attribute = (at: number): Markup | undefined => (heads[at]?.startsWith("#") ? markup` class="n"` : undefined);
  const head = heads.map((name, at) => markup`<th scope="col"${attribute(at)}>${name.replace("#", "")}</th>`);
  const body = rows.map(
    (cells) => markup`<tr>${cells.map((cell, at) => markup`<td${attribute(at)}>${cell}</td>`)}</tr>\n`,
  );
  return markup`<table><thead><tr>${head}</tr></thead><tbody>\n${body}</tbody></table>\n`;
}

/** Points of a list. */
export function plainList(items: readonly MarkupValue[]): Markup {
  return markup`<ul>${items.map((item) => markup`<li>${item}</li>\n`)}</ul>\n`;
}

/** A bar as long as its part of the greatest; where bars are not drawn its text stands in its place. */
export function plainBar(part: number, text: string): Markup {
  return markup`<meter min="0" max="1" value="${part.toFixed(4)}">${text}</meter>`;
}
