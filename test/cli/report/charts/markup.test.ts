import assert from "node:assert/strict";
import * as fc from "fast-check";
import { Markup, markup } from "../../../../cli/report/charts/markup";

/** What mark-up is made of, and what no document may have; lone halves of characters too. */
const NASTY = [..."<>&\"'\u0000\u0008\u001f\u202e\u2066\uffff", "\ud800", "\udc00", "a", "é", "🙂", "\n"];

describe("markup", () => {
  it("escapes text and numbers, keeps markup, joins lists, and makes nothing of nothing", () => {
    const inner = markup`<b>${"<"}</b>`;
    assert.equal(
      String(markup`<p title="${`"'&`}">${inner}${[1, "a", inner]}${undefined}${false}</p>`),
      `<p title="&#34;&#39;&#38;"><b>&#60;</b>1a<b>&#60;</b></p>`,
    );
    assert.equal(String(Markup.trusted("<i>")), "<i>");
  });

  it("text never opens a tag, ends an attribute, or has what no document may have", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...NASTY), maxLength: 40 }), (text) => {
        const written = String(markup`${text}`);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
        assert.doesNotMatch(written, /[<>"'\u0000-\u0008\u000b\u000c\u000e-\u001f\u202a-\u202e\u2066-\u2069]/);
        assert.doesNotMatch(written, /&(?!#\d+;)/);
        assert.ok(written.isWellFormed());
      }),
    );
  });
});
