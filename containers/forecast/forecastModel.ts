import * as z from "zod";
import { extrapolate } from "./extrapolation";
import type { FittedModel, Prediction } from "./fitFunction";
import { seasonalColumns, writeSeasonalTerms } from "./seasonalBasis";
import { DAY_MS, type Season } from "./timeAxis";

const Numbers = z.array(z.number());

/** `model.json` of a forecast: all that predicting needs. Times are milliseconds since 1970-01-01 UTC. */
const ForecastData = z.object({
  kind: z.literal("frugal-ml/forecast"),
  revision: z.literal(1),
  first: z.number(),
  last: z.number(),
  /** Median distance of neighbours, in days. */
  step: z.number().positive(),
  /** Whether values were fitted as logarithms. */
  logarithmic: z.boolean(),
  /** Fitted values are (value - centre) / scale. */
  centre: z.number(),
  scale: z.number().positive(),
  /** No prediction is below it: no value ever was. */
  floor: z.number().optional(),
  seasons: z.array(
    z.object({
      name: z.enum(["yearly", "weekly", "daily"]),
      period: z.number().positive(),
      order: z.int().positive(),
    }),
  ),
  /** A sine and a cosine for each harmonic of each season. */
  seasonal: Numbers,
  /** Trend within the history: intercept, slope and bends over scaled time, and where it bends. */
  trend: Numbers,
  changepoints: Numbers,
  /** Trend beyond the history. */
  future: z.array(
    z.object({
      weight: z.number(),
      level: z.number(),
      slope: z.number(),
      damping: z.number(),
      cycle: Numbers.min(1).optional(),
    }),
  ),
  /** Share of the yearly season that goes on beyond the history. */
  year: z.number().min(0).max(1.000_001),
  /** Half of the 80 % interval, on the scale of the fit: within the history, and beyond it. */
  interval: z.object({ inside: z.number(), spread: z.number(), growth: z.number() }),
  /** What it was fitted on: distances of the points in milliseconds, from `first` on, and their values. */
  history: z.object({ steps: Numbers, values: Numbers }),
});

/** See {@link ForecastData}'s description above. */
export type ForecastData = z.infer<typeof ForecastData>;

/**
 * Checks what was read from `model.json`.
 * @throws z.ZodError that names everything that is wrong
 */
export function readForecastModel(model: unknown): ForecastData {
  return ForecastData.parse(model);
}

/** A fitted forecast: predicts any time, within the history and beyond it. */
export class ForecastModel implements FittedModel {
  constructor(readonly model: ForecastData) {}

  predict(times: Float64Array): Prediction {
    const { model } = this;
    const { seasons, seasonal, last, step, interval, logarithmic, centre, scale, floor } = model;
    const yearly = seasons[0]?.name === "yearly" ? 2 * seasons[0].order : 0;
    const columns = seasonalColumns(seasons as readonly Season[]);
    const terms = new Float64Array(times.length * columns);
    writeSeasonalTerms(times, seasons, terms, columns);
    const result = {
      mean: new Float64Array(times.length),
      lower: new Float64Array(times.length),
      upper: new Float64Array(times.length),
    };
    const back = (fitted: number): number => {
      const value = centre + scale * fitted;
      const given = logarithmic ? Math.exp(value) : value;
      return floor === undefined ? given : Math.max(floor, given);
    };
    for (let i = 0; i < times.length; i++) {
      const h = ((times[i] as number) - last) / (step * DAY_MS);
      let fitted = h > 0 ? extrapolate(model.future, h) : this.#trendWithin(times[i] as number);
      for (let k = 0; k < columns; k++) {
        const share = h > 0 && k < yearly ? model.year : 1;
        fitted += share * (seasonal[k] as number) * (terms[i * columns + k] as number);
      }
      const half = h > 0 ? interval.spread * Math.sqrt(1 + interval.growth * h) : interval.inside;
      result.mean[i] = back(fitted);
      result.lower[i] = back(fitted - half);
      result.upper[i] = back(fitted + half);
    }
    return result;
  }

  #trendWithin(time: number): number {
    const { first, last, trend, changepoints } = this.model;
    const u = (time - first) / (last - first || 1);
    let value = (trend[0] ?? 0) + (trend[1] ?? 0) * u;
    for (let j = 0; j < changepoints.length; j++) {
      value += (trend[j + 2] as number) * Math.max(0, u - (changepoints[j] as number));
    }
    return value;
  }
}
