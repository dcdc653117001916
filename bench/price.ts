import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import { measuredOn, writeBenchmarkTable } from "./benchmarkTable";
import { isMet } from "./fleet/bounds";
import { readOptions } from "./policy/options";
import { median } from "./serve/median";

const ROOT = path.resolve(__dirname, "..");
const CLI = path.join(ROOT, "dist", "cli", "main.js");
const STACKS = ["local", "dev", "prod"] as const;

/** Seconds that prod may take, from the start of the process to its end. */
const MOST_SECONDS = 2;

/** Wall times of a stack, in seconds: those of every round. */
interface Times {
  readonly stack: string;
  readonly seconds: number[];
  /** With an empty folder for what programs keep between runs, as on a new machine. */
  readonly first: number[];
}

/**
 * `frugal-ml price`, as it is installed, on each of our stacks, by turns. Exits with 1 when prod takes too long.
 *
 * @example npm run bench:price
 * @example npm run bench:price -- --write   # also replaces the table in docs/benchmarks.md
 */
async function main(args: readonly string[]): Promise<void> {
  const { rounds, write } = readOptions(args);
  const [loadBefore = 0] = loadavg();
  const all = STACKS.map((stack): Times => ({ stack, seconds: [], first: [] }));
  for (let round = 0; round < rounds; round++) {
    for (const { stack, seconds, first } of all) {
      seconds.push(priced(stack, tmpdir()));
      const folder = mkdtempSync(path.join(tmpdir(), "frugal-ml-bench-"));
      first.push(priced(stack, folder));
      rmSync(folder, { recursive: true, force: true });
    }
  }
  const rows = all.map(
    ({ stack, seconds, first }) =>
      `| ${stack} | ${median(seconds).toFixed(2)} | ${Math.min(...seconds).toFixed(2)} | ${median(first).toFixed(2)} |`,
  );
  const table = [
    `${measuredOn()}; ${rounds} rounds by turns. Load average of the machine before: ${loadBefore.toFixed(1)}.`,
    ["| stack | median, s | least, s | median of first runs, s |", "|---|---:|---:|---:|", ...rows].join("\n"),
  ].join("\n\n");
  console.log(table);
  if (write) await writeBenchmarkTable("price", table);
  const value = median(all.at(-1)?.seconds ?? []);
  const met = isMet({ name: "price of prod, s", value, most: MOST_SECONDS });
  console.log(`${met ? "Met" : "Missed"}: price of prod: ${value.toFixed(2)} s, asked at most ${MOST_SECONDS}.`);
  if (!met) process.exitCode = 1;
}

/**
 * Prices a stack once.
 * @returns seconds from the start of the process to its end
 * @throws Error when it does not price it
 */
function priced(stack: string, folder: string): number {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, "price", "--stack", stack], {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, TMPDIR: folder },
  });
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0 || !stdout.includes(`frugal-ml ${stack}: $`))
    throw new Error(`${stack}: ${status}: ${stderr}${stdout}`);
  return seconds;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error("bench:price:", error);
  process.exitCode = 2;
});
