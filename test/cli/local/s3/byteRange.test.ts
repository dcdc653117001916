import assert from "node:assert/strict";
import fc from "fast-check";
import { contentRange, parseRange } from "../../../../cli/local/s3/byteRange";

const size = fc.nat(1000);
const number = fc.nat(1500);

describe("cli/local/s3/byteRange", () => {
  it("gives the bytes that a slice would, or says that there are none", () => {
    fc.assert(
      fc.property(size, number, fc.option(number, { nil: undefined }), (bytes, first, last) => {
        const range = parseRange(`bytes=${first}-${last ?? ""}`, bytes);
        if (last !== undefined && last < first) return assert.equal(range, undefined);
        if (first >= bytes) return assert.equal(range, "unsatisfiable");
        return assert.deepEqual(range, { start: first, end: Math.min(last ?? bytes - 1, bytes - 1) });
      }),
    );
  });

  it("gives the last bytes for a suffix", () => {
    fc.assert(
      fc.property(size, number, (bytes, length) => {
        const expected = Math.min(bytes, length);
        const range = parseRange(`bytes=-${length}`, bytes);
        if (expected === 0) return assert.equal(range, "unsatisfiable");
        return assert.deepEqual(range, { start: bytes - expected, end: bytes - 1 });
      }),
    );
  });

  it("never leaves the object, whatever the header", () => {
    fc.assert(
      fc.property(fc.string(), size, fc.boolean(), (text, bytes, prefixed) => {
        const range = parseRange(prefixed ? `bytes=${text}` : text, bytes);
        if (typeof range !== "object") return;
        assert.ok(range.start >= 0 && range.start <= range.end && range.end < bytes, JSON.stringify(range));
      }),
    );
  });

  it("ignores what it does not know", () => {
    for (const header of [undefined, "", "bytes=", "bytes=-", "bytes=1-2,4-5", "lines=1-2", "bytes=a-b", "bytes=5-2"]) {
      assert.equal(parseRange(header, 10), undefined, String(header));
    }
    assert.deepEqual(parseRange(" Bytes = 1 - 2 ", 10), { start: 1, end: 2 });
    assert.equal(contentRange({ start: 1, end: 2 }, 10), "bytes 1-2/10");
  });
});
