import { mkdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { gzipSync } from "fflate";
import { inputHash, loadModule } from "../containers/forecast/loadedModule";
import { MODEL_SCHEMA, packModel } from "../containers/forecast/modelArchive";
import { readSeries, SERIES_HEADER } from "../containers/forecast/seriesFile";
import { DAY_MS } from "../containers/forecast/timeAxis";
import { HELD_BACK_FROM, SEED_DATASET, seedDataset } from "../contracts/seedDataset";

/** Where the archive is, from the repository's root. */
export const NEWCOMERS_MODEL = "dist/models/newcomers.tar.gz";

/** Readings of each customer that the model is fitted on: with all of them its fit would take minutes and say the same. */
const READINGS = 4;

/**
 * The model of customers who are too new to have one of their own: fitted on a few readings of everybody, as they were
 * before the months that are held back. Since customers differ, its intervals are as wide as they differ. The same bytes on
 * every host: compression is a pinned library's.
 * @returns the archive, a tar.gz
 */
export function newcomersModel(): Uint8Array {
  const module = loadModule({});
  const text = pooledReadings();
  const series = readSeries(text, module.minimumPoints);
  const archive = packModel({
    schema: MODEL_SCHEMA,
    customer: "newcomer",
    module: module.name,
    inputHash: inputHash(module, text),
    points: series.times.length,
    // Steps are days: what is between two readings of a thousand customers says nothing of any of them.
    axis: { last: HELD_BACK_FROM.getTime() - DAY_MS, step: { unit: "milliseconds", length: DAY_MS } },
    model: module.fit(series, module.options).model,
  });
  return gzipSync(gunzipSync(archive), { level: 9, mtime: 0 });
}

/** Writes the archive. */
export async function buildNewcomersModel(root: string): Promise<void> {
  const target = path.join(root, NEWCOMERS_MODEL);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(`${target}.partial`, newcomersModel());
  await rename(`${target}.partial`, target);
}

/** The first readings of each customer, as one series. */
function pooledReadings(): string {
  const taken = new Map<string, number>();
  const lines: string[] = [];
  for (const { customer, time, consumption } of seedDataset(SEED_DATASET)) {
    const count = taken.get(customer) ?? 0;
    if (count === READINGS || time >= HELD_BACK_FROM) continue;
    taken.set(customer, count + 1);
    lines.push(`${time.toISOString()},${consumption}\n`);
  }
  return SERIES_HEADER + lines.join("");
}
