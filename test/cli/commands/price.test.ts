import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { offerFile, regionIndex } from "../pricing/update/offerFiles";
import { callCommand } from "./callCommand";
import { runCommand } from "./runCommand";

/** A program that starts faster than ours. */
const SMALL = "test/cli/graph/fixtures/composed";

describe("frugal-ml price", function () {
  this.timeout(180_000);
  let [folder, usage] = ["", ""];
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "frugal-ml-price-"));
    usage = join(folder, "usage.yaml");
    writeFileSync(usage, "training: { customers: 500 }\n");
  });
  after(() => rmSync(folder, { recursive: true }));

  it("prices a stack against another, above a budget, and advises on plans with the rates that are given", async () => {
    const out = join(folder, "report.json");
    const rates = join(folder, "rates.json");
    const plan = { kind: "sagemaker", term: "1yr", payment: "no-upfront", region: "us-east-1" };
    writeFileSync(rates, JSON.stringify({ rates: [{ ...plan, usageType: "Host:ml.c7g.large", rate: 0.06 }] }));
    const { exitCode, stdout, stderr } = await runCommand([
      ...["price", "--stack", "prod", "--usage", usage, "--compare", "dev", "--plans", "--rates", rates],
      ...["--format", "json", "--out", out, "--budget", "1"],
    ]);
    assert.equal(exitCode, 1, stderr);
    assert.equal(stdout, "");
    assert.match(stderr, /days old/);
    const document = JSON.parse(readFileSync(out, "utf8"));
    assert.equal(document.stack, "prod");
    assert.equal(document.comparison.from, "dev");
    assert.ok(Number(document.comparison.total.difference) > 0);
    const [offer] = document.plans.kinds[0].offers;
    // The endpoint's least is two instances, of which its tags mean a plan to cover 80 %.
    assert.deepEqual([offer.commitment, offer.intended, offer.obligation.total], ["0.12", "0.096", "1051.2"]);
  });

  it("passes within a budget, and compares with a folder", async () => {
    const { exitCode, stdout, stderr } = await callCommand([
      ...["price", "--program", SMALL, "--usage", usage, "--budget", "100000", "--compare", SMALL],
    ]);
    assert.equal(exitCode, 0, stderr);
    assert.ok(stdout.includes(`From ${SMALL} to ${SMALL}: $0.00 a month`), stdout);
  });

  it("refuses bad usage with every problem, before anything is run", async () => {
    const { exitCode, stderr } = await callCommand([
      ...["price", "--format", "pdf", "--budget", "much", "--rates", "rates.json"],
    ]);
    assert.equal(exitCode, 2);
    assert.match(stderr, /BadUsage.*--format.*--budget/s);
    assert.match(stderr, /--rates: given "rates\.json"; allowed: only together with --plans/);
    const missing = await callCommand(["price", "--usage", join(folder, "none.yaml")]);
    assert.equal(missing.exitCode, 2);
    assert.match(missing.stderr, /UsageNotFound/);
    const unrated = await callCommand(["price", "--plans", "--rates", join(folder, "none.json")]);
    assert.equal(unrated.exitCode, 2);
    assert.match(unrated.stderr, /RatesNotFound/);
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
    const updated = await callCommand([...args, "--json"]);
    assert.equal(updated.exitCode, 0, updated.stderr);
    const said = JSON.parse(updated.stdout);
    assert.deepEqual(
      [said.file, said.date, said.changed[0].key],
      [out, "2026-11-20", "AmazonECR/us-east-1/TimedStorage-ByteHrs"],
    );
    assert.equal(JSON.parse(readFileSync(out, "utf8")).date, "2026-11-20");
    const before = readFileSync(out, "utf8");
    const broken = await callCommand([...args.slice(0, 3), "us-west-2", ...args.slice(4)]);
    assert.equal(broken.exitCode, 2);
    assert.match(broken.stderr, /OfferNotFound/);
    assert.equal(readFileSync(out, "utf8"), before);
    const bad = await callCommand(["prices", "update", "--region", "mars-1", "--service", "AmazonTea"]);
    assert.equal(bad.exitCode, 2);
    assert.match(bad.stderr, /--region.*--service/s);
  });
});
