import type { WholeRun } from "./wholeRun";

/** A whole run's figures, for people. */
export function wholeRunTable({ seconds, steps, twoOverOne, splitMb, splitSeconds }: WholeRun): string {
  const each = Object.entries(steps).map(([name, value]) => `${name} ${value.toFixed(1)}`);
  return [
    "| what | figure |",
    "|---|---|",
    `| 1,000 customers × 730 rows through the local pipeline, start to pointers | ${seconds.toFixed(1)} s (${each.join(", ")}) |`,
    `| two processes over one, 2,000 customers × 365 rows | ${twoOverOne.toFixed(2)} |`,
    `| split of 100,000 customers × 60 rows | ${splitMb.toFixed(0)} MB, ${splitSeconds.toFixed(1)} s |`,
  ].join("\n");
}
