import assert from "node:assert/strict";
import { type LineChart, lineChart, lineSign } from "../../../../cli/report/charts/lineChart";

const CHART: LineChart = {
  x: { label: "reads", kind: "linear", values: [0, 5, 10] },
  y: { label: "dollars", kind: "linear" },
  lines: [
    { name: "ours", strong: true, values: [0, 50, 100] },
    { name: "theirs", strong: false, values: [60, 60, 60] },
  ],
  stretches: [
    { from: 0, to: 6, hatched: false },
    { from: 6, to: 10, hatched: true },
  ],
};

function draw(change: Partial<LineChart> = {}): string {
  return String(lineChart({ ...CHART, ...change }, 720, "it", { x: String, y: String }).content);
}

/** Points of each line. */
function points(svg: string): readonly (readonly (readonly number[])[])[] {
  return [...svg.matchAll(/class="series[^"]*"[^>]* d="([^"]*)"/g)].map(([, path = ""]) =>
    path
      .split(/[ML]/)
      .filter(Boolean)
      .map((point) => point.split(" ").map(Number)),
  );
}

describe("line chart", () => {
  it("puts values in proportion: up is more, right is later, zero is at the bottom", () => {
    const [ours, theirs] = points(draw());
    assert.ok(ours && theirs);
    const [x, y] = [0, 1].map((axis) => ours.map((point) => point[axis] ?? Number.NaN));
    assert.ok(x && y);
    assert.deepEqual(
      x,
      [...x].sort((a, b) => a - b),
    );
    assert.deepEqual(
      y,
      [...y].sort((a, b) => b - a),
    );
    const [first = 0, middle = 0, last = 0] = y;
    assert.ok(Math.abs(first - middle - (middle - last)) < 0.2, `${y}`);
    assert.equal(new Set(theirs.map((point) => point[1])).size, 1);
    // The axes end with the greatest values, and begin at the left and below.
    assert.deepEqual(ours[0], [60, 276]);
    assert.deepEqual(ours[2], [706, 28]);
  });

  it("a value that is not known is a gap, not a zero", () => {
    const svg = draw({ lines: [{ name: "gap", strong: false, values: [10, null, 30] }] });
    const path = / d="(M[^"]*)"\/>(?=<path class="dot)/.exec(svg)?.[1] ?? "";
    assert.equal(path.match(/M/g)?.length, 2);
    assert.doesNotMatch(path, /L/);
  });

  it("tells lines apart without colour: by dashes, marks, and thickness of ours", () => {
    const svg = draw();
    assert.match(svg, /class="series s0 strong" d=/);
    assert.match(svg, /class="series s1" stroke-dasharray="7 4"/);
    const marks = new Set([...svg.matchAll(/class="dot s(\d)"[^>]* d="([^"]*)"/g)].map((match) => match[2]));
    assert.equal(marks.size, 2);
    const alike = Array.from({ length: 20 }, (_, i) => i);
    const twins = ["a", "b"].map((name) => ({ name, strong: false, values: alike }));
    const places = [...draw({ lines: twins, x: { ...CHART.x, values: alike } }).matchAll(/translate\(([\d. ]+)\)/g)];
    assert.equal(
      new Set(places.map(([, place]) => place)).size,
      places.length,
      "marks of lines on one another are apart",
    );
    assert.match(String(lineSign({ strong: false }, 1)), /stroke-dasharray="7 4"/);
  });

  it("tells stretches apart by hatching, and marks where they meet", () => {
    const svg = draw();
    assert.match(svg, /class="stretch ours" x="60" [^>]*width="387.6"/);
    assert.match(svg, /class="stretch lost" fill="url\(#it-hatched\)" x="447.6"/);
    assert.equal(svg.match(/class="meeting"/g)?.length, 1);
  });

  it("has ticks on both axes, rising, with even factors on a logarithmic one", () => {
    const svg = draw({ x: { ...CHART.x, kind: "log", values: [1, 10, 100] }, y: { label: "dollars", kind: "log" } });
    const ticks = [...svg.matchAll(/class="tick" x="([\d.]+)" y="[\d.]+" text-anchor="middle">(\d+)</g)].map(
      (match) => [Number(match[1]), Number(match[2])],
    );
    assert.deepEqual(
      ticks.map(([, value]) => value),
      [1, 10, 100],
    );
    const [a = 0, b = 0, c = 0] = ticks.map(([x]) => x);
    assert.ok(Math.abs(b - a - (c - b)) < 0.2);
  });
});
