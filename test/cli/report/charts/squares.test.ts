import assert from "node:assert/strict";
import { type SquareState, squareSign, squares } from "../../../../cli/report/charts/squares";

const STATES: readonly SquareState[] = ["held", "refused", "shown", "unknown", "excepted", "off"];

describe("squares", () => {
  it("are in rows as wide as the drawing, none on another, and the drawing is as high as its rows", () => {
    const { content, height } = squares(
      Array.from({ length: 25 }, (_, i) => ({ state: "held", title: `${i}` })),
      328,
    );
    const places = [...String(content).matchAll(/translate\((\d+) (\d+)\)/g)].map(([, x, y]) => [Number(x), Number(y)]);
    assert.equal(new Set(places.map(String)).size, 25);
    for (const [x = 0, y = 0] of places) assert.ok(x % 31 === 0 && y % 31 === 0 && x + 26 <= 328 && y + 26 <= height);
    assert.equal(Math.max(...places.map(([x = 0]) => x)), 279);
    assert.equal(height, 3 * 31 - 5);
  });

  it("have a sign for each thing that they say, beside their colour", () => {
    const signs = STATES.map((state) => / d="([^"]*)"/.exec(String(squareSign(state)))?.[1]);
    assert.equal(new Set(signs).size, STATES.length);
    assert.ok(signs.every((sign) => sign !== undefined && sign !== ""));
  });
});
