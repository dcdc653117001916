import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { offerFile, regionIndex } from "../pricing/update/offerFiles";
import { runCommand } from "./runCommand";

describe("frugal-ml price", function () {
  this.timeout(180_000);
  let folder = "";
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "frugal-ml-price-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  it("prices a stack against another, within a budget and above it", async () => {
    const usage = join(folder, "usage.yaml");
    writeFileSync(usage, "training: { customers: 500 }\n");
    const out = join(folder, "report.json");
    const run = (...more: readonly string[]) => runCommand(["price", "--stack", "prod", "--usage", usage, ...more]);
    const compared = await run("--compare", "dev", "--format", "json", "--out", out, "--budget", "1");
    assert.equal(compared.exitCode, 1, compared.stderr);
    assert.equal(compared.stdout, "");
    assert.match(compared.stderr, /days old/);
    const document = JSON.parse(readFileSync(out, "utf8"));
    assert.equal(document.stack, "prod");
    assert.equal(document.comparison.from, "dev");
    assert.ok(Number(document.comparison.total.difference) > 0);

    const within = await run("--budget", "100000", "--compare", ".");
    assert.equal(within.exitCode, 0, within.stderr);
    assert.match(within.stdout, /From \. to \.: \$0\.00 a month/);
  });

  it("refuses bad usage with every problem, before anything is run", async () => {
    const { exitCode, stderr } = await runCommand(["price", "--format", "pdf", "--budget", "much"]);
    assert.equal(exitCode, 2);
    assert.match(stderr, /BadUsage.*--format.*--budget/s);
    const missing = await runCommand(["price", "--usage", join(folder, "none.yaml")]);
    assert.equal(missing.exitCode, 2);
    assert.match(missing.stderr, /UsageNotFound/);
  });

  it("updates a book from files, which can be priced with", async () => {
    const base = join(folder, "offers/v1.0/aws/AmazonECR");
    const write = (path: string, text: string): void => {
      mkdirSync(dirname(join(base, path)), { recursive: true });
      writeFileSync(join(base, path), text);
    };
    write("current/region_index.json", regionIndex("AmazonECR", ["us-east-1"]));
    const product = {
      sku: "A",
      usageType: "TimedStorage-ByteHrs",
      unit: "GB-Mo",
      tiers: [["0.2000000000", "Inf"]] as const,
    };
    write("20261120000000/us-east-1/index.json", offerFile("AmazonECR", [product]));
    const out = join(folder, "book.json");
    const args = [
      "prices",
      "update",
      "--region",
      "us-east-1",
      "--service",
      "AmazonECR",
      "--from",
      folder,
      "--out",
      out,
    ];
    const updated = await runCommand([...args, "--json"]);
    assert.equal(updated.exitCode, 0, updated.stderr);
    const said = JSON.parse(updated.stdout);
    assert.deepEqual(
      [said.file, said.date, said.changed[0].key],
      [out, "2026-11-20", "AmazonECR/us-east-1/TimedStorage-ByteHrs"],
    );
    assert.equal(JSON.parse(readFileSync(out, "utf8")).date, "2026-11-20");
    const before = readFileSync(out, "utf8");
    const broken = await runCommand([...args.slice(0, 3), "us-west-2", ...args.slice(4)]);
    assert.equal(broken.exitCode, 2);
    assert.match(broken.stderr, /OfferNotFound/);
    assert.equal(readFileSync(out, "utf8"), before);
    const bad = await runCommand(["prices", "update", "--region", "mars-1", "--service", "AmazonTea"]);
    assert.equal(bad.exitCode, 2);
    assert.match(bad.stderr, /--region.*--service/s);
  });
});
