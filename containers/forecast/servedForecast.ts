import type { Prediction, Predictor } from "./fitFunction";
import { readForecastModel } from "./forecastModel";
import { type ForecastNumbers, predictForecast } from "./predictForecast";
import type { Season } from "./timeAxis";

/** Seasons that models have in common: there are a few kinds only, and each is kept once. */
const seasonsSeen = new Map<string, readonly Season[]>();

/** A forecast as it is served: what predicting needs and no more, without the history. */
export class ServedForecast implements Predictor {
  constructor(private readonly numbers: ForecastNumbers) {}

  predict(times: Float64Array): Prediction {
    return predictForecast(this.numbers, times);
  }
}

/**
 * Reads a forecast back without fitting, as `model.json` has it.
 * @throws z.ZodError that names everything that is wrong
 */
export function loadForecast(model: unknown): ServedForecast {
  const { history: _, kind: __, revision: ___, ...data } = readForecastModel(model);
  return new ServedForecast({
    ...data,
    seasons: sharedSeasons(data.seasons),
    seasonal: Float64Array.from(data.seasonal),
    trend: Float64Array.from(data.trend),
    changepoints: Float64Array.from(data.changepoints),
    future: data.future.map(({ cycle, ...part }) => ({ ...part, ...(cycle && { cycle: Float64Array.from(cycle) }) })),
  });
}

function sharedSeasons(seasons: readonly Season[]): readonly Season[] {
  const key = seasons.map(({ name, period, order }) => `${name} ${period} ${order}`).join();
  const seen = seasonsSeen.get(key);
  if (seen !== undefined) return seen;
  // The order may be anything in a hostile model: then nothing is kept.
  if (seasonsSeen.size < 1000) seasonsSeen.set(key, seasons);
  return seasons;
}
