import { equal } from "node:assert/strict";
import { assertConditions, rangeHolds } from "../../../functions/normalize/conditions";
import { NormalizeError } from "../../../functions/normalize/errors";
import { headerReader } from "../../../functions/normalize/headerReader";

const ETAG = '"0a1b-d8560b7658c7"';
const THEN = "Tue, 10 Nov 2026 08:00:00 GMT";
const BEFORE = "Tue, 10 Nov 2026 07:59:59 GMT";
const AFTER = "Tue, 10 Nov 2026 08:00:01 GMT";
const NOW = { etag: ETAG, lastModified: THEN };

function verdict(headers: Record<string, string>, validators: { etag?: string; lastModified?: string } = NOW): number {
  try {
    assertConditions(headerReader(headers), validators);
    return 200;
  } catch (error) {
    if (error instanceof NormalizeError) return error.status;
    throw error;
  }
}

describe("conditions of a read", () => {
  for (const [headers, status] of [
    [{}, 200],
    [{ "If-Match": ETAG }, 200],
    [{ "if-match": "*" }, 200],
    [{ "If-Match": '"other"' }, 412],
    [{ "If-Match": `"other", ${ETAG}` }, 200],
    [{ "If-Match": ETAG.slice(1, -1) }, 200],
    [{ "If-Match": `W/${ETAG}` }, 412],
    [{ "If-Match": '"0a1b"' }, 412],
    [{ "If-None-Match": ETAG }, 304],
    [{ "If-None-Match": `W/${ETAG}` }, 304],
    [{ "If-None-Match": "*" }, 304],
    [{ "If-None-Match": '"0a1b"' }, 200],
    [{ "If-None-Match": `"a","b",${ETAG}` }, 304],
    [{ "If-Modified-Since": THEN }, 304],
    [{ "If-Modified-Since": AFTER }, 304],
    [{ "If-Modified-Since": BEFORE }, 200],
    [{ "If-Modified-Since": "yesterday" }, 200],
    [{ "If-Unmodified-Since": THEN }, 200],
    [{ "If-Unmodified-Since": AFTER }, 200],
    [{ "If-Unmodified-Since": BEFORE }, 412],
    [{ "If-Unmodified-Since": "" }, 200],
    // S3's two documented pairs: a tag decides, its date does not.
    [{ "If-Match": ETAG, "If-Unmodified-Since": BEFORE }, 200],
    [{ "If-None-Match": '"other"', "If-Modified-Since": THEN }, 200],
    [{ "If-None-Match": ETAG, "If-Modified-Since": BEFORE }, 304],
    // What fails comes before what was not modified.
    [{ "If-Match": '"other"', "If-None-Match": ETAG }, 412],
    [{ "If-Match": ETAG, "If-None-Match": ETAG }, 304],
    [{ "If-Unmodified-Since": BEFORE, "If-None-Match": ETAG }, 412],
    [{ "If-None-Match": `${'"x",'.repeat(2000)}"y"` }, 200],
  ] as [Record<string, string>, number][]) {
    it(`${JSON.stringify(headers).slice(0, 90)} gives ${status}`, () => equal(verdict(headers), status));
  }

  it("that name a tag fail where the store gives none", () => {
    equal(verdict({ "If-Match": ETAG }, {}), 412);
    equal(verdict({ "If-Match": "*" }, {}), 200);
    equal(verdict({ "If-None-Match": ETAG }, {}), 200);
    equal(verdict({ "If-Modified-Since": THEN }, {}), 200);
  });

  it("let a range be answered only of what the reader has the rest of", () => {
    for (const [value, holds] of [
      [ETAG, true],
      ['"other"', false],
      [`W/${ETAG}`, false],
      [ETAG.slice(1, -1), true],
      [THEN, true],
      [BEFORE, false],
      [AFTER, false],
      ["", false],
    ] as const) {
      equal(rangeHolds(headerReader({ "If-Range": value }), NOW), holds, value);
    }
    equal(rangeHolds(headerReader({}), NOW), true);
  });
});
