import assert from "node:assert/strict";
import fc from "fast-check";
import { CsvFields, csvField } from "../../contracts/csvFields";

/** Records of a text that arrives in pieces. */
function records(pieces: readonly string[]): string[][] {
  const all: string[][] = [];
  const csv = new CsvFields();
  for (const piece of pieces) csv.push(piece, (fields) => all.push([...fields]));
  csv.end((fields) => all.push([...fields]));
  return all;
}

describe("CsvFields", () => {
  it("reads back what csvField wrote, however the text is cut", () => {
    const field = fc.string({ unit: fc.constantFrom("a", "7", ",", '"', "\n", "\r", " ", "\u00e9"), maxLength: 6 });
    const rows = fc.array(fc.tuple(fc.constant("id"), field, field), { maxLength: 8 });
    fc.assert(
      fc.property(rows, fc.array(fc.nat(60), { maxLength: 5 }), fc.constantFrom("\n", "\r\n"), (given, cuts, end) => {
        const text = given.map((row) => row.map(csvField).join(",") + end).join("");
        const places = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length];
        const pieces = places.slice(1).map((place, index) => text.slice(places[index], place));
        assert.deepEqual(records(pieces), given);
      }),
    );
  });

  it("reads a last line without an end, and skips empty lines", () => {
    assert.deepEqual(records(["a,b\n\nc,d"]), [
      ["a", "b"],
      ["c", "d"],
    ]);
    assert.deepEqual(records(['"x ""y"", z",1']), [['x "y", z', "1"]]);
  });

  it("does not lose what follows a quote that is never closed", () => {
    assert.deepEqual(records(['a,"b\nc,d']), [["a", "b\nc,d"]]);
  });

  it("stays linear on a large file", () => {
    const line = "customer,2024-01-01,1.5\n";
    let rows = 0;
    const csv = new CsvFields();
    const started = performance.now();
    csv.push(line.repeat(200_000), () => rows++);
    assert.equal(rows, 200_000);
    assert.ok(performance.now() - started < 5000);
  });
});
