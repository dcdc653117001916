import { deepEqual, equal, ok } from "node:assert/strict";
import * as fc from "fast-check";
import { areaResize, type Raster } from "../../../functions/normalize/areaResize";

const side = fc.integer({ min: 1, max: 40 });

/** A picture of the given samples, one channel. */
function grey(width: number, height: number, sample: (x: number, y: number) => number): Raster {
  const data = Uint8Array.from({ length: width * height }, (_, i) => sample(i % width, Math.floor(i / width)));
  return { data, width, height, channels: 1 };
}

describe("area resize", () => {
  it("averages whole blocks exactly", () => {
    const source = grey(4, 2, (x, y) => 10 * x + 100 * y);
    deepEqual([...areaResize(source, 2, 1).data], [55, 75]);
  });

  it("weights border pixels by the share that is covered", () => {
    deepEqual(
      [
        ...areaResize(
          grey(3, 1, (x) => [0, 90, 240][x] ?? 0),
          2,
          1,
        ).data,
      ],
      [30, 190],
    );
  });

  it("keeps channels apart", () => {
    const data = Uint8Array.from([0, 100, 200, 2, 102, 202]);
    deepEqual([...areaResize({ data, width: 2, height: 1, channels: 3 }, 1, 1).data], [1, 101, 201]);
  });

  it("gives the same picture when the size stays", () => {
    const source = grey(5, 4, (x, y) => x * y);
    equal(areaResize(source, 5, 4), source);
  });

  it("leaves a plain picture plain, whatever the sizes", () => {
    fc.assert(
      fc.property(side, side, side, side, fc.nat(255), (width, height, toWidth, toHeight, level) => {
        const result = areaResize(
          grey(width, height, () => level),
          toWidth,
          toHeight,
        );
        deepEqual([result.width, result.height, result.data.length], [toWidth, toHeight, toWidth * toHeight]);
        ok(result.data.every((value) => value === level));
      }),
    );
  });

  it("never leaves the range of what it is given, and keeps its mean when it shrinks", () => {
    const sizes = fc.tuple(side, side, side, side);
    fc.assert(
      fc.property(sizes, fc.infiniteStream(fc.nat(255)), ([width, height, toWidth, toHeight], levels) => {
        const source = grey(width, height, () => levels.next().value);
        const result = areaResize(source, toWidth, toHeight);
        const [low, high] = [Math.min(...source.data), Math.max(...source.data)];
        ok(result.data.every((value) => value >= low && value <= high));
        const mean = ({ data }: Raster) => data.reduce((sum, value) => sum + value, 0) / data.length;
        // Each result is rounded once, so the mean moves by half a level at most, and by what slivers carry.
        if (toWidth <= width && toHeight <= height) ok(Math.abs(mean(result) - mean(source)) <= 0.6);
      }),
    );
  });
});
