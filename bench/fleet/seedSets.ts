import { seedDataset } from "../../contracts/seedDataset";
import type { BenchSeries } from "./exchange";
import type { SeriesSet } from "./publicSets";

/** A set that is generated as the seed's data set is. */
export interface SeedSet extends SeriesSet {
  /** Rows of each customer. */
  readonly points: number;
  /** Points that are forecast. */
  readonly horizon: number;
}

/** The seed's data set, where customers are read about every day and a half, and where they are read every nine days. */
export const SEED_SETS: readonly SeedSet[] = [730, 120].map((points) => ({
  name: `seed-${points}`,
  title: `The seed's, ${points} rows each`,
  packages: [],
  source: "containers/forecast/seedDataset.ts, three years.",
  points,
  horizon: points > 365 ? 28 : 12,
}));

/** Any other seed would do; this one is no other's in the repository. */
const SEED = 51_966;

/** Customers of a set, each with its distinct times in order; the value of a repeated time is the mean of its rows. */
export function seedSeries(points: number, customers: number): BenchSeries[] {
  const rows = new Map<string, Map<number, number[]>>();
  for (const { customer, time, consumption } of seedDataset({ customers, points, seed: SEED })) {
    const moments = rows.get(customer) ?? new Map<number, number[]>();
    rows.set(customer, moments);
    moments.set(time.getTime(), [...(moments.get(time.getTime()) ?? []), consumption]);
  }
  return [...rows].map(([id, moments]) => {
    const ordered = [...moments].sort(([a], [b]) => a - b);
    return {
      id,
      frequency: "uneven",
      times: ordered.map(([time]) => time),
      values: ordered.map(([, values]) => values.reduce((sum, value) => sum + value, 0) / values.length),
    };
  });
}
