import { fitForecast } from "../../containers/forecast/fitForecast";
import { inParallel } from "../../contracts/inParallel";
import type { CutSeries, Forecast } from "./exchange";
import { cut, type Split } from "./holdout";
import { PEERS, type Peer, type PythonPeers } from "./peerForecasts";
import { PUBLIC_SETS, type SeriesSet } from "./publicSets";
import { mase, type Score, score } from "./scores";
import { SEED_SETS, seedSeries } from "./seedSets";

/** Who forecasts. */
export type Forecaster = "ours" | Peer;

/** How everyone did on a set. */
export interface SetAccuracy {
  readonly set: SeriesSet;
  readonly series: number;
  readonly scores: Readonly<Record<Forecaster, Score>>;
  /** MASE of each series, for whoever tunes. */
  readonly each: ReadonlyArray<Readonly<Record<Forecaster, number | undefined>> & { readonly id: string }>;
}

/** Processes of Python at once, while nothing is timed. */
const PROCESSES = 2;

/**
 * Forecasts of every set by everyone.
 * @param customers of a set that is generated
 */
export async function measureAccuracy(peers: PythonPeers, split: Split, customers: number): Promise<SetAccuracy[]> {
  const found = await peers.publicSeries();
  const sets: Array<{ set: SeriesSet; series: CutSeries[] }> = [];
  for (const set of SEED_SETS) {
    sets.push({ set, series: seedSeries(set.points, customers).map((one) => cut(one, split, set.horizon)) });
  }
  for (const set of PUBLIC_SETS) {
    const series = found[set.name];
    if (series === undefined) throw new Error(`export_series.py has no set ${set.name}.`);
    sets.push({ set, series: series.map((one) => cut(one, split, 0)) });
  }
  const asked = sets.flatMap(({ series }) => PEERS.map((peer) => ({ peer, series })));
  const answers = await inParallel(asked, PROCESSES, ({ peer, series }) => peers.forecasts(peer, series));
  return sets.map(({ set, series }, index) => {
    const answer = (peer: Peer): Forecast[] => answers[index * PEERS.length + PEERS.indexOf(peer)] ?? [];
    const forecasts: Readonly<Record<Forecaster, readonly Forecast[]>> = {
      ours: series.map(ownForecast),
      prophet: answer("prophet"),
      "auto-ets": answer("auto-ets"),
      "seasonal-naive": answer("seasonal-naive"),
    };
    return {
      set,
      series: series.length,
      scores: byForecaster((who) => score(series, forecasts[who])),
      each: series.map((one, number) => ({
        id: one.id,
        ...byForecaster((who) => {
          const forecast = forecasts[who][number];
          return forecast && mase(one, forecast);
        }),
      })),
    };
  });
}

function byForecaster<T>(of: (who: Forecaster) => T): Record<Forecaster, T> {
  return {
    ours: of("ours"),
    prophet: of("prophet"),
    "auto-ets": of("auto-ets"),
    "seasonal-naive": of("seasonal-naive"),
  };
}

function ownForecast({ id, times, values, at }: CutSeries): Forecast {
  const model = fitForecast({ times: Float64Array.from(times), values: Float64Array.from(values) }, {});
  const { mean, lower, upper } = model.predict(Float64Array.from(at));
  return { id, mean: [...mean], lower: [...lower], upper: [...upper] };
}
