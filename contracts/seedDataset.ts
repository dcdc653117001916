import { seededRandom } from "./seededRandom";

/** What is generated. */
export interface SeedDatasetOptions {
  /** Customers, numbered from 0 as in the seed. */
  readonly customers: number;
  /** Rows of each customer. */
  readonly points: number;
  /** The same seed gives the same rows. */
  readonly seed: number;
  /** Timestamps lie from here… Defaults to 2021-01-01. */
  readonly from?: Date;
  /** …to here. Defaults to three years later, so that a yearly season can be seen. */
  readonly to?: Date;
}

/** The original post's: so many customers, and a reading every third day. */
export const SEED_DATASET: SeedDatasetOptions = { customers: 1000, points: 365, seed: 2023 };

/** From here on no model is shown what happened: forecasts are held against it. Two months before the end. */
export const HELD_BACK_FROM = new Date("2023-11-01T00:00:00Z");

/** One reading of one customer. */
export interface SeedRow {
  readonly customer: string;
  readonly time: Date;
  readonly consumption: number;
}

/** Share of the rows whose timestamp was there before. */
const REPEATED = 0.02;

/**
 * The data set of the original post, made here: energy consumption between 0 and 1,000 with sinusoidal seasonality, at
 * random moments between two dates, so unsorted, unevenly spaced and now and then repeated.
 *
 * A customer's consumption is `base + a·sin(2π·day/365.25 + p) + w·sin(2π·day/7 + q) + drift·year + noise`, with base in
 * 250…650, a in 80…200, w in 20…80, drift in -30…30 and noise of standard deviation 15…60; then cut to 0…1,000.
 */
export function* seedDataset(options: SeedDatasetOptions): Generator<SeedRow> {
  const { customers, points, seed, from = new Date("2021-01-01T00:00:00Z") } = options;
  const to = options.to ?? new Date(from.getTime() + 3 * 365.25 * 86_400_000);
  const random = seededRandom(seed);
  const within = (low: number, high: number): number => low + (high - low) * random();
  const seconds = Math.floor((to.getTime() - from.getTime()) / 1000);
  for (let customer = 0; customer < customers; customer++) {
    const base = within(250, 650);
    const [yearly, weekly, drift, deviation] = [within(80, 200), within(20, 80), within(-30, 30), within(15, 60)];
    const [p, q] = [within(0, 2 * Math.PI), within(0, 2 * Math.PI)];
    const seen: number[] = [];
    for (let row = 0; row < points; row++) {
      const again = seen.length > 0 && random() < REPEATED;
      const second = again ? (seen[Math.floor(random() * seen.length)] as number) : Math.floor(random() * seconds);
      seen.push(second);
      const day = second / 86_400;
      const noise = deviation * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
      const season =
        yearly * Math.sin((2 * Math.PI * day) / 365.25 + p) + weekly * Math.sin((2 * Math.PI * day) / 7 + q);
      const consumption = Math.min(1000, Math.max(0, base + season + (drift * day) / 365.25 + noise));
      const time = new Date(from.getTime() + second * 1000);
      yield { customer: String(customer), time, consumption: Math.round(consumption * 100) / 100 };
    }
  }
}
