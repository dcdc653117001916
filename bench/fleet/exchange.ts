import { z } from "zod";

/** What Node and the Python peers hand each other in files. Times are milliseconds since 1970-01-01 UTC. */
const moments = z.array(z.number().int());
const figures = z.array(z.number());

/** Spacing of a series. `uneven` is the seed's: random moments. */
export const frequencySchema = z.enum(["daily", "weekly", "monthly", "quarterly", "uneven"]);
export type Frequency = z.infer<typeof frequencySchema>;

const benchSeriesSchema = z.object({ id: z.string(), frequency: frequencySchema, times: moments, values: figures });

/** A series of a set: ascending distinct times. */
export type BenchSeries = Readonly<z.infer<typeof benchSeriesSchema>>;

/** What `export_series.py` writes. */
export const seriesSetsSchema = z.record(z.string(), z.array(benchSeriesSchema));

/** A series whose end was cut off. */
export interface CutSeries extends BenchSeries {
  /** Points of a season. */
  readonly season: number;
  /** Times that a forecast is wanted for. */
  readonly at: readonly number[];
  /** What was there at those times. */
  readonly actual: readonly number[];
}

const forecastSchema = z.object({ id: z.string(), mean: figures, lower: figures, upper: figures });

/** What someone says of the times that were cut off. */
export type Forecast = Readonly<z.infer<typeof forecastSchema>>;

/** What `forecast_peers.py` writes. */
export const forecastsSchema = z.array(forecastSchema);
