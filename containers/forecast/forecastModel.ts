import * as z from "zod";
import type { FittedModel, Prediction } from "./fitFunction";
import { predictForecast } from "./predictForecast";

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
    return predictForecast(this.model, times);
  }
}
