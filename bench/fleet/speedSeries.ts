import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { SERIES_HEADER } from "../../containers/forecast/seriesFile";
import { type SeedRow, seedDataset } from "../../contracts/seedDataset";

/** Whether customers are read at moments of their own, or all at the same ones. */
export const Dates = { Distinct: "distinct", Shared: "shared" } as const;
export type Dates = (typeof Dates)[keyof typeof Dates];

const SEED = 730_120;
const DAY = 86_400_000;

/** Amplitude of the week in series whose moments were changed, so that it is there still. */
const WEEKLY = 50;

/** Writes one CSV for each customer, numbered from 0, as the split leaves them: rows in any order, some moments repeated. */
export async function writeSpeedSeries(folder: string, points: number, customers: number, dates: Dates): Promise<void> {
  await mkdir(folder, { recursive: true });
  let [number, rows]: [number, SeedRow[]] = [0, []];
  let moments: readonly Date[] | undefined;
  for (const row of seedDataset({ customers, points, seed: SEED })) {
    rows.push(row);
    if (rows.length < points) continue;
    moments ??= rows.map(({ time }) => time);
    await writeFile(path.join(folder, `${number}.csv`), text(dates === Dates.Shared ? moved(rows, moments) : rows));
    [number, rows] = [number + 1, []];
  }
}

/** The rows at other moments, the earliest at the earliest: the year stays as it was. */
function moved(rows: readonly SeedRow[], moments: readonly Date[]): SeedRow[] {
  const ordered = [...rows].sort((a, b) => a.time.getTime() - b.time.getTime());
  const order = moments.map((_, index) => index);
  order.sort((a, b) => (moments[a]?.getTime() ?? 0) - (moments[b]?.getTime() ?? 0));
  const ranks = new Map(order.map((index, rank) => [index, rank]));
  return moments.flatMap((time, index) => {
    const row = ordered[ranks.get(index) ?? 0];
    if (row === undefined) return [];
    const week = (2 * Math.PI * time.getTime()) / (7 * DAY) + Number(row.customer);
    return [{ ...row, time, consumption: row.consumption + WEEKLY * Math.sin(week) }];
  });
}

function text(rows: readonly SeedRow[]): string {
  const lines = rows.map(({ time, consumption }) => {
    // Without a zone: Prophet takes no other.
    return `${time.toISOString().slice(0, 19).replace("T", " ")},${consumption.toFixed(2)}\n`;
  });
  return SERIES_HEADER + lines.join("");
}
