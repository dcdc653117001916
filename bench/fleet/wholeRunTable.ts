import type { WholeRun } from "./wholeRun";

/** A whole run's figures, for people. */
export function wholeRunTable({ seconds, steps, secondProcess, splitMb, splitSeconds }: WholeRun): string {
  const each = Object.entries(steps).map(([name, value]) => `${name} ${value.toFixed(1)}`);
  return [
    "| what | figure |",
    "|---|---|",
    `| 1,000 customers × 730 rows through the local pipeline, start to pointers | ${seconds.toFixed(1)} s (${each.join(", ")}) |`,
    ...secondProcess.map(
      ({ customers, gain, machine }) =>
        `| two processes over one, ${customers.toLocaleString("en")} customers × 365 rows | ${gain.toFixed(2)} (a loop that only computes: ${machine.toFixed(2)}) |`,
    ),
    `| split of 100,000 customers × 60 rows | ${splitMb.toFixed(0)} MB, ${splitSeconds.toFixed(1)} s |`,
  ].join("\n");
}
