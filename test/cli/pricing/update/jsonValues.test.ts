import assert from "node:assert/strict";
import fc from "fast-check";
import { type JsonPart, jsonValues } from "../../../../cli/pricing/update/jsonValues";

async function* cut(text: string, sizes: readonly number[]): AsyncGenerator<string> {
  let at = 0;
  for (let turn = 0; at < text.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    yield text.slice(at, at + size);
    at += size;
  }
}

async function parts(text: string, wanted: (path: readonly string[]) => boolean, sizes = [7]): Promise<JsonPart[]> {
  const found: JsonPart[] = [];
  for await (const part of jsonValues(cut(text, sizes), wanted)) found.push(part);
  return found;
}

describe("jsonValues", () => {
  it("finds parts by their paths, in lists too", async () => {
    const text = '{"a": {"b": 1, "c": [true, {"d": "x,}]"}]}, "e\\"f": null, "g": -2.5e3}';
    assert.deepEqual(await parts(text, (path) => ["a/c/1", 'e"f', "g"].includes(path.join("/"))), [
      { path: ["a", "c", "1"], value: { d: "x,}]" } },
      { path: ['e"f'], value: null },
      { path: ["g"], value: -2500 },
    ]);
  });

  it("finds the whole document, whatever it is", async () => {
    for (const text of ["3", ' "text" ', "[]", "{}", "true"]) {
      assert.deepEqual(await parts(text, (path) => path.length === 0), [{ path: [], value: JSON.parse(text) }], text);
    }
  });

  it("refuses a document that ends too early, and a part that is no JSON", async () => {
    for (const text of ["", '{"a": [1, 2', '{"a": "unfinished', "{}}", '{"a": tru}']) {
      await assert.rejects(
        parts(text, () => true),
        SyntaxError,
        text,
      );
    }
    await assert.rejects(
      parts('{"a": tru}', (path) => path.length === 1),
      SyntaxError,
    );
  });

  it("finds the same members as JSON.parse does, however the document is cut", async () => {
    const document = fc.dictionary(fc.string(), fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(
        document,
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
        fc.boolean(),
        async (value, sizes, spaced) => {
          const text = JSON.stringify(value, undefined, spaced ? 2 : undefined);
          const again: Record<string, unknown> = JSON.parse(text);
          const found = await parts(text, (path) => path.length === 1, sizes);
          assert.deepEqual(
            found,
            Object.entries(again).map(([name, each]) => ({ path: [name], value: each })),
          );
        },
      ),
      { numRuns: 200 },
    );
  });
});
