import assert from "node:assert/strict";
import { gramMatrix } from "../../../containers/forecast/gramMatrix";
import { RegressionDesign } from "../../../containers/forecast/regressionDesign";
import { Scratch } from "../../../containers/forecast/scratch";
import { DAY_MS } from "../../../containers/forecast/timeAxis";
import { seededRandom } from "../../../contracts/seededRandom";

/** Columns of a design, written out. */
function columnsOf(design: RegressionDesign): number[][] {
  const { scaled, changepoints, terms, termCount } = design;
  return Array.from(scaled, (u, row) => [
    1,
    u,
    ...Array.from(changepoints, (bend) => Math.max(0, u - bend)),
    ...terms.subarray(row * termCount, (row + 1) * termCount),
  ]);
}

function product(a: readonly number[][], i: number, j: number): number {
  return a.reduce((sum, row) => sum + (row[i] as number) * (row[j] as number), 0);
}

describe("gramMatrix", () => {
  const random = seededRandom(11);
  const uneven = Float64Array.from({ length: 201 }, () => Math.floor(random() * 1100 * DAY_MS)).sort();
  const hourly = Float64Array.from({ length: 900 }, (_, index) => index * (DAY_MS / 24));
  for (const [name, times] of [
    ["uneven points of years", uneven],
    ["hours of weeks", hourly],
  ] as const) {
    const design = new RegressionDesign(times, new Scratch());
    const columns = columnsOf(design);

    it(`has the products of all columns: ${name}`, () => {
      const gram = gramMatrix(design, new Scratch());
      for (let i = 0; i < design.columns; i++) {
        for (let j = 0; j <= i; j++) {
          const asked = product(columns, i, j);
          const found = gram[i * design.columns + j] as number;
          assert.ok(Math.abs(found - asked) < 1e-9 * times.length, `${i} ${j}: ${found}, asked ${asked}`);
        }
      }
    });

    it(`projects and takes apart by the same columns: ${name}`, () => {
      const y = Float64Array.from(times, () => random());
      const projected = new Float64Array(design.columns);
      design.project(y, projected);
      const coefficients = Float64Array.from(projected, () => random() - 0.5);
      const { year, rest, residuals } = design.components(y, coefficients, new Scratch());
      for (const [i, found] of projected.entries()) {
        const asked = columns.reduce((sum, row, at) => sum + (row[i] as number) * (y[at] as number), 0);
        assert.ok(Math.abs(found - asked) < 1e-9 * times.length);
      }
      for (const [at, row] of columns.entries()) {
        const seasons = row.map((value, i) => (i < design.trendColumns ? 0 : value * (coefficients[i] as number)));
        const trend = row.reduce((sum, value, i) => {
          return i < design.trendColumns ? sum + value * (coefficients[i] as number) : sum;
        }, 0);
        const ofYear = seasons.slice(0, design.trendColumns + design.yearly).reduce((sum, one) => sum + one, 0);
        const ofRest = seasons.slice(design.trendColumns + design.yearly).reduce((sum, one) => sum + one, 0);
        const near = (a: number | undefined, b: number): boolean => Math.abs((a as number) - b) < 1e-9;
        assert.ok(near(year[at], ofYear) && near(rest[at], ofRest));
        assert.ok(near(residuals[at], (y[at] as number) - trend - ofYear - ofRest));
      }
    });
  }
});
