import type { SeedRow } from "../../contracts/seedDataset";
import type { ForecastAnswer } from "./hostedModels";

/** One customer's forecast, beside what happened. */
export interface ComparedForecast {
  readonly title: string;
  /** What the model was fitted on, in order of time. */
  readonly shown: readonly SeedRow[];
  /** What was held back, in order of time; empty when nothing was. */
  readonly truth: readonly SeedRow[];
  readonly answer: ForecastAnswer;
}
