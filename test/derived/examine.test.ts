import { deepEqual, equal } from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { MAX_SOURCE_KEY_BYTES } from "../../contracts/derived";
import { checkCompleteness, waitUntilComplete } from "../../derived/completeness";
import { type ExaminedKey, examine } from "../../derived/examine";
import { inOrder } from "../../derived/inOrder";
import { type ListedKey, listKeys } from "../../derived/listKeys";
import { mergeListings } from "../../derived/mergeListings";
import { HASH, HandmadeSet } from "../cli/derived/handmadeSet";

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe("derived: originals compared with what is derived from them", () => {
  const set = { source: "originals", derived: "derived", hash: HASH };
  let made: HandmadeSet;

  beforeEach(async () => {
    made = await HandmadeSet.start();
  });

  afterEach(() => made?.stop());

  const states = async (): Promise<Record<string, string>> => {
    const examined = await all(examine(made.client, set));
    const text = ({ state, code }: ExaminedKey) => (code === undefined ? state : `${state} ${code}`);
    return Object.fromEntries(examined.map((key) => [key.key, text(key)]));
  };

  it("tells how each key stands, in the order of their bytes", async () => {
    await made.derived("a current.jpg", await made.original("a current.jpg"));
    await made.derived("b/placeholder", await made.original("b/placeholder"), {
      "frugal-ml-placeholder": "EmptyObject",
    });
    await made.derived("b/placeholder", await made.original("b/placeholder"), { "frugal-ml-code": "EmptyObject" });
    await made.original("b/missing");
    await made.derived("c stale", await made.original("c stale", "before"));
    await made.original("c stale", "after");
    await made.derived("d orphan", "0");
    await made.derived("e bad", await made.original("e bad"), { "frugal-ml-code": "CorruptImage" });
    await made.derived("f mended", await made.original("f mended", "bad"), { "frugal-ml-code": "CorruptImage" });
    await made.original("f mended", "good");
    await made.derived("g gone", "0", { "frugal-ml-code": "CorruptImage" });
    await made.original("größe+1 ✓");
    const long = "l".repeat(MAX_SOURCE_KEY_BYTES + 1);
    await made.original(long);
    const found = await states();
    deepEqual(found, {
      "a current.jpg": "current",
      "b/missing": "missing",
      "b/placeholder": "placeholder EmptyObject",
      "c stale": "stale",
      "d orphan": "orphan",
      "e bad": "quarantined CorruptImage",
      "f mended": "missing",
      "g gone": "orphan",
      "größe+1 ✓": "missing",
      [long]: "quarantined KeyTooLong",
    });
    const keys = Object.keys(found);
    deepEqual(
      keys,
      [...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))),
    );
  });

  it("looks at nothing else in the derived bucket", async () => {
    const etag = await made.original("a");
    await made.derived("a", etag);
    const other = { ...set, hash: "ba9876543210" };
    deepEqual(
      (await all(examine(made.client, other))).map(({ key, state }) => [key, state]),
      [["a", "missing"]],
    );
    deepEqual(await states(), { a: "current" });
  });

  it("counts, lists no more than asked, and lets quarantine pass only when told to", async () => {
    for (let index = 0; index < 5; index++) await made.original(`missing ${index}`);
    await made.derived("bad", await made.original("bad"), { "frugal-ml-code": "CorruptImage" });
    const strict = await checkCompleteness(made.client, set, { listed: 2 });
    deepEqual([strict.complete, strict.wrong, strict.keys.map(({ key }) => key)], [false, 6, ["bad", "missing 0"]]);
    for (let index = 0; index < 5; index++) await made.remove("originals", `missing ${index}`);
    equal((await checkCompleteness(made.client, set)).complete, false);
    equal((await checkCompleteness(made.client, set, { allowQuarantined: true })).complete, true);
  });

  it("waits until what is under way is done, and not for what never will be", async () => {
    const etag = await made.original("late");
    const derive = sleep(400).then(() => made.derived("late", etag));
    equal((await waitUntilComplete(made.client, set, 20)).complete, true);
    await derive;
    await made.derived("bad", await made.original("bad"), { "frugal-ml-code": "CorruptImage" });
    const started = performance.now();
    equal((await waitUntilComplete(made.client, set, 20)).complete, false);
    equal(performance.now() - started < 5000, true, "quarantine was waited for");
    await made.original("never");
    equal((await waitUntilComplete(made.client, set, 1)).complete, false);
  });

  it("reads listings page by page", async () => {
    for (let index = 0; index < 1003; index++) {
      await made.plane.store.put("originals", `k${String(index).padStart(4, "0")}`, (async function* () {})());
    }
    const keys = await all(listKeys(made.client, "originals", "k"));
    deepEqual([keys.length, keys[0]?.key, keys[1002]?.key], [1003, "0000", "1002"]);
  }).timeout(20_000);

  it("merges any listings as if they were sorted together", async () => {
    const listing = fc.uniqueArray(fc.string({ unit: "binary", maxLength: 4 }), { maxLength: 12 }).map((keys) => {
      return keys.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    });
    const listed = async function* (keys: readonly string[]): AsyncGenerator<ListedKey> {
      for (const key of keys) yield { key, etag: key };
    };
    await fc.assert(
      fc.asyncProperty(fc.array(listing, { minLength: 1, maxLength: 3 }), async (listings) => {
        const merged = await all(mergeListings(listings.map(listed)));
        const keys = [...new Set(listings.flat())];
        deepEqual(
          merged.map(({ key }) => key),
          keys.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))),
        );
        for (const { key, found } of merged) {
          deepEqual(
            found.map((one) => one?.key),
            listings.map((one) => (one.includes(key) ? key : undefined)),
          );
        }
      }),
    );
  });

  it("gives results in order, with only so many tasks under way", async () => {
    let running = 0;
    let most = 0;
    const numbers = async function* () {
      for (let n = 0; n < 30; n++) yield n;
    };
    const squares = inOrder(numbers(), 4, async (n) => {
      most = Math.max(most, ++running);
      await sleep((n % 3) * 2);
      running--;
      return n * n;
    });
    deepEqual(
      await all(squares),
      Array.from({ length: 30 }, (_, n) => n * n),
    );
    equal(most, 4);
  });
});
