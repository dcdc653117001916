import assert from "node:assert/strict";
import { backtest } from "../../../containers/forecast/backtest";
import { fitForecast } from "../../../containers/forecast/fitForecast";
import type { Series } from "../../../containers/forecast/fitFunction";
import { SeasonalNaive } from "../../../containers/forecast/seasonalNaive";
import { DAY_MS } from "../../../containers/forecast/timeAxis";

function daily(count: number, value: (day: number) => number): Series {
  const times = Float64Array.from({ length: count }, (_, day) => Date.UTC(2024, 0, 1) + day * DAY_MS);
  return { times, values: times.map((_, day) => value(day)) };
}

const forecast = { fit: fitForecast, options: {} };

/** Says what happened, and a band around it. */
const oracle = (series: Series, band: number) => ({
  options: {},
  fit: () => ({
    model: {},
    predict: (times: Float64Array) => {
      const mean = times.map((time) => series.values[series.times.indexOf(time)] as number);
      return { mean, lower: mean.map((value) => value - band), upper: mean.map((value) => value + band) };
    },
  }),
});

describe("backtest", () => {
  it("holds a tenth back, at most 60 points, and nothing of a short series", () => {
    const ramp = (day: number): number => day;
    assert.equal(backtest(daily(9, ramp), forecast), undefined);
    assert.equal(backtest(daily(10, ramp), forecast)?.holdout, 1);
    assert.equal(backtest(daily(1000, ramp), forecast)?.holdout, 60);
  });

  it("shows the model nothing of what it holds back", () => {
    const series = daily(100, (day) => day);
    const known = oracle(series, 1);
    let seen = 0;
    backtest(series, {
      options: {},
      fit: (train) => {
        seen = train.times.length;
        const { fit: knowing } = known;
        return knowing();
      },
    });
    assert.equal(seen, 90);
  });

  it("scales by the seasonal-naive error within the series", () => {
    // A week before is always 7 below: the baseline misses by 7 within, by 7 seven times and by 14 three times beyond,
    // 100/10 · (7/90 + … + 7/96 + 14/97 + 14/98 + 14/99) percent.
    const result = backtest(
      daily(100, (day) => day),
      oracle(
        daily(100, (day) => day),
        0,
      ),
    );
    assert.deepEqual(result, { holdout: 10, mase: 0, mape: 0, naiveMase: 1.3, naiveMape: 9.55727, coverage: 1 });
  });

  it("says null where nothing can be told", () => {
    // Weekly to the day: the baseline is never wrong, and scales by nothing.
    const result = backtest(
      daily(70, (day) => (day % 7 === 0 ? 1 : 0)),
      oracle(
        daily(70, () => 0),
        1,
      ),
    );
    assert.equal(result?.mase, null);
    assert.equal(result?.naiveMase, null);
    const zeros = backtest(
      daily(30, (day) => (day < 20 ? day : 0)),
      oracle(
        daily(30, () => 0),
        1,
      ),
    );
    assert.equal(zeros?.mape, null);
  });

  it("scales by nothing where the baseline is wrong by rounding alone", () => {
    const waves = daily(120, (day) => 100 + 30 * Math.sin((2 * Math.PI * day) / 7));
    const naive = new SeasonalNaive(waves);
    assert.equal(naive.scale(), 0);
    assert.equal(backtest(waves, oracle(waves, 1))?.mase, null);
  });

  it("takes the last value for a baseline where there is no season", () => {
    const naive = new SeasonalNaive(daily(5, (day) => day * 2));
    assert.deepEqual([...naive.predict(Float64Array.from([Date.UTC(2024, 1, 1)]))], [8]);
    assert.equal(naive.scale(), 2);
  });
});
