import assert from "node:assert/strict";
import * as fc from "fast-check";
import { fitted, textWidth, wrapped } from "../../../../cli/report/charts/fittedText";

const TEXT = fc.string({ unit: fc.constantFrom(..."abiMW- /é🙂"), minLength: 1, maxLength: 60 });
const PIXELS = fc.integer({ min: 30, max: 400 });

describe("texts of drawings", () => {
  it("are taken to be at least as wide as DejaVu Sans draws them, and bold ones wider", () => {
    // Widths of the font's own glyphs, of letters of 1,000 pixels.
    assert.ok(textWidth("forecast-repository", { size: 1000 }) >= 9721);
    assert.ok(textWidth("forecast-repository", { size: 1000 }) <= 9721 * 1.1);
    assert.ok(textWidth("MMM", { size: 12, bold: true }) > textWidth("MMM", { size: 12 }));
  });

  it("are whole where they fit, and otherwise cut so that they do", () => {
    fc.assert(
      fc.property(TEXT, PIXELS, (text, pixels) => {
        const short = fitted(text, pixels);
        if (textWidth(text) <= pixels) assert.equal(short, text);
        else assert.ok(short.endsWith("…") && text.startsWith(short.slice(0, -1)) && textWidth(short) <= pixels, short);
      }),
    );
  });

  it("keep every character on their lines, unless those are too few; every line fits", () => {
    const bare = (text: string): string => text.replaceAll(" ", "");
    fc.assert(
      fc.property(TEXT, PIXELS, fc.integer({ min: 1, max: 4 }), (text, pixels, most) => {
        const lines = wrapped(text, pixels, most);
        assert.ok(lines.length >= 1 && lines.length <= most);
        for (const line of lines) assert.ok(textWidth(line) <= pixels, line);
        const all = bare(lines.join(""));
        if (all.endsWith("…")) {
          assert.equal(lines.length, most);
          assert.ok(bare(text).startsWith(all.slice(0, -1)));
        } else assert.equal(all, bare(text));
      }),
    );
  });

  it("are parted after a space, a dash or a slash, and within a word that has none", () => {
    assert.deepEqual(wrapped("forecast-hosting-repository", 116, 2), ["forecast-hosting-", "repository"]);
    assert.deepEqual(wrapped("models/ runs/ pointers/", 90, 2), ["models/ runs/", "pointers/"]);
    assert.deepEqual(wrapped("one two", 30, 2), ["one", "two"]);
    assert.deepEqual(wrapped("aaaaaaaaaa", 40, 3), ["aaaaa", "aaaaa"]);
  });

  it("fit where their width is a line's to the last bit", () => {
    for (const line of wrapped(" -i🙂🙂ba", 36, 2)) assert.ok(textWidth(line) <= 36, line);
  });
});
