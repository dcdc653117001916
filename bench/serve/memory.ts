import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { inputHash, loadModule } from "../../containers/forecast/loadedModule";
import { unpackModel } from "../../containers/forecast/modelArchive";
import { SERIES_HEADER } from "../../containers/forecast/seriesFile";
import { ModelMemory } from "../../containers/forecast/serve/modelMemory";
import { ModelRegistry } from "../../containers/forecast/serve/modelRegistry";
import { ProcessHost } from "../../containers/forecast/serve/processHost";
import { trainCustomer } from "../../containers/forecast/trainCustomer";
import { seededRandom } from "../../contracts/seededRandom";

/** Readings of each model: two years, one a day. */
const POINTS = 730;

/** Different models; more are loaded from the same files, into memory of their own. */
const DIFFERENT = 200;

/** Loads at a time. */
const AT_ONCE = 8;

/** Cycles before which memory is not looked at. */
const WARM_UP_SHARE = 0.2;

const MEGABYTE = 1024 * 1024;

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** What of memory and loading is measured; bytes and milliseconds. */
interface Measured {
  models?: number;
  /** Bytes of a model, as it was estimated, and as heap and buffers grew. */
  estimate?: number;
  growth?: number;
  rssMb?: number;
  loadP50?: number;
  loadP99?: number;
  cycles?: number;
  warmMb?: number;
  endMb?: number;
}

async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { models: { type: "string" }, cycles: { type: "string" }, json: { type: "boolean" } },
  });
  const all = values.models === undefined && values.cycles === undefined;
  const root = mkdtempSync(path.join(tmpdir(), "frugal-ml-memory-"));
  try {
    const files = writeModels(root);
    const measured: Measured = {};
    if (all || values.models !== undefined) await loadMany(files, Number(values.models ?? 10_000), measured);
    if (all || values.cycles !== undefined) await loadAndUnload(files, Number(values.cycles ?? 100_000), measured);
    console.log(values.json === true ? JSON.stringify(measured) : table(measured));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Trains models. @returns their folders */
function writeModels(root: string): string[] {
  const module = loadModule({});
  const random = seededRandom(730);
  return Array.from({ length: DIFFERENT }, (_, index) => {
    const [base, yearly, weekly] = [300 + 300 * random(), 150 * random(), 60 * random()];
    let text = SERIES_HEADER;
    for (let day = 0; day < POINTS; day++) {
      const season = yearly * Math.sin((2 * Math.PI * day) / 365.25) + weekly * Math.sin((2 * Math.PI * day) / 7);
      const value = base + season + 20 * random();
      text += `${new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10)},${value.toFixed(2)}\n`;
    }
    const customer = `customer-${index}`;
    const { archive, result } = trainCustomer({ customer, inputHash: inputHash(module, text), text }, module, false);
    if (archive === undefined) throw new Error(`${customer} in quarantine: ${JSON.stringify(result)}`);
    const folder = mkdtempSync(path.join(root, "model-"));
    writeFileSync(path.join(folder, "model.json"), JSON.stringify(unpackModel(archive)));
    return folder;
  });
}

async function loadMany(files: readonly string[], models: number, measured: Measured): Promise<void> {
  const memory = new ModelMemory(Number.MAX_SAFE_INTEGER);
  const registry = new ModelRegistry(new ProcessHost(loadModule({})), memory);
  for (const index of files.keys()) {
    await registry.load(`warm-${index}`, files[index] as string);
    await registry.unload(`warm-${index}`);
  }
  const before = held();
  const times: number[] = [];
  let next = 0;
  const loader = async (): Promise<void> => {
    while (next < models) {
      const index = next++;
      const started = performance.now();
      await registry.load(`m-${index}`, files[index % files.length] as string);
      times.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, loader));
  measured.rssMb = process.memoryUsage().rss / MEGABYTE;
  times.sort((a, b) => a - b);
  measured.models = models;
  measured.growth = (held() - before) / models;
  measured.estimate = memory.used / models;
  measured.loadP50 = times[times.length >> 1] ?? 0;
  measured.loadP99 = times[Math.floor(times.length * 0.99)] ?? 0;
}

async function loadAndUnload(files: readonly string[], cycles: number, measured: Measured): Promise<void> {
  const registry = new ModelRegistry(new ProcessHost(loadModule({})), new ModelMemory(Number.MAX_SAFE_INTEGER));
  let warmMb = 0;
  const warm = Math.floor(cycles * WARM_UP_SHARE);
  for (let cycle = 0; cycle < cycles; cycle++) {
    if (cycle === warm) warmMb = settledRss();
    await registry.load(`c-${cycle}`, files[cycle % files.length] as string);
    await registry.unload(`c-${cycle}`);
  }
  Object.assign(measured, { cycles, warmMb, endMb: settledRss() });
}

/** Bytes that are held by JavaScript, buffers included. */
function held(): number {
  collect();
  // Buffers that the first one found unused are freed beside the program, and counted until the next one begins.
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function settledRss(): number {
  collect();
  return process.memoryUsage().rss / MEGABYTE;
}

function table(measured: Measured): string {
  const {
    models,
    estimate = 0,
    growth = 0,
    rssMb = 0,
    loadP50 = 0,
    loadP99 = 0,
    cycles,
    warmMb = 0,
    endMb = 0,
  } = measured;
  const rows: string[][] = [["what", "measured", "bound"]];
  if (models !== undefined) {
    rows.push([`RSS with ${models} forecasts of ${POINTS} points`, `${rssMb.toFixed(0)} MB`, "512 MB for 10,000"]);
    rows.push([
      "a model: estimate / growth of heap and buffers",
      `${Math.round(estimate)} / ${Math.round(growth)} bytes`,
      "–",
    ]);
    rows.push([`load, ${AT_ONCE} at a time, p50`, `${loadP50.toFixed(2)} ms`, "5 ms"]);
    rows.push([`load, ${AT_ONCE} at a time, p99`, `${loadP99.toFixed(2)} ms`, "25 ms"]);
  }
  if (cycles !== undefined) {
    const growthShare = `${((endMb / warmMb - 1) * 100).toFixed(1)} % (${warmMb.toFixed(0)} → ${endMb.toFixed(0)} MB)`;
    rows.push([`RSS growth over ${cycles} loads and unloads`, growthShare, "5 %"]);
  }
  return rows.map((row) => `| ${row.join(" | ")} |`).join("\n");
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.stack : error);
  process.exitCode = 1;
});
