import type { Decimal } from "../../../pricing/decimal";
import type { CostCurves } from "../../../pricing/savings/costCurves";
import { type CheapestStretch, cheapestStretches } from "../../../pricing/savings/costCurves";
import type { Alternative, Comparison } from "../../../pricing/savings/savings";
import { type Bar, barChart } from "../../charts/barChart";
import { chart } from "../../charts/chart";
import { lineChart, lineSign } from "../../charts/lineChart";
import { type Markup, markup } from "../../charts/markup";
import { money } from "../../priceWords";
import { dataTable, folded } from "../dataTable";
import { fillKey } from "../fillKey";
import { rangeKey } from "../rangeKey";
import type { RunReport } from "../runReport";
import { nothing, type PageSection } from "../section";
import { dollarTick } from "./pricesSection";

/** The stack beside other ways of doing the same: where it saves, and where it loses. */
export function savingsSection({ exhibits }: RunReport): PageSection {
  const { savings = [], curves = [] } = exhibits.price ?? {};
  return {
    id: "savings",
    title: "Savings, and where we lose",
    lead: "The stack beside other ways of doing the same work, from the same use and the same prices.",
    content:
      savings.length === 0
        ? nothing(
            exhibits.price === undefined
              ? "Without a price there is nothing to compare."
              : "The stack's Region is not known, so that no price can be looked up for the alternatives.",
          )
        : savings.map((one, i) => [
            comparison(one, i),
            curves.filter(({ of }) => of === one.title).map((each, j) => breakEven(each, `curve-${i}-${j}`)),
            one.notes.length > 0 &&
              markup`<ul class="notes">${one.notes.map((note) => markup`<li>${note}</li>`)}</ul>
`,
          ]),
  };
}

function comparison({ title, unit, alternatives }: Comparison, at: number): Markup {
  const bars = alternatives.map((one): Bar => {
    const { usd, name, ours } = one;
    if (usd === undefined) return { label: label(one), value: costWords(one), parts: [], strong: ours };
    const isKnown = usd.low.compare(usd.high) === 0;
    return {
      label: label({ name, ours }),
      value: amount(usd.expected),
      parts: [{ amount: usd.expected.toNumber(), fill: ours ? "solid" : "hatched" }],
      ...(!isKnown && { low: usd.low.toNumber(), high: usd.high.toNumber() }),
      strong: ours,
    };
  });
  const text = {
    id: `savings-${at}`,
    title: `${title}: cost of each way`,
    description: alternatives.map((one) => `${label(one)}: ${costWords(one)}`).join("; "),
  };
  return markup`<h3>${title}</h3><figure><figcaption>US dollars for ${unit}</figcaption>${chart(text, (width, prefix) => barChart(bars, width, prefix, dollarTick))}
<ul class="legend"><li>${fillKey("solid", `key-ours-${at}`)} ours</li><li>${fillKey("hatched", `key-other-${at}`)} other ways</li>${alternatives.some(({ usd }) => usd && usd.low.compare(usd.high) !== 0) && markup`<li>${rangeKey()} bounds; an arrow leads beyond the axis</li>`}</ul></figure>
${folded(
  `${title}, as a table`,
  dataTable({
    caption: `${title}: US dollars for ${unit}`,
    heads: ["way", "#expected (low to high)", "made of"],
    rows: alternatives.map((one) => [label(one), costWords(one), one.how]),
  }),
)}`;
}

function breakEven(curves: CostCurves, id: string): Markup {
  const { title, x, unit, lines } = curves;
  const stretches = cheapestStretches(curves);
  const words = stretches.map((one) => stretchWords(one, stretches.length)).join("; ");
  const text = { id, title: `${title}: break-even`, description: `Cheapest ${words}.` };
  const y = x.kind;
  return markup`<figure><figcaption>${title}</figcaption>${chart(text, (width, prefix) =>
    lineChart(
      {
        x,
        y: { label: `US dollars for ${unit}${y === "log" ? ", both axes in factors" : ""}`, kind: y },
        lines: lines.map(({ name, ours, usd }) => ({ name, strong: ours, values: usd })),
        stretches: stretches.map(({ from, to, ours }) => ({ from, to, hatched: !ours })),
      },
      width,
      prefix,
      { x: countTick, y: dollarTick },
    ),
  )}
<ul class="legend lines">${lines.map(({ name, ours, usd }, i) => markup`<li>${lineSign({ strong: ours }, i)} ${label({ name, ours })}${usd.every((cost) => cost === null) && " – no price in the book"}</li>`)}</ul>
<p class="note">Cheapest, as the strip below the axis shows (hatched: not ours): ${words}.</p></figure>
${folded(
  `${title}, as a table`,
  dataTable({
    caption: `${title}: US dollars for ${unit}, as expected`,
    heads: [x.label, ...lines.map((line) => `#${label(line)}`)],
    rows: x.values.map((value, i) => [
      value.toLocaleString("en-US"),
      ...lines.map(({ usd }) => dollarsOf(usd[i] ?? null)),
    ]),
  }),
)}`;
}

/** A cost with its bounds. */
function costWords({ usd }: Alternative): string {
  if (usd === undefined) return "no price in the book";
  const text = amount(usd.expected);
  return usd.low.compare(usd.high) === 0 ? text : `${text} (${amount(usd.low)} to ${amount(usd.high)})`;
}

/** Costs of small things have four places, those of a dollar or more have cents. */
function amount(usd: Decimal): string {
  return usd.toNumber() >= 1 ? money(usd) : `$${usd.toString(4)}`;
}

function stretchWords({ name, ours, from, to }: CheapestStretch, count: number): string {
  const who = `${name}${ours ? " (ours)" : ": we lose"}`;
  return count === 1 ? `everywhere ${who}` : `from ${countOf(from)} to ${countOf(to)} ${who}`;
}

function label({ name, ours }: Pick<Alternative, "name" | "ours">): string {
  return ours ? `${name} – ours` : name;
}

function countOf(value: number): string {
  return value.toLocaleString("en-US", { maximumSignificantDigits: 3 });
}

function countTick(value: number): string {
  return value.toLocaleString("en-US", { notation: value >= 10_000 ? "compact" : "standard" });
}

function dollarsOf(usd: number | null): string {
  return usd === null ? "–" : `$${usd.toLocaleString("en-US", { maximumSignificantDigits: 4 })}`;
}
