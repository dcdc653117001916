import type { PriceResult } from "../../../pricing/priceResult";
import { type Bar, barChart } from "../../charts/barChart";
import { chart } from "../../charts/chart";
import { type Fill, filled, hatches } from "../../charts/hatch";
import { type Markup, markup } from "../../charts/markup";
import { shown } from "../../priceText";
import { billByComponent, bookSentences, bounds, money, moneyRange, notPricedLines, quantity } from "../../priceWords";
import { dataTable, folded } from "../dataTable";
import { fillKey } from "../fillKey";
import { rangeKey } from "../rangeKey";
import type { RunReport } from "../runReport";
import { nothing, type PageSection } from "../section";

/** Kinds of trust in a price, from the best to the worst, and how each is filled. */
const TRUST: readonly (readonly [keyof PriceResult["confidence"], Fill, string])[] = [
  ["exact", "solid", "AWS's own figures"],
  ["secondary", "hatched", "read from AWS's list by others"],
  ["derived", "dotted", "derived from another price"],
];

/** What the stack would cost in a month, and how far to trust that. */
export function pricesSection({ exhibits, summary }: RunReport): PageSection {
  const { price } = exhibits;
  const id = "prices";
  const title = "What it would cost on AWS";
  if (price === undefined) {
    const why = summary.failures.find((line) => line.startsWith("price: ")) ?? "The run did not price it.";
    return { id, title, lead: "The stack could not be priced.", content: nothing(why) };
  }
  const { result, usageFile } = price;
  const usage =
    usageFile === undefined ? "with every figure of use at its default" : `with the use that ${usageFile} tells`;
  return {
    id,
    title,
    lead: `${money(result.total.expected)} a month is expected, ${usage}; between ${bounds(result.total)} if everything is little or much at once. ${money(result.fixed.expected)} of it is paid for being there.`,
    content:
      result.items.length === 0
        ? [nothing("Nothing of the stack has a price."), notPriced(result)]
        : [components(result), trust(result), unitCosts(result), charges(result), notPriced(result)],
  };
}

function components(result: PriceResult): Markup {
  const bills = billByComponent(result);
  const bars = bills.map(
    ({ component, monthly, fixed, perUse }): Bar => ({
      label: component,
      value: money(monthly.expected),
      parts: [
        { amount: fixed.expected.toNumber(), fill: "solid" },
        { amount: perUse.expected.toNumber(), fill: "hatched" },
      ],
      ...(!monthly.isKnown && { low: monthly.low.toNumber(), high: monthly.high.toNumber() }),
    }),
  );
  const text = {
    id: "prices-components",
    title: "Expected cost of a month, by component",
    description: bills.map(({ component, monthly }) => `${component}: ${moneyRange(monthly)}`).join("; "),
  };
  return markup`<figure><figcaption>By component, US dollars a month</figcaption>${chart(text, (width, prefix) => barChart(bars, width, prefix, dollarTick))}
<ul class="legend"><li>${fillKey("solid", "key-fixed")} paid for being there</li><li>${fillKey("hatched", "key-use")} paid for use</li><li>${rangeKey()} bounds; an arrow leads beyond the axis</li></ul></figure>
${dataTable({
  caption: "Cost of a month by component",
  heads: ["component", "#expected", "#low to high", "#fixed", "#per use"],
  rows: bills.map(({ component, monthly, fixed, perUse }) => [
    component,
    money(monthly.expected),
    bounds(monthly),
    money(fixed.expected),
    money(perUse.expected),
  ]),
})}`;
}

/** One bar: how much of the total rests on what. */
function trust(result: PriceResult): Markup {
  const shares = TRUST.map(([name, fill, words]) => ({ fill, words, share: result.confidence[name] }));
  const percent = (share: number): string => `${(share * 100).toLocaleString("en-US", { maximumFractionDigits: 1 })} %`;
  const text = {
    id: "prices-trust",
    title: "How far the prices can be trusted",
    description: shares.map(({ words, share }) => `${percent(share)} ${words}`).join("; "),
  };
  return markup`<h3>How far to trust it</h3><figure><figcaption>Of the expected total</figcaption>${chart(
    text,
    (width, prefix) => {
      let at = 0;
      const parts = shares.map(({ fill, share }) => {
        const [x, size] = [at, Math.round(share * width * 10) / 10];
        at += size;
        return markup`<rect ${filled(prefix, fill)} x="${x}" y="0" width="${size}" height="20"/>`;
      });
      return { height: 20, content: markup`${hatches(prefix)}${parts}` };
    },
  )}
<ul class="legend">${shares.map(({ fill, words, share }, i) => markup`<li>${fillKey(fill, `key-trust-${i}`)} ${percent(share)} ${words}</li>`)}</ul></figure>
<p class="${result.book.stale ? "stale" : "note"}">${bookSentences(result).join(" ")}</p>
`;
}

function unitCosts({ unitCosts: costs }: PriceResult): Markup | undefined {
  if (costs.length === 0) return undefined;
  return markup`<h3>Unit costs</h3>${dataTable({
    caption: "Cost for so many of something",
    heads: ["for", "#expected", "#low use", "#high use"],
    rows: costs.map(({ what, usd }) => [what, shown(usd.expected), shown(usd.low), shown(usd.high)]),
  })}`;
}

function charges(result: PriceResult): Markup {
  const rows = billByComponent(result).flatMap(({ resources }) =>
    resources.flatMap(({ name, items }) =>
      items.map(({ what, monthly, quantity: amount, price }) => [
        name,
        what,
        moneyRange(monthly),
        `${quantity(amount.expected)} ${price.unit}s`,
        `$${price.usd} / ${Number(price.per).toLocaleString("en-US")}`,
        price.confidence,
        price.sourceDate,
      ]),
    ),
  );
  return folded(
    `Every charge (${rows.length})`,
    dataTable({
      caption: "Every charge of a month",
      heads: ["resource", "charge", "#a month", "#used", "#price", "trust", "of"],
      rows,
    }),
  );
}

function notPriced(result: PriceResult): Markup | undefined {
  const lines = notPricedLines(result);
  return lines.length === 0
    ? undefined
    : folded(
        `Not priced, and why (${result.notPriced.length})`,
        markup`<ul>${lines.map(({ text }) => markup`<li>${text}</li>`)}</ul>`,
      );
}

/** Dollars on an axis. */
export function dollarTick(value: number): string {
  return `$${value.toLocaleString("en-US", { maximumSignificantDigits: 3, notation: value >= 10_000 ? "compact" : "standard" })}`;
}
