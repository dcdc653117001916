import { type Markup, markup } from "../../charts/markup";
import { dataTable } from "../dataTable";
import type { EmbeddedAnswer } from "../embeddedPicture";
import type { RunReport } from "../runReport";
import { nothing, type PageSection } from "../section";

/** What the classifier said; undefined for a stack without one. */
export function classifySection({ summary, answers }: RunReport): PageSection | undefined {
  const { classify } = summary;
  if (classify === undefined) return undefined;
  const { pictures, correct, refused, requests, perSecond, p50Ms, p99Ms, coldMs } = classify;
  const wrong = answers.filter(({ label, answered }) => answered?.label !== label).length;
  return {
    id: "classify",
    title: "What the classifier saw",
    lead: `${correct} of ${pictures} pictures, which the model has not seen before, got their own label first; ${refused} hostile requests were refused.`,
    content: [
      answers.length === 0
        ? nothing("No picture was classified.")
        : markup`<p class="note">${wrong === 0 ? "" : `Shown are all ${wrong} that were wrong, framed twice, and `}${wrong === 0 ? "Shown are " : ""}${answers.length - wrong} that were right.</p><ul class="answers">${answers.map(answer)}</ul>
`,
      dataTable({
        caption: "Throughput and latency of the classifier, through its HTTP API",
        heads: ["what", "#value"],
        rows: [
          ["answers", requests],
          ["a second, warm", perSecond],
          ["p50 ms, warm", p50Ms],
          ["p99 ms, warm", p99Ms],
          ["ms of the first answer", coldMs],
        ],
      }),
    ],
  };
}

function answer({ name, label, answered, picture }: EmbeddedAnswer): Markup {
  const isRight = answered?.label === label;
  const percent = answered ? `${Math.round(answered.score * 100)}\u00a0%` : "";
  const says = answered === undefined ? "no answer" : isRight ? `${label} ✓` : `${answered.label} ✗ is ${label}`;
  return markup`<li class="${isRight ? "right" : "wrong"}">${
    picture === undefined
      ? markup`<span class="missing">${name}</span>`
      : markup`<img src="${picture.source}" width="${picture.shown.width}" height="${picture.shown.height}" alt="${name}, labelled ${label}">`
  }<span><strong>${says}</strong> ${percent}</span></li>`;
}
