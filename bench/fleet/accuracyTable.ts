import type { Forecaster, SetAccuracy } from "./accuracy";
import { accuracyBounds, type Bound, isMet } from "./bounds";

/** Rows of the accuracy on every set; each cell of MASE has median and p90. */
export function accuracyTable(sets: readonly SetAccuracy[]): string {
  const rows = sets.map((accuracy) => {
    const { set, series, scores } = accuracy;
    const error = (who: Forecaster): string => `${scores[who].medianMase.toFixed(3)} ${scores[who].p90Mase.toFixed(3)}`;
    const [median, p90, medianOfEts, p90OfEts] = accuracyBounds([accuracy]).map(ratio);
    const coverage = (["ours", "prophet", "auto-ets"] as const).map((who) => scores[who].coverage.toFixed(0)).join(" ");
    return `| ${set.title} | ${series} | ${error("ours")} | ${error("prophet")} | ${error("auto-ets")} | ${error("seasonal-naive")} | ${median} ${p90} | ${medianOfEts} ${p90OfEts} | ${coverage} |`;
  });
  return [
    "| set | series | ours, MASE median p90 | Prophet | AutoETS | seasonal naive | over Prophet's | over AutoETS's | coverage %, ours Prophet AutoETS |",
    "|---|---:|---|---|---|---|---|---|---|",
    ...rows,
  ].join("\n");
}

/** A ratio; one that misses its bound stands in bold, with what it is on sets that are drawn from the same series. */
function ratio(bound: Bound): string {
  const { value, resampled } = bound;
  if (isMet(bound)) return value.toFixed(3);
  const range = resampled && ` (${resampled.low.toFixed(2)}–${resampled.high.toFixed(2)})`;
  return `**${value.toFixed(3)}**${range ?? ""}`;
}
