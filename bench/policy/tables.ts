import { CHECKOV, PROGRAM } from "./contestants";
import type { Evaluated } from "./evaluation";
import { medianOf, ratioOf, type WallTimes } from "./wallTimes";

/** Rows of wall times: a size a row, a contestant a column. */
export function wallTimeTable(measured: readonly WallTimes[]): string {
  const names = [...new Set(measured.flatMap(({ times }) => [...times.keys()]))];
  const rows = measured.map((times) => {
    const cells = names.map((name) => (medianOf(times, name) / 1000).toFixed(2));
    return `| ${[times.resources, ...cells, ratioOf(times, PROGRAM, CHECKOV).toFixed(2)].join(" | ")} |`;
  });
  const heads = names.map((name) => `${name}, s`);
  return [
    `| ${["resources", ...heads, "program over checkov"].join(" | ")} |`,
    `|${"---:|".repeat(heads.length + 2)}`,
    ...rows,
  ].join("\n");
}

/** Rows of what all rules take. */
export function evaluationTable(measured: readonly Evaluated[]): string {
  const rows = measured.map(
    ({ resources, milliseconds, findings }) =>
      `| ${resources} | ${milliseconds.toFixed(0)} | ${((milliseconds / resources) * 1000).toFixed(1)} | ${findings} |`,
  );
  return ["| resources | all rules, ms | µs a resource | findings |", "|---:|---:|---:|---:|", ...rows].join("\n");
}
