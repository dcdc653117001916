import type { ComparedForecast } from "../../../job/comparedForecast";
import { singleChart } from "../../charts/chart";
import { FORECAST_SIGNS, forecastPanel } from "../../charts/forecastChart";
import { type Markup, markup } from "../../charts/markup";
import { dataTable, folded } from "../dataTable";
import type { RunReport } from "../runReport";
import { nothing, type PageSection } from "../section";

const PANEL = { width: 328, height: 190 } as const;

/** Forecasts beside what happened. */
export function forecastsSection({ summary, exhibits }: RunReport): PageSection {
  const { train, serve } = summary;
  const { forecasts } = exhibits;
  const heldBack = forecasts.some(({ truth }) => truth.length > 0);
  return {
    id: "forecasts",
    title: heldBack ? "Forecasts against what happened" : "Forecasts",
    lead: train === undefined ? "The stack trains no fleet." : trained(train),
    content:
      forecasts.length === 0
        ? nothing(
            serve === undefined
              ? "No endpoint serves a fleet, so that nothing was forecast."
              : "No forecast was answered.",
          )
        : [
            serve !== undefined &&
              markup`<p>${served(serve, heldBack)}</p>
`,
            markup`<div class="panels">${forecasts.map(panel)}</div>
<ul class="legend">${FORECAST_SIGNS.slice(0, heldBack ? 3 : 2).map(({ sign, words }) => markup`<li>${key(sign)} ${words}</li>`)}</ul>
`,
            folded("These forecasts, as tables", forecasts.map(table)),
          ],
  };
}

function trained({ customers, seconds, medianMase, naiveMase }: NonNullable<RunReport["summary"]["train"]>): string {
  const models = `One model for each of ${customers.toLocaleString("en-US")} customers, trained in ${seconds} s on this machine.`;
  if (medianMase === null || naiveMase === null) return `${models} No customer had enough readings to hold some out.`;
  return `${models} Median MASE on readings that were held out: ${medianMase}; the seasonal naive forecast has ${naiveMase}, and less is better.`;
}

function served(
  { models, requests, coveragePercent }: NonNullable<RunReport["summary"]["serve"]>,
  heldBack: boolean,
): string {
  const asked = `${models.toLocaleString("en-US")} models behind one endpoint answered ${requests.toLocaleString("en-US")} requests.`;
  return !heldBack || coveragePercent === null
    ? `${asked} Nothing of this dataset was held back: the next steps are drawn, which nobody knows yet.`
    : `${asked} ${coveragePercent} % of what the fleet was not shown lies within the 80 % interval.`;
}

function panel(chart: ComparedForecast, at: number): Markup {
  const { title, answer, truth } = chart;
  const text = {
    id: `forecast-${at}`,
    title: `Forecast for ${title}`,
    description: `${answer.timestamps.length} steps from ${day(answer.timestamps[0])} to ${day(answer.timestamps.at(-1))}${truth.length > 0 ? `, beside ${truth.length} readings that were held back` : ""}; the table has the numbers.`,
  };
  // The drawing is that of out/forecasts.svg.
  return markup`<figure><figcaption>${title}</figcaption>${singleChart(text, PANEL.width, () => ({ height: PANEL.height, content: forecastPanel(chart, PANEL) }))}</figure>
`;
}

function table({ title, truth, answer }: ComparedForecast): Markup {
  return dataTable({
    caption: `Forecast for ${title}`,
    heads: ["day", "#forecast", "#80 % from", "#to", "#happened"],
    rows: answer.timestamps.map((time, i) => [
      day(time),
      number(answer.mean[i]),
      number(answer.lower[i]),
      number(answer.upper[i]),
      number(truth[i]?.consumption),
    ]),
  });
}

function key(sign: Markup): Markup {
  return markup`<svg class="key" viewBox="-10 -7 20 14" width="20" height="14" aria-hidden="true" focusable="false">${sign}</svg>`;
}

function number(value: number | undefined): string {
  return value === undefined ? "–" : value.toLocaleString("en-US", { maximumFractionDigits: 1 });
}

function day(time: string | undefined): string {
  return time?.slice(0, 10) ?? "–";
}
