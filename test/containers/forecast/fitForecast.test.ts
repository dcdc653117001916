import assert from "node:assert/strict";
import { fitForecast } from "../../../containers/forecast/fitForecast";
import type { Series } from "../../../containers/forecast/fitFunction";
import { loadForecast } from "../../../containers/forecast/servedForecast";
import { DAY_MS } from "../../../containers/forecast/timeAxis";
import { seedDataset } from "../../../contracts/seedDataset";
import { seededRandom } from "../../../contracts/seededRandom";

/** A series of evenly spaced points. */
function regular(count: number, stepDays: number, value: (day: number) => number): Series {
  const times = Float64Array.from({ length: count }, (_, index) => Date.UTC(2020, 0, 1) + index * stepDays * DAY_MS);
  return { times, values: times.map((_, index) => value(index * stepDays)) };
}

function ahead({ times }: Series, count: number): Float64Array {
  const last = times.at(-1) as number;
  const step = last - (times.at(-2) as number);
  return Float64Array.from({ length: count }, (_, index) => last + (index + 1) * step);
}

/** Largest distance of a forecast from what a rule says. */
function largestError(series: Series, count: number, stepDays: number, value: (day: number) => number): number {
  const { mean } = fitForecast(series, {}).predict(ahead(series, count));
  return Math.max(
    ...mean.map((forecast, index) => Math.abs(forecast - value((series.times.length + index) * stepDays))),
  );
}

/** Weight of the way to go on that a forecast trusts most. */
function largestWeight(series: Series): number {
  const { future } = fitForecast(series, {}).model as { future: readonly { weight: number }[] };
  return Math.max(...future.map(({ weight }) => weight));
}

