import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { placeRows } from "../../../build/priceBook/placeRows";
import { BOOK_FILE, priceBookText, readRows } from "../../../build/priceBook/priceBook";
import { BookData } from "../../../cli/pricing/book/readPriceBook";

const ROOT = path.resolve(__dirname, "../../..");
const FOLDER = path.join(ROOT, "build/priceBook");

describe("price book", () => {
  const book = BookData.parse(JSON.parse(readFileSync(path.join(ROOT, BOOK_FILE), "utf8")));

  it("is what its rows make", async () => {
    assert.equal(readFileSync(path.join(ROOT, BOOK_FILE), "utf8"), await priceBookText(FOLDER));
  });

  it("has every row in an entry whose figure equals it, or a reason why not", async () => {
    const rows = await readRows(FOLDER);
    const placements = placeRows(rows);
    let tiers = 0;
    for (const [index, row] of rows.entries()) {
      const placement = placements[index];
      assert.ok(placement);
      if (placement.kind !== "entry") {
        assert.notEqual(placement.why, "", JSON.stringify(row));
        continue;
      }
      for (const { service, usageType, region = row.region, from = 0, to } of placement.keys) {
        const entry = book.entries.find(
          (one) => one.service === service && one.region === region && one.usageType === usageType,
        );
        assert.ok(entry, `${usageType} of ${row.item}`);
        const tier = entry.tiers.find((one) => one.from === from);
        assert.deepEqual(tier, { from, ...(to !== undefined && { to }), usd: row.usd }, row.item);
        const per =
          Number(/^([\d,]+)(M?) /.exec(row.unit)?.[1]?.replaceAll(",", "") ?? 1) * (/^\dM /.test(row.unit) ? 1e6 : 1);
        assert.equal(entry.per, per, row.unit);
        tiers++;
      }
    }
    // Nothing is in the book that no row says.
    assert.equal(
      book.entries.reduce((sum, entry) => sum + entry.tiers.length, 0),
      tiers,
    );
  });

  it("keeps each entry's source, date and confidence", async () => {
    const rows = await readRows(FOLDER);
    for (const entry of book.entries) {
      assert.ok(book.sources[entry.source], entry.source);
      const row = rows.find(({ source, sourceDate, confidence, usd }) => {
        return (
          source === entry.source &&
          sourceDate === entry.sourceDate &&
          confidence === entry.confidence &&
          usd === entry.tiers[0]?.usd
        );
      });
      assert.ok(row, JSON.stringify(entry));
    }
  });

  it("has tiers that follow each other without a gap", () => {
    for (const { usageType, tiers } of book.entries) {
      tiers.forEach(({ from }, at) => {
        assert.equal(from, at === 0 ? 0 : tiers[at - 1]?.to, usageType);
      });
    }
  });

  it("ships no rate of a Savings Plan, no figure without a source, and nothing of a list's faults", () => {
    const text = JSON.stringify(book.entries);
    assert.doesNotMatch(text, /ml\.r8g|Savings|memory"/);
    assert.deepEqual([...new Set(book.entries.map(({ region }) => region))].sort(), [
      "eu-west-1",
      "global",
      "us-east-1",
      "us-west-2",
    ]);
  });
});
