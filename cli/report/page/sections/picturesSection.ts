import { type Markup, markup } from "../../charts/markup";
import { counted } from "../../counted";
import type { EmbeddedPicture, ShownPicture } from "../embeddedPicture";
import type { RunReport } from "../runReport";
import { nothing, type PageSection } from "../section";

/** Photographs before and after. */
export function picturesSection({ pictures, summary }: RunReport): PageSection {
  const { images } = summary.normalize;
  const [before, after] = (["before", "after"] as const).map((side) =>
    pictures.reduce((sum, picture) => sum + (picture[side]?.bytes ?? 0), 0),
  );
  return {
    id: "pictures",
    title: "Before and after",
    lead:
      pictures.length === 0
        ? `${counted(images, "photograph")} went through the stack.`
        : `${counted(pictures.length, "photograph")} as uploaded, and as a model reads them: ${size(before ?? 0)} became ${size(after ?? 0)}.`,
    content:
      pictures.length === 0
        ? nothing("No photograph was normalised: the stack has no images, or every read failed.")
        : markup`<div class="pairs">${pictures.map(pair)}</div>
`,
  };
}

function pair({ key, before, after }: EmbeddedPicture): Markup {
  return markup`<figure class="pair"><div>${picture(before, `${key} as it was uploaded`)}<span class="becomes" aria-hidden="true">→</span>${picture(after, `${key} normalised`)}</div><figcaption><strong>${key}</strong> ${facts(before)} → ${facts(after)}</figcaption></figure>
`;
}

function picture(shown: ShownPicture | undefined, alternative: string): Markup {
  return shown === undefined
    ? markup`<span class="missing">cannot be shown</span>`
    : markup`<img src="${shown.source}" width="${shown.shown.width}" height="${shown.shown.height}" alt="${alternative}">`;
}

function facts(shown: ShownPicture | undefined): string {
  return shown === undefined ? "not decoded" : `${shown.width} × ${shown.height}, ${size(shown.bytes)}`;
}

function size(bytes: number): string {
  return bytes >= 1_000_000 ? `${(bytes / 1_000_000).toFixed(1)} MB` : `${Math.round(bytes / 1000)} kB`;
}
