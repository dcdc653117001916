import { writeFile } from "node:fs/promises";
import { loadavg } from "node:os";
import path from "node:path";
import { privateVenv } from "../../test/clients/privateVenv";
import { measuredOn, writeBenchmarkTable } from "../benchmarkTable";
import { measureAccuracy } from "./accuracy";
import { accuracyTable } from "./accuracyTable";
import { accuracyBounds, isMet, speedBounds } from "./bounds";
import { Split } from "./holdout";
import { readOptions } from "./options";
import { PythonPeers } from "./peerForecasts";
import { measureSpeed } from "./speed";
import { speedTable } from "./speedTable";
import { measureWholeRun, wholeRunBounds } from "./wholeRun";
import { wholeRunTable } from "./wholeRunTable";

/**
 * The fleet's forecast against Prophet and statsforecast from PyPI: accuracy on what was held out of the seed's data set
 * and of five public sets, fits per second of a core, and whole runs. Exits with 1 when a bound is missed.
 *
 * @example npm run bench:fleet
 * @example npm run bench:fleet -- --write       # also replaces the table in docs/benchmarks.md
 * @example npm run bench:fleet -- --tuning      # the window before the held-out one: what a model may be tuned on
 * @example npm run bench:fleet -- --only ours   # accuracy alone, with the peers' forecasts of the last run
 * @example npm run bench:fleet -- --only ours --customers 600  # the same of more customers of the seed's data set
 * @example npm run bench:fleet -- --only speed
 * @example npm run bench:fleet -- --only whole  # a whole run, two processes against one, the split of 100,000 customers
 * @example npm run bench:fleet -- --quick
 */
async function main(args: readonly string[]): Promise<void> {
  const options = readOptions(args);
  const [loadBefore = 0] = loadavg();
  const build = path.resolve(__dirname, "../../.build/bench");
  const programs = await privateVenv(path.join(build, "fleet", "venv"), path.join(__dirname, "requirements.txt"));
  const python = path.join(programs, "python");
  const peers = new PythonPeers(python, path.join(build, "fleet", "answers"));
  const sets = options.accuracy ? await measureAccuracy(peers, options.split, options.customers) : [];
  const cases = options.speed ? await measureSpeed(python, options.rounds, options.trained) : [];
  const whole = options.whole ? await measureWholeRun() : undefined;
  const table = [
    `${measuredOn()}; peers of bench/fleet/requirements.txt, one thread. Load average of the machine before: ${loadBefore.toFixed(1)}.`,
    ...(options.accuracy ? [accuracyTable(sets)] : []),
    ...(options.speed ? [speedTable(cases)] : []),
    ...(whole === undefined ? [] : [wholeRunTable(whole)]),
  ].join("\n\n");
  console.log(table);
  if (options.write) await writeBenchmarkTable("fleet", table);
  const bounds = [
    ...accuracyBounds(sets),
    ...speedBounds(cases),
    ...(whole === undefined ? [] : wholeRunBounds(whole)),
  ].map((bound) => ({ ...bound, met: isMet(bound) }));
  const tuning = options.split === Split.Tuning;
  const report = {
    measuredOn: measuredOn(),
    split: options.split,
    bounds,
    // Single series of what is held out are nobody's business: they would be tuned on.
    accuracy: sets.map(({ each, ...rest }) => (tuning ? { ...rest, each } : rest)),
    speed: cases,
    whole,
  };
  await writeFile(
    path.join(build, tuning ? "fleet-tuning.json" : "fleet.json"),
    `${JSON.stringify(report, null, 2)}\n`,
  );
  const missed = bounds.filter(({ met }) => !met);
  for (const { name, value, least, most, resampled } of missed) {
    const asked = [least !== undefined && `at least ${least}`, most !== undefined && `at most ${most}`];
    const range = resampled && ` (on sets drawn from it ${resampled.low.toFixed(2)} to ${resampled.high.toFixed(2)})`;
    console.log(`Missed: ${name}: ${value.toFixed(3)}${range ?? ""}, asked ${asked.filter(Boolean).join(" and ")}.`);
  }
  if (missed.length > 0) process.exitCode = 1;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error("bench:fleet:", error);
  process.exitCode = 2;
});
