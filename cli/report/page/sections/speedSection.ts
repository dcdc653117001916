import { type Bar, barChart } from "../../charts/barChart";
import { chart } from "../../charts/chart";
import { type Markup, markup } from "../../charts/markup";
import { dataTable } from "../dataTable";
import { fillKey } from "../fillKey";
import type { RunReport } from "../runReport";
import type { PageSection } from "../section";

/** A measured path: how many a second, and how long one takes. */
interface Reading {
  readonly what: string;
  /** Absent where it was not measured. */
  readonly perSecond?: number;
  readonly p50: number;
  readonly p99: number;
}

/** Throughput and latency of the run, and where its time went. */
export function speedSection({ summary }: RunReport): PageSection {
  const { normalize, serve, train, classify, newcomers, parts, seconds } = summary;
  const readings: readonly Reading[] = [
    { what: "photograph read, normalised", perSecond: normalize.perSecond, p50: normalize.p50Ms, p99: normalize.p99Ms },
    ...(serve
      ? [
          { what: "forecast, model loaded", perSecond: serve.perSecond, p50: serve.p50Ms, p99: serve.p99Ms },
          { what: "forecast, first for its model", p50: serve.coldMs, p99: serve.coldP99Ms },
        ]
      : []),
    ...(newcomers ? [{ what: "forecast, serverless", p50: newcomers.p50Ms, p99: newcomers.p99Ms }] : []),
    ...(classify
      ? [{ what: "picture classified", perSecond: classify.perSecond, p50: classify.p50Ms, p99: classify.p99Ms }]
      : []),
  ];
  return {
    id: "speed",
    title: "How fast it was, here",
    lead: `Measured in this run on this machine, which plays client, network and cloud at once: ${normalize.cpuMsPerImage} ms of CPU for a photograph${train ? `, ${train.fitsPerSecond} models trained a second` : ""}. The cloud is another machine.`,
    content: [latencies(readings), times(parts, seconds)],
  };
}

function latencies(readings: readonly Reading[]): Markup {
  const bars = readings.map(
    ({ what, p50, p99 }): Bar => ({
      label: what,
      value: `${p50} ms · p99 ${p99}`,
      parts: [{ amount: p50, fill: "solid" }],
      mark: p99,
    }),
  );
  const text = {
    id: "latencies",
    title: "Latency",
    description: readings
      .map(({ what, p50, p99 }) => `${what}: median ${p50} ms, 99th percentile ${p99} ms`)
      .join("; "),
  };
  return markup`<h3>Latency</h3><figure><figcaption>Milliseconds for one</figcaption>${chart(text, (width, prefix) => barChart(bars, width, prefix, (value) => value.toLocaleString("en-US")))}
<ul class="legend"><li>${fillKey("solid", "key-median")} median</li><li>${markKey()} 99th percentile</li></ul></figure>
${dataTable({
  caption: "Throughput and latency",
  heads: ["what", "#a second", "#p50 ms", "#p99 ms"],
  rows: readings.map(({ what, perSecond, p50, p99 }) => [what, perSecond ?? "–", p50, p99]),
})}`;
}

function times(parts: RunReport["summary"]["parts"], seconds: number): Markup {
  const all = Object.entries(parts);
  const bars = all.map(
    ([part, { seconds: taken, budget }]): Bar => ({
      label: part,
      value: `${taken.toFixed(1)} s of ${budget}`,
      parts: [{ amount: taken, fill: taken > budget ? "hatched" : "solid" }],
      mark: budget,
    }),
  );
  const text = {
    id: "times",
    title: "Where the time of the run went",
    description: all.map(([part, { seconds: taken, budget }]) => `${part}: ${taken} s of ${budget} s`).join("; "),
  };
  return markup`<h3>Where ${seconds.toFixed(1)} seconds went</h3><figure><figcaption>Seconds, by part</figcaption>${chart(text, (width, prefix) => barChart(bars, width, prefix, (value) => value.toLocaleString("en-US")))}
<ul class="legend"><li>${fillKey("solid", "key-within")} within its budget</li>${all.some(([, part]) => part.seconds > part.budget) && markup`<li>${fillKey("hatched", "key-over")} over it</li>`}<li>${markKey()} budget, on two cores</li></ul></figure>
${dataTable({
  caption: "Seconds by part of the run",
  heads: ["part", "#seconds", "#budget"],
  rows: all.map(([part, { seconds: taken, budget }]) => [part, taken, budget]),
})}`;
}

function markKey(): Markup {
  return markup`<svg class="key" viewBox="0 0 10 16" width="10" height="16" aria-hidden="true" focusable="false"><path class="mark" d="M5 0v16"/></svg>`;
}