describe("fitForecast", () => {
  it("continues a line", () => {
    const line = (day: number): number => 10 + 0.5 * day;
    assert.ok(largestError(regular(100, 1, line), 10, 1, line) < 0.5);
  });

  it("continues a weekly season on a trend", () => {
    const rule = (day: number): number => 200 + 0.1 * day + 30 * Math.sin((2 * Math.PI * day) / 7);
    assert.ok(largestError(regular(200, 1, rule), 14, 1, rule) < 2);
  });

  it("continues a yearly season, once two years were seen", () => {
    const rule = (day: number): number => 500 + 100 * Math.cos((2 * Math.PI * day) / 365.25);
    assert.ok(largestError(regular(800, 1, rule), 60, 1, rule) < 10);
  });

  it("does not make a year of what it saw for eight months", () => {
    const rule = (day: number): number => 500 + 100 * Math.cos((2 * Math.PI * day) / 365.25);
    const { model } = fitForecast(regular(240, 1, rule), {});
    assert.deepEqual(
      (model as { seasons: { name: string }[] }).seasons.map(({ name }) => name),
      ["weekly"],
    );
  });

  it("finds a bend", () => {
    const rule = (day: number): number => (day < 100 ? day : 100 + 3 * (day - 100));
    assert.ok(largestError(regular(200, 1, rule), 10, 1, rule) < 6);
  });

  it("goes straight on where a line and seasons leave nothing but noise, and not where they leave more", () => {
    const rule = (day: number): number => 300 + 0.2 * day + 30 * Math.sin((2 * Math.PI * day) / 7);
    const noises = Array.from({ length: 9 }, (_, seed) => {
      const random = seededRandom(seed);
      return Float64Array.from({ length: 400 }, () => 40 * (random() - 0.5));
    });
    const quiet = noises.map((noise) => regular(400, 1, (day) => rule(day) + (noise[day] as number)));
    const wandering = noises.map((noise) => {
      return regular(400, 1, (day) => rule(day) + noise.subarray(0, day).reduce((sum, step) => sum + step, 0));
    });
    const sure = (series: readonly Series[]): number => series.filter((one) => largestWeight(one) > 0.5).length;
    assert.ok(sure(quiet) >= 5, `${sure(quiet)}`);
    assert.equal(sure(wandering), 0);
  });

  it("is the less sure the farther it looks, where errors grow fast", () => {
    for (let seed = 0; seed < 5; seed++) {
      const random = seededRandom(seed);
      let [level, slope] = [0, 0];
      const series = regular(300, 1, () => {
        slope = 0.97 * slope + random() - 0.5;
        level += slope;
        return level;
      });
      const { lower, upper } = fitForecast(series, {}).predict(ahead(series, 28));
      const widths = upper.map((bound, index) => bound - (lower[index] as number));
      assert.ok((widths[27] as number) > 2 * (widths[0] as number), widths.join());
    }
  });

  it("multiplies where the season grows with the level", () => {
    const rule = (day: number): number => Math.exp(3 + 0.004 * day + 0.4 * Math.sin((2 * Math.PI * day) / 7));
    const series = regular(300, 1, rule);
    const { model, predict } = fitForecast(series, {});
    assert.equal((model as { logarithmic: boolean }).logarithmic, true);
    assert.equal(typeof predict, "function");
    const { mean } = fitForecast(series, {}).predict(ahead(series, 7));
    for (const [index, value] of mean.entries()) assert.ok(Math.abs(value / rule(300 + index) - 1) < 0.05);
  });

  it("goes no farther than it has in as long a time, where it multiplies: a new level is no growth for ever", () => {
    const step = regular(200, 1, (day) => (day < 195 ? 10 : 50));
    const { model } = fitForecast(step, {});
    assert.equal((model as { logarithmic: boolean }).logarithmic, true);
    const { mean } = fitForecast(step, {}).predict(ahead(step, 365));
    assert.ok(Math.max(...mean) < 250, `${Math.max(...mean)}`);
    // Growth that was there all along goes on.
    const growth = (day: number): number => 10 * Math.exp(day / 50);
    const grown = fitForecast(regular(200, 1, growth), {}).predict(ahead(regular(200, 1, growth), 365)).mean;
    for (const [index, value] of grown.entries()) assert.ok(Math.abs(value / growth(200 + index) - 1) < 0.01);
  });

  it("forecasts numbers at any distance", () => {
    const series = regular(20, 1, (day) => Math.exp(day));
    const { mean, lower, upper } = fitForecast(series, {}).predict(ahead(series, 10_000));
    for (const values of [mean, lower, upper]) assert.ok(values.every(Number.isFinite));
  });

  it("is not carried away by single absurd readings", () => {
    const rule = (day: number): number => 100 + 10 * Math.sin((2 * Math.PI * day) / 7);
    const series = regular(150, 1, rule);
    series.values[40] = 5000;
    series.values[90] = -3000;
    const { mean } = fitForecast(series, {}).predict(ahead(series, 7));
    for (const [index, value] of mean.entries()) assert.ok(Math.abs(value - rule(150 + index)) < 15, String(value));
  });

  it("never forecasts below nothing what never was", () => {
    const series = regular(60, 1, (day) => Math.max(0, 30 - day));
    const { mean, lower } = fitForecast(series, {}).predict(ahead(series, 30));
    assert.ok(Math.min(...mean, ...lower) >= 0);
  });

  it("gives the same model for the same series, and reads it back without fitting", () => {
    const series = regular(120, 1, (day) => 50 + (day % 7) * 3);
    const first = fitForecast(series, {});
    const text = JSON.stringify(first.model);
    assert.equal(JSON.stringify(fitForecast(series, {}).model), text);
    const times = ahead(series, 14);
    assert.deepEqual(loadForecast(JSON.parse(text)).predict(times), first.predict(times));
    assert.throws(() => loadForecast({ ...JSON.parse(text), step: -1 }));
  });

  it("gives the same model whoever was fitted before, with the same dates or others, and also after one that throws", () => {
    const lengths = [300, 300, 90, 90, 5, 40, 700];
    const series = lengths.map((count, index) => {
      return regular(count, index % 2 === 0 ? 1 : 7, (day) => 20 * index + Math.sin(day) + ((day * 37) % 11));
    });
    const sameDates = series.map(({ times, values }) => ({ times, values: values.map((value) => -3 * value) }));
    const models = (given: readonly Series[]) => given.map((one) => JSON.stringify(fitForecast(one, {}).model));
    const alone = [...series, ...sameDates].map((one) => {
      // Longer than all of them, and nothing of it may be found again.
      fitForecast(
        regular(1500, 1, (day) => 1e6 + (day % 5)),
        {},
      );
      return models([one])[0];
    });
    const [first = { times: new Float64Array(), values: new Float64Array() }] = series;
    const { times } = first;
    let reads = 0;
    const broken = {
      times,
      get values(): Float64Array {
        if (reads++ > 1) throw new Error("broken");
        return first.values;
      },
    };
    assert.throws(() => fitForecast(broken, {}), /broken/);
    assert.deepEqual(models([...series, ...sameDates]), alone);
    assert.deepEqual(models([...series, ...sameDates].reverse()), alone.toReversed());
  });

  it("takes every length from four points on, at any spacing", () => {
    for (let count = 4; count < 60; count++) {
      const times = Float64Array.from(
        { length: count },
        (_, index) => Date.UTC(2024, 0, 1) + index * index * 3_600_000,
      );
      const values = times.map((_, index) => (index * 37) % 11);
      const { mean, lower, upper } = fitForecast({ times, values }, {}).predict(ahead({ times, values }, 5));
      for (const [index, value] of mean.entries()) {
        assert.ok(Number.isFinite(value) && (lower[index] as number) <= value && value <= (upper[index] as number));
      }
    }
  });

  it("beats the mean on the seed's data set, with an interval that covers what it promises", () => {
    const customers = new Map<string, { time: number; value: number }[]>();
    for (const { customer, time, consumption } of seedDataset({ customers: 60, points: 365, seed: 3 })) {
      const rows = customers.get(customer) ?? [];
      customers.set(customer, rows);
      rows.push({ time: time.getTime(), value: consumption });
    }
    let [error, baseline, covered, total] = [0, 0, 0, 0];
    for (const rows of customers.values()) {
      const distinct = [...new Map(rows.map((row) => [row.time, row])).values()].sort((a, b) => a.time - b.time);
      const [train, test] = [distinct.slice(0, -36), distinct.slice(-36)];
      const mean = train.reduce((sum, { value }) => sum + value, 0) / train.length;
      const series = {
        times: Float64Array.from(train, ({ time }) => time),
        values: Float64Array.from(train, ({ value }) => value),
      };
      const forecast = fitForecast(series, {}).predict(Float64Array.from(test, ({ time }) => time));
      for (const [index, { value }] of test.entries()) {
        error += Math.abs(value - (forecast.mean[index] as number));
        baseline += Math.abs(value - mean);
        total++;
        if (value >= (forecast.lower[index] as number) && value <= (forecast.upper[index] as number)) covered++;
      }
    }
    assert.ok(error < 0.6 * baseline, `${error / baseline}`);
    assert.ok(covered / total > 0.72 && covered / total < 0.9, `${covered / total}`);
  });
});
