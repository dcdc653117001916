import assert from "node:assert/strict";
import fc from "fast-check";
import { list } from "../../../../cli/local/s3/bucketListing";
import { compareKeys, SortedKeys } from "../../../../cli/local/s3/keyOrder";

const key = fc
  .array(fc.constantFrom("a", "b", "/", "é", "\uFFFD", "😀"), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.join(""));

function sorted(keys: readonly string[]): SortedKeys {
  const set = new SortedKeys();
  for (const one of keys) set.add(one);
  return set;
}

/** All pages, as a client would ask for them. */
function pages(
  keys: SortedKeys,
  prefix: string,
  delimiter: string,
  limit: number,
): { keys: string[]; prefixes: string[] } {
  const all = { keys: [] as string[], prefixes: [] as string[] };
  let after: string | undefined;
  for (;;) {
    const page = list(keys, { prefix, delimiter, limit, ...(after !== undefined && { after }) }, (one) => [one]);
    assert.ok(page.items.length + page.commonPrefixes.length <= limit);
    all.keys.push(...page.items);
    all.prefixes.push(...page.commonPrefixes);
    if (!page.truncated) return all;
    after = page.last;
  }
}

describe("cli/local/s3/bucketListing", () => {
  it("orders keys as their UTF-8 bytes", () => {
    const text = fc
      .array(fc.constantFrom("\0", "a", "\u07ff", "\ud7ff", "\ue000", "\uffff", "\u{10000}", "\u{10ffff}"), {
        maxLength: 4,
      })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, text, (a, b) => {
        const bytes = Buffer.compare(Buffer.from(a), Buffer.from(b));
        assert.equal(Math.sign(compareKeys(a, b)), bytes);
      }),
      { numRuns: 1000 },
    );
    assert.ok(compareKeys("\uFFFD", "😀") < 0);
  });

  it("keeps a sorted set", () => {
    fc.assert(
      fc.property(fc.array(key), fc.array(key), (added, removed) => {
        const keys = sorted(added);
        for (const one of removed) keys.delete(one);
        const expected = [...new Set(added)].filter((one) => !removed.includes(one)).sort(compareKeys);
        assert.deepEqual(
          Array.from({ length: keys.length }, (_, i) => keys.at(i)),
          expected,
        );
      }),
    );
  });

  it("gives every key or common prefix once, whatever the page's size", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(key, { maxLength: 30 }),
        fc.constantFrom("", "a", "a/", "é"),
        fc.constantFrom("", "/", "b"),
        fc.integer({ min: 1, max: 7 }),
        (keys, prefix, delimiter, limit) => {
          const expected = { keys: [] as string[], prefixes: [] as string[] };
          for (const one of [...keys].sort(compareKeys).filter((candidate) => candidate.startsWith(prefix))) {
            const end = delimiter === "" ? -1 : one.indexOf(delimiter, prefix.length);
            const common = one.slice(0, end + delimiter.length);
            if (end < 0) expected.keys.push(one);
            else if (!expected.prefixes.includes(common)) expected.prefixes.push(common);
          }
          assert.deepEqual(pages(sorted(keys), prefix, delimiter, limit), expected);
        },
      ),
      { numRuns: 500 },
    );
  });
});
