import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { split } from "../../../containers/forecast/split";
import { CsvFields, csvField } from "../../../contracts/csvFields";
import { FleetEnvironment } from "../../../contracts/fleetContainer";
import { decodeCustomer, MAX_ENCODED_CUSTOMER } from "../../../contracts/modelKeys";

describe("split", () => {
  let root: string;
  const write = process.stdout.write.bind(process.stdout);

  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), "frugal-ml-split-test-"));
    await mkdir(path.join(root, "processing/input/data"), { recursive: true });
    await mkdir(path.join(root, "processing/input/state"), { recursive: true });
    process.stdout.write = () => true;
  });

  afterEach(async () => {
    process.stdout.write = write;
    await rm(root, { recursive: true, force: true });
  });

  const run = (environment: Record<string, string> = {}) => split({ [FleetEnvironment.Root]: root, ...environment });
  const data = (name: string, content: string | Uint8Array) =>
    writeFile(path.join(root, "processing/input/data", name), content);

  /** Rows of each customer, as the split wrote them. */
  async function series(): Promise<Map<string, string[]>> {
    const folder = path.join(root, "processing/output/series");
    const all = new Map<string, string[]>();
    for (const name of await readdir(folder)) {
      if (!name.endsWith(".csv")) continue;
      assert.match(name, /^[A-Za-z0-9_-]+\.csv$/);
      const rows: string[] = [];
      const csv = new CsvFields();
      const take = (fields: readonly string[]): void => void rows.push(fields.join(","));
      csv.push(await readFile(path.join(folder, name), "latin1"), take);
      csv.end(take);
      all.set(decodeCustomer(name.slice(0, -4)), rows.slice(1));
    }
    return all;
  }

  it("loses no row and doubles none, whatever ids there are", async () => {
    const id = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
      .filter((text) => text.isWellFormed() && !/^\r|\r$/.test(text))
      .filter((text) => Buffer.byteLength(text) <= MAX_ENCODED_CUSTOMER / 3);
    const odd = fc.constantFrom('a,"b"', "../..", "/", "CON", ".", "a b", "中文", "x\ny", "*", "_5f", "%2e");
    const rows = fc.array(fc.tuple(fc.oneof(id, odd), fc.nat(99), fc.nat(99)), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(rows, async (given) => {
        const text = given.map(([customer, day, value]) => `${csvField(customer)},t${day},${value}`).join("\n");
        await data("d.csv", `customer_id,timestamp,consumption\n${text}\n`);
        const summary = await run();
        const expected = new Map<string, string[]>();
        for (const [customer, day, value] of given) {
          expected.set(customer, [...(expected.get(customer) ?? []), `t${day},${value}`]);
        }
        const actual = await series();
        assert.deepEqual([...actual.keys()].sort(), [...expected.keys()].sort());
        for (const [customer, lines] of expected) assert.deepEqual(actual.get(customer), lines.sort());
        assert.equal(summary.rows, given.length);
      }),
      { numRuns: 60 },
    );
  });

  it("reads columns by name, several files, gzip, a byte-order mark and Windows' lines", async () => {
    await data("a.csv", "\uFEFFconsumption,extra,customer_id,timestamp\r\n1,x,k,2024-01-01\r\n");
    await data("b.csv.gz", gzipSync("customer_id,timestamp,consumption\nk,2024-01-02,2"));
    await data("readme.txt", "not data");
    const { rows, fit } = await run();
    assert.deepEqual([rows, fit], [2, 1]);
  });

  it("reads a quoted header behind a byte-order mark, and files in a folder that is named as one", async () => {
    await data("a.csv", '\uFEFF"customer_id","timestamp","consumption"\n"k","2024-01-01","1"\n');
    await mkdir(path.join(root, "processing/input/data/b.csv"));
    await data("b.csv/part-00000.csv", "customer_id,timestamp,consumption\nk,2024-01-02,2\n");
    const { rows, fit } = await run();
    assert.deepEqual([rows, fit], [2, 1]);
  });

  it("takes no part of a row that has more fields than columns for a number", async () => {
    await data("a.csv", "customer_id,timestamp,consumption\nk,2024-01-01,1,5\nk,2024-01-02,2\nk,2024-01-03,3,\n");
    await run();
    assert.deepEqual((await series()).get("k"), ["k,2024-01-01,1,5,", "2024-01-02,2", "2024-01-03,3"]);
  });

  it("counts rows without a customer, and warns of instances with nothing to do", async () => {
    await data("a.csv", "customer_id,timestamp,consumption\n,2024-01-01,1\nk,2024-01-01,1\n");
    const { lostRows, idleInstances } = await run({ [FleetEnvironment.Instances]: "4" });
    assert.deepEqual([lostRows, idleInstances], [1, 3]);
  });

  it("says what is missing", async () => {
    await assert.rejects(run(), { code: "NoData" });
    await data("a.csv", "id,timestamp,value\n1,2,3\n");
    await assert.rejects(run(), /missing: customer_id, consumption/);
    await data("b.csv", "customer_id;timestamp;consumption\n1;2;3\n");
    const both =
      /^2 files: a\.csv has the columns id, .*; b\.csv has the columns customer_id;timestamp;consumption; missing/;
    await assert.rejects(run(), { code: "BadHeader", message: both });
    await rm(path.join(root, "processing/input/data/b.csv"));
    await data("a.csv", Buffer.from("\uFEFFcustomer_id,timestamp,consumption\n", "utf16le"));
    await assert.rejects(run(), { code: "UnreadableData", message: "a.csv is UTF-16; allowed: UTF-8" });
    await data("a.csv", "a\u0000b\u001b\n");
    await assert.rejects(run(), { message: /^a\.csv has the columns a\uFFFDb\uFFFD; missing/ });
    await data("a.csv", "");
    await assert.rejects(run(), { code: "BadHeader" });
    await rm(path.join(root, "processing/input/data/a.csv"));
    await data("b.csv.gz", "no gzip at all");
    await assert.rejects(run(), { code: "UnreadableData" });
  });

  it("quarantines ids that cannot be keys, and nobody else", async () => {
    await data(
      "a.csv",
      Buffer.from(
        `customer_id,timestamp,consumption\n${"x".repeat(300)},2024-01-01,1\n\u00ff\u00fe,2024-01-01,1\nk,2024-01-01,1\n`,
        "latin1",
      ),
    );
    const { quarantine, fit } = await run();
    assert.deepEqual([quarantine, fit], [2, 1]);
  });

  it("brings rows together through parts on disk as it does in memory", async () => {
    // Long rows: few of them fill the memory that the split gives itself.
    const line = (index: number): string =>
      `customer-${index % 50},2024-01-01T00:00:${String(index % 60).padStart(2, "0")},${index}${" ".repeat(900)}\n`;
    const text = `customer_id,timestamp,consumption\n${Array.from({ length: 60_000 }, (_, index) => line(index)).join("")}`;
    assert.ok(text.length > 50 * 1024 * 1024);
    await data("large.csv", text);
    const { customers, rows } = await run();
    assert.deepEqual([customers, rows], [50, 60_000]);
    for (const lines of (await series()).values()) assert.equal(new Set(lines).size, 1_200);
  }).timeout(60_000);
});
