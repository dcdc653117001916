import assert from "node:assert/strict";
import { runsPerMonth } from "../../../cli/pricing/runsPerMonth";

const DAYS = 730 / 24;

describe("runsPerMonth", () => {
  const known: readonly (readonly [expression: string, runs: number])[] = [
    ["cron(0 2 * * ? *)", DAYS],
    ["cron(0,30 8-17 ? * MON-FRI *)", (20 * 5 * DAYS) / 7],
    ["cron(0 0 1 * ? *)", 1],
    ["cron(0 0 1 JAN,JUL ? *)", 2 / 12],
    ["cron(0 0/6 * * ? *)", 4 * DAYS],
    ["cron(*/15 * * * ? *)", 96 * DAYS],
    ["cron(0 0 L * ? *)", 1],
    ["rate(1 hour)", 730],
    ["rate(5 minutes)", 730 * 12],
    ["rate(7 days)", DAYS / 7],
    ["at(2026-12-01T00:00:00)", 0],
  ];
  for (const [expression, runs] of known) {
    it(`${expression} runs ${runs.toFixed(3)} times`, () => {
      assert.ok(Math.abs((runsPerMonth(expression) ?? Number.NaN) - runs) < 1e-9);
    });
  }

  it("says nothing of what it does not understand", () => {
    for (const expression of ["", "every day", "cron(0 2 * *)", "cron(x 2 * * ? *)", "cron(0 0/0 * * ? *)"]) {
      assert.equal(runsPerMonth(expression), undefined, expression);
    }
  });
});
