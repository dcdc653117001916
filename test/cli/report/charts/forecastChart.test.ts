import assert from "node:assert/strict";
import { XMLValidator } from "fast-xml-parser";
import { forecastChart, forecastPanel } from "../../../../cli/report/charts/forecastChart";
import { forecastOf, HOSTILE } from "../page/handmadeReport";

/** Where a drawing of 400 by 200 pixels has its axes. */
const [LEFT, RIGHT, TOP, BOTTOM] = [44, 388, 26, 176];

const SIZE = { width: 400, height: 200 };

/** Places of one kind of mark. */
function places(svg: string, pattern: RegExp): readonly (readonly number[])[] {
  return [...svg.matchAll(pattern)].map(([, x, y]) => [Number(x), Number(y)]);
}

describe("drawing of forecasts", () => {
  it("puts readings and forecasts where their times and values are, on axes from the least to the greatest", () => {
    const svg = String(forecastPanel(forecastOf("it"), SIZE));
    // From 2023-10-01 to 2023-11-02 are 32 days; the values reach from 10 to 20.
    const at = (day: number, value: number) =>
      [LEFT + (day / 32) * (RIGHT - LEFT), BOTTOM - ((value - 10) / 10) * (BOTTOM - TOP)] as const;
    const near = (given: readonly (readonly number[])[], wanted: readonly (readonly number[])[]): void => {
      assert.equal(given.length, wanted.length);
      for (const [i, [x = 0, y = 0]] of wanted.entries()) {
        const [gx = 0, gy = 0] = given[i] ?? [];
        assert.ok(Math.abs(gx - x) < 0.1 && Math.abs(gy - y) < 0.1, `${given} is not ${wanted}`);
      }
    };
    near(places(svg, /class="history" cx="([\d.]+)" cy="([\d.]+)"/g), [at(0, 10), at(10, 20), at(20, 12)]);
    const diamonds = places(svg, /class="happened" d="M([\d.]+) ([\d.]+)l/g).map(([x = 0, y = 0]) => [x, y + 3.4]);
    near(diamonds, [at(31, 15), at(32, 14)]);
    const points = (name: string) =>
      (new RegExp(`class="${name}" points="([^"]*)"`).exec(svg)?.[1] ?? "")
        .split(" ")
        .map((point) => point.split(",").map(Number));
    near(points("forecast"), [at(31, 14), at(32, 16)]);
    near(points("band"), [at(31, 18), at(32, 19), at(32, 12), at(31, 11)]);
    for (const text of [">10<", ">20<", ">2023-10-01<", ">2023-11-02<"]) assert.ok(svg.includes(text), text);
  });

  it("leaves out what is older than 120 days before the forecast", () => {
    const forecast = forecastOf("it");
    const old = { customer: "1", time: new Date("2023-07-03T00:00:00Z"), consumption: 9000 };
    const svg = String(forecastPanel({ ...forecast, shown: [old, ...forecast.shown] }, SIZE));
    assert.equal(svg.match(/class="history"/g)?.length, 3);
    assert.doesNotMatch(svg, /9000/);
  });

  it("is a picture of its own, two beside one another, with hostile names as text", () => {
    const svg = forecastChart([forecastOf(HOSTILE), forecastOf("b"), forecastOf("c")]);
    assert.equal(XMLValidator.validate(svg), true);
    assert.doesNotMatch(svg, /<script|<img/);
    assert.match(svg, /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="920" height="430"/);
    const panels = places(svg, /<g transform="translate\((\d+) (\d+)\)"><text/g);
    assert.deepEqual(panels, [
      [0, 0],
      [460, 0],
      [0, 200],
    ]);
    for (const words of [
      "what the model was fitted on",
      "forecast, with its 80 % interval",
      "what happened, held back",
    ])
      assert.ok(svg.includes(words), words);
    assert.equal(XMLValidator.validate(forecastChart([])), true);
  });
});
