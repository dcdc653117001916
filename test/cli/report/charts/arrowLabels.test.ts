import assert from "node:assert/strict";
import { type Area, type ArrowLabel, type LabelledArrow, labelPlaces } from "../../../../cli/report/charts/arrowLabels";
import { textWidth } from "../../../../cli/report/charts/fittedText";

const arrow = (source: string, label: string, ...points: readonly (readonly [number, number])[]): LabelledArrow => ({
  source,
  label,
  points: points.map(([x, y]) => ({ x, y })),
});

/** The part of the drawing that a word takes. */
function areaOf({ label, x, y }: ArrowLabel): Area {
  const width = textWidth(label, { size: 10.5 });
  return { x: x - width / 2, y: y - 9, width, height: 12 };
}

function meet(a: Area, b: Area): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

describe("words of arrows", () => {
  it("stand above the middle of an arrow that has room there", () => {
    assert.deepEqual(labelPlaces([arrow("a", "reads", [0, 50], [60, 90])], []), [{ label: "reads", x: 30, y: 66 }]);
  });

  it("arrows from one source that say the same have one word, between them; others have their own", () => {
    const places = labelPlaces(
      [
        arrow("a", "image", [0, 100], [60, 0]),
        arrow("a", "image", [0, 100], [60, 200]),
        arrow("b", "image", [0, 300], [60, 300]),
        arrow("a", "writes", [0, 100], [60, 400]),
      ],
      [],
    );
    assert.deepEqual(places.map(({ label }) => label).sort(), ["image", "image", "writes"]);
    const [both] = places.filter(({ label }) => label === "image");
    assert.ok(both && both.x < 30 && Math.abs(both.y - 96) <= 1, JSON.stringify(both));
  });

  it("are never on one another, nor on a box, where there is another place", () => {
    // Two arrows cross in the middle, and a long one has a box where its middle is.
    const boxes = [{ x: 250, y: 480, width: 100, height: 40 }];
    const places = labelPlaces(
      [
        arrow("a", "changes", [0, 0], [120, 120]),
        arrow("b", "batches", [0, 120], [120, 0]),
        arrow("c", "writes", [0, 500], [600, 500]),
      ],
      boxes,
    );
    assert.equal(places.length, 3);
    const areas = [...boxes, ...places.map(areaOf)];
    for (const [i, one] of areas.entries()) {
      for (const other of areas.slice(i + 1)) assert.ok(!meet(one, other), JSON.stringify(areas));
    }
  });

  it("keep off an arrow that is not theirs, where there is another place", () => {
    const [word] = labelPlaces([arrow("a", "reads", [0, 100], [200, 100]), arrow("b", "", [100, 0], [100, 200])], []);
    assert.ok(word && Math.abs(word.x - 100) > textWidth("reads", { size: 10.5 }) / 2, JSON.stringify(word));
  });
});
