import { isMet, speedBounds } from "./bounds";
import type { SpeedCase, SpeedPeer, Trainer } from "./speed";

/** Rows of the speed of every case. */
export function speedTable(cases: readonly SpeedCase[]): string {
  const rows = cases.map((found) => {
    const rate = (who: Trainer): string => {
      const value = found.fitsPerSecond[who];
      return value === undefined ? "–" : value.toFixed(value < 100 ? 1 : 0);
    };
    const bounds = speedBounds([found]);
    const ratio = (peer: SpeedPeer): string => {
      const value = found.ratios[peer];
      if (value === undefined) return "–";
      const bound = bounds.find((one) => one.value === value);
      return bound === undefined || isMet(bound) ? value.toFixed(1) : `**${value.toFixed(1)}**`;
    };
    return `| ${found.points} | ${found.dates} | ${rate("ours")} | ${rate("ours, with backtest")} | ${rate("prophet")} | ${rate("holt-winters")} | ${rate("auto-ets")} | ${ratio("prophet")} | ${ratio("holt-winters")} | ${ratio("auto-ets")} |`;
  });
  return [
    "| points | dates | ours, fits/s per core | with backtest | Prophet | HoltWinters | AutoETS | times Prophet | times HoltWinters | times AutoETS |",
    "|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ...rows,
  ].join("\n");
}
