/** One customer's series: distinct timestamps in ascending order, and a value for each. */
export interface Series {
  /** Milliseconds since 1970-01-01 UTC. */
  readonly times: Float64Array;
  readonly values: Float64Array;
}

/** What a model says of some times: one entry for each. */
export interface Prediction {
  readonly mean: Float64Array;
  /** Ends of the prediction interval. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** A model that was fitted, or read back. */
export interface Predictor {
  /** @param times milliseconds since 1970-01-01 UTC, in any order */
  predict(times: Float64Array): Prediction;
}

/** A model that was fitted. */
export interface FittedModel extends Predictor {
  /** Everything that `load` needs, as JSON; written to `model.json`. The same series gives the same bytes. */
  readonly model: unknown;
}

/**
 * Fits one customer's model: the one function that a team's own module exports, as `fit`, to take the place of the
 * forecast (`FRUGAL_ML_MODEL_MODULE`). Splitting, sharding, checkpoints, quarantine, backtest and manifest stay.
 * @param options JSON of `FRUGAL_ML_MODEL_OPTIONS`
 * @throws anything, when the series cannot be fitted: the customer is then quarantined with the error's message
 */
export type FitFunction = (series: Series, options: Readonly<Record<string, unknown>>) => FittedModel;

/** What a team's module exports. */
export interface ModelModule {
  readonly fit: FitFunction;
  /** Fewest points that `fit` takes. Defaults to 2. */
  readonly minimumPoints?: number;
  /** Reads a model back without fitting; needed to serve it with `serve`. */
  load?(model: unknown): Predictor;
}
