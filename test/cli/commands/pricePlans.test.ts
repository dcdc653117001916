import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "./runCommand";

describe("frugal-ml price --plans", function () {
  this.timeout(180_000);
  let folder = "";
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "frugal-ml-price-plans-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  it("advises on a stack with the rates that are given", async () => {
    const rates = join(folder, "rates.json");
    const plan = { kind: "sagemaker", term: "1yr", payment: "no-upfront", region: "us-east-1" };
    writeFileSync(rates, JSON.stringify({ rates: [{ ...plan, usageType: "Host:ml.c7g.large", rate: 0.06 }] }));
    const { exitCode, stdout, stderr } = await runCommand([
      ...["price", "--stack", "prod", "--plans", "--rates", rates, "--format", "json"],
    ]);
    assert.equal(exitCode, 0, stderr);
    const { plans } = JSON.parse(stdout);
    const [offer] = plans.kinds[0].offers;
    // The endpoint's least is two instances, of which its tags mean a plan to cover 80 %.
    assert.deepEqual([offer.commitment, offer.intended, offer.obligation.total], ["0.12", "0.096", "1051.2"]);
  });

  it("refuses rates without advice, and a file that is none, before anything is run", async () => {
    const alone = await runCommand(["price", "--rates", "rates.json"]);
    assert.equal(alone.exitCode, 2);
    assert.match(alone.stderr, /--rates: given "rates\.json"; allowed: only together with --plans/);
    const missing = await runCommand(["price", "--plans", "--rates", join(folder, "none.json")]);
    assert.equal(missing.exitCode, 2);
    assert.match(missing.stderr, /RatesNotFound/);
  });
});
