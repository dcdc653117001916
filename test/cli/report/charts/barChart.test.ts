import assert from "node:assert/strict";
import { type Bar, barChart } from "../../../../cli/report/charts/barChart";

const bar = (amount: number, change: Partial<Bar> = {}): Bar => ({
  label: "a bar",
  value: `$${amount}`,
  parts: [{ amount, fill: "solid" }],
  ...change,
});

function draw(bars: readonly Bar[], width = 718): string {
  return String(barChart(bars, width, "it", String).content);
}

/** Widths of the bars in pixels. */
function widths(svg: string, fill = "solid"): readonly number[] {
  return [...svg.matchAll(new RegExp(`class="fill ${fill}"[^>]* width="([\\d.]+)"`, "g"))].map((match) =>
    Number(match[1]),
  );
}

describe("bar chart", () => {
  it("draws bars in proportion to their amounts, on a common axis from zero", () => {
    assert.deepEqual(widths(draw([bar(100), bar(50), bar(25)])), [700, 350, 175]);
  });

  it("draws the parts of a bar one after another, each with its fill", () => {
    const svg = draw([
      bar(0, {
        parts: [
          { amount: 60, fill: "solid" },
          { amount: 40, fill: "hatched" },
        ],
      }),
    ]);
    assert.deepEqual([widths(svg), widths(svg, "hatched")], [[420], [280]]);
    assert.match(svg, /class="fill hatched" fill="url\(#it-hatched\)" x="420"/);
    assert.match(svg, /<pattern id="it-hatched"/);
  });

  it("shows an amount that is there, however small, and nothing of one that is zero", () => {
    assert.deepEqual(widths(draw([bar(1000), bar(0.001), bar(0)])), [700, 1, 0]);
  });

  it("draws bounds where they are, and an arrow where they are beyond the axis", () => {
    assert.match(
      draw([bar(100, { low: 50, high: 75 })]),
      /class="range" d="M350 [\d.]+v8M350 [\d.]+H525M525 [\d.]+v8"/,
    );
    assert.match(
      draw([bar(100, { low: 50, high: 9000 })]),
      /class="range" d="M350 [\d.]+v8M350 [\d.]+H713M708 [\d.]+l5 4-5 4"/,
    );
  });

  it("bounds do not stretch the axis, but marks do", () => {
    assert.deepEqual(widths(draw([bar(100, { low: 1, high: 9000 })])), [700]);
    assert.deepEqual(widths(draw([bar(100, { mark: 200 })])), [350]);
    assert.match(draw([bar(100, { mark: 200 })]), /class="mark" d="M700 /);
  });

  it("draws no bar for what is not known, and says so", () => {
    const svg = draw([bar(10), { label: "unknown", value: "no price in the book", parts: [] }]);
    assert.equal(widths(svg).length, 1);
    assert.match(svg, /no price in the book/);
  });

  it("cuts a label that would run into its value, and marks what is strong", () => {
    const svg = draw([bar(10, { label: "m".repeat(200), strong: true })], 328);
    assert.match(svg, /class="bar strong"/);
    assert.match(svg, />m{5,45}…</);
  });

  it("a label that is too long for one line has two, and moves its bar and what is below down", () => {
    const long = { label: "once, by a processing job on ml.m5.xlarge, as declared" };
    const [short, svg] = [draw([bar(10), bar(20)], 328), draw([bar(10, { ...long, mark: 5 }), bar(20)], 328)];
    assert.match(svg, /<text x="0" y="13">once, by[^<…]*<\/text><text x="0" y="27">[^<…]*declared</);
    const places = (text: string) =>
      [...text.matchAll(/translate\(0 (\d+)\)|y="(\d+)" width/g)].map((m) => Number(m[1] ?? m[2]));
    assert.deepEqual(places(short), [0, 19, 44, 19]);
    assert.deepEqual(places(svg), [0, 33, 58, 19]);
    assert.match(svg, /class="mark" d="M[\d.]+ 30v19"/);
    assert.equal(barChart([bar(1, long)], 328, "it", String).height, barChart([bar(1)], 328, "it", String).height + 14);
  });

  it("no bars are a drawing, too", () => {
    assert.ok(barChart([], 328, "it", String).height > 0);
  });
});
