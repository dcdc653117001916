import { type Markup, markup } from "../../charts/markup";
import { counted } from "../../counted";
import { bounds, money } from "../../priceWords";
import type { RunReport } from "../runReport";

/** What the run came to: a verdict, and the figures that matter most. */
export function headSection({ summary, exhibits, made }: RunReport): Markup {
  const { check, price } = exhibits;
  const { ok, failures, seconds, normalize, train, serve, classify } = summary;
  const title = ok ? "Everything held" : counted(failures.length, "failure");
  const tiles: readonly (readonly [string, string, string])[] = [
    [
      "expected on AWS",
      price ? `${money(price.result.total.expected)}` : "no price",
      price ? `a month; ${bounds(price.result.total)}` : "see below why",
    ],
    [
      "policy violations",
      `${summary.check.violations}`,
      `in ${counted(summary.check.resources, "resource")}, by ${counted(summary.check.packs.length, "pack")}`,
    ],
    ["photographs", `${normalize.perSecond}/s`, `p50 ${normalize.p50Ms} ms, on this machine`],
    ...(train ? ([["models trained", train.customers.toLocaleString("en-US"), `in ${train.seconds} s`]] as const) : []),
    ...(serve ? ([["forecasts", `${serve.perSecond}/s`, `p50 ${serve.p50Ms} ms, warm`]] as const) : []),
    ...(classify
      ? ([["classified right", `${classify.correct} of ${classify.pictures}`, `p50 ${classify.p50Ms} ms`]] as const)
      : []),
    [
      "the whole run",
      `${seconds.toFixed(1)} s`,
      `on this machine, ${made.toISOString().slice(0, 16).replace("T", " ")} UTC`,
    ],
  ];
  return markup`<header><p class="crumb">frugal-ml · ${check.project} · stack ${check.stack}</p>
<h1><span class="verdict ${ok ? "good" : "bad"}">${ok ? "✓" : "✗"}</span> ${title}</h1>
<dl class="tiles">${tiles.map(([name, value, more]) => markup`<div><dt>${name}</dt><dd><strong>${value}</strong> <span>${more}</span></dd></div>`)}</dl>
${failures.length > 0 && markup`<div class="failures"><h2>What failed</h2><ul>${failures.map((line) => markup`<li>${line}</li>`)}</ul></div>`}
</header>
`;
}
