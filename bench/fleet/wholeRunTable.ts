import { CUSTOMERS, MORE_CUSTOMERS, type WholeRun } from "./wholeRun";

/** A whole run's figures, for people. */
export function wholeRunTable({ seconds, steps, splitMb, splitSeconds, ...gains }: WholeRun): string {
  const each = Object.entries(steps).map(([name, value]) => `${name} ${value.toFixed(1)}`);
  return [
    "| what | figure |",
    "|---|---|",
    `| 1,000 customers × 730 rows through the local pipeline, start to pointers | ${seconds.toFixed(1)} s (${each.join(", ")}) |`,
    ...[[CUSTOMERS, gains.twoOverOne] as const, [MORE_CUSTOMERS, gains.twoOverOneOfMore] as const].map(
      ([count, gain]) =>
        `| two processes over one, ${count.toLocaleString("en")} customers × 365 rows | ${gain.toFixed(2)} |`,
    ),
    `| split of 100,000 customers × 60 rows | ${splitMb.toFixed(0)} MB, ${splitSeconds.toFixed(1)} s |`,
  ].join("\n");
}
