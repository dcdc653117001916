import assert from "node:assert/strict";
import { interruptOnce, startRun } from "../../../cli/job/fleetRun";
import { unpackModel } from "../../../containers/forecast/modelArchive";
import type { FleetManifest, ManifestCustomer } from "../../../contracts/fleetManifest";
import { encodeCustomer } from "../../../contracts/modelKeys";
import { daily, FleetStack } from "./fleetStack";

const weekly = (level: number) => (day: number) => level + 10 * Math.sin((2 * Math.PI * day) / 7) + day * 0.1;

/** Ids that are no file names. */
const ODD = ['a,"b"', "../up", "ünï 中", "star*"];

const GOOD = Object.fromEntries(["one", "two", "three", ...ODD].map((id, at) => [id, daily(60, weekly(100 + at))]));

const BAD = {
  empty: [["2024-01-01", ""]],
  nan: daily(20, () => Number.NaN),
  "one point": [["2024-01-01", "5"]],
  constant: daily(30, () => 7),
  absurd: daily(30, (day) => (day === 3 ? 1e300 : day)),
} as const;

function customer(manifest: FleetManifest, id: string): ManifestCustomer {
  const found = manifest.customers.find((one) => one.customer === id);
  assert.ok(found, id);
  return found;
}

describe("a fleet from run to run", function () {
  this.timeout(120_000);
  let stack: FleetStack;
  let first: FleetManifest;
  let second: FleetManifest;
  const pointer = async (id: string): Promise<{ targetModel: string; pinned: boolean }> =>
    JSON.parse(await stack.text(`pointers/${encodeCustomer(id)}.json`));

  before(async () => {
    stack = await FleetStack.start();
    await stack.dataset({ ...GOOD, ...BAD });
    first = await stack.run(interruptOnce);
  });

  after(() => stack?.stop());

  it("fits every good series, through an interruption, and quarantines each bad one with its reason", async () => {
    assert.deepEqual(first.counts, { fitted: 7, kept: 0, quarantined: 5, absent: 0 });
    for (const id of Object.keys(GOOD)) {
      const { status, model = "", points, backtest } = customer(first, id);
      assert.equal(status, "fitted");
      assert.equal(points, 60);
      assert.ok((backtest?.mase ?? 9) < (backtest?.naiveMase ?? 0));
      assert.equal(model, `${first.version}/${encodeCustomer(id)}.tar.gz`);
      assert.equal(unpackModel(await stack.bytes(`models/${model}`)).customer, id);
      assert.deepEqual(await pointer(id), { customer: id, version: first.version, targetModel: model, pinned: false });
    }
    const reasons = Object.keys(BAD).map((id) => customer(first, id).reason);
    assert.deepEqual(reasons, ["Empty", "Empty", "TooShort", "Constant", "OutOfRange"]);
  });

  it("starts no second run beside one that goes on", async () => {
    const execution = await startRun(stack.plane, stack.fleet);
    await assert.rejects(startRun(stack.plane, stack.fleet), /Overlap/);
    await execution.finished;
    assert.equal(execution.status, "Succeeded", execution.failureReason);
    const again = JSON.parse(await stack.text("state/latest.json")) as FleetManifest;
    assert.deepEqual(again.counts, { fitted: 0, kept: 7, quarantined: 5, absent: 0 });
    assert.equal(customer(again, "one").model, customer(first, "one").model);
  });

  it("refits what changed, keeps what did not and what is pinned, and forgets nobody", async () => {
    const pinned = await stack.models("pin", "two", "--version-id", first.version);
    assert.deepEqual(pinned, { output: `"two" is at ${first.version}/two.tar.gz\n`, exitCode: 0 });
    const { three: _, ...rest } = GOOD;
    await stack.dataset({
      ...rest,
      one: daily(61, weekly(100)),
      two: daily(61, weekly(101)),
      new: daily(60, weekly(9)),
      constant: daily(30, weekly(50)),
    });
    second = await stack.run();
    assert.deepEqual(second.counts, { fitted: 4, kept: 4, quarantined: 0, absent: 5 });
    assert.equal(customer(second, "one").model, `${second.version}/one.tar.gz`);
    assert.equal((await pointer("one")).targetModel, `${second.version}/one.tar.gz`);
    assert.equal(customer(second, "constant").status, "fitted");
    assert.equal(customer(second, "ünï 中").model, customer(first, "ünï 中").model);
    assert.equal(customer(second, "three").status, "absent");
    assert.equal((await pointer("three")).targetModel, customer(first, "three").model);
    assert.deepEqual(await pointer("two"), {
      customer: "two",
      version: first.version,
      targetModel: `${first.version}/two.tar.gz`,
      pinned: true,
    });
  });

  it("releases, rolls back and lists", async () => {
    assert.equal((await stack.models("release", "two")).output, `"two" is at ${second.version}/two.tar.gz\n`);
    assert.equal((await pointer("two")).pinned, false);
    await assert.rejects(stack.models("release", "two"), { code: "NotPinned" });
    const rolledBack = JSON.parse((await stack.models("rollback", "one", "--json")).output);
    assert.deepEqual(rolledBack, { customer: "one", model: `${first.version}/one.tar.gz` });
    assert.deepEqual((await pointer("one")).pinned, true);
    await assert.rejects(stack.models("rollback", "new"), { code: "NoModel" });
    await assert.rejects(stack.models("pin", "one", "--version-id", "nothing"), { code: "NoModel" });
    await assert.rejects(stack.models("pin", "one", "--version-id", "../x"), { code: "InvalidInput" });
    await assert.rejects(stack.models("list", "--status", "Fitted"), { code: "commander.invalidArgument" });
    const { output } = await stack.models("list", "--customer", "one", "--json");
    assert.equal(JSON.parse(output)[0].pinned, true);
    assert.equal((await stack.models("list", "--customer", "nobody")).exitCode, 1);
  });

  it("erases a customer with every trace, and nobody else", async () => {
    const id = 'a,"b"';
    const { exitCode, output } = await stack.models("erase", id, "--yes", "--json");
    assert.equal(exitCode, 0);
    const erased = JSON.parse(output);
    assert.equal(erased.customer, id);
    assert.ok(erased.objects > 0 && erased.versions >= erased.objects, output);
    assert.deepEqual(await stack.versionsWith(encodeCustomer(id)), []);
    const nobody = JSON.parse((await stack.models("erase", "nobody", "--yes", "--json")).output);
    assert.deepEqual(nobody, { customer: "nobody", objects: 0, rewritten: 0, versions: 0 });
    for (const key of [
      "state/latest.json",
      `models/${first.version}/manifest.json`,
      `models/${second.version}/manifest.json`,
    ]) {
      assert.ok(!(await stack.text(key)).includes(JSON.stringify(id)), key);
    }
    const data = await stack.text("data/dataset.csv");
    assert.ok(!data.includes('"a,""b"""') && data.includes("../up"));
    assert.equal((await pointer("../up")).targetModel, customer(first, "../up").model);
    assert.equal(
      (await stack.run()).customers.some((one) => one.customer === id),
      false,
    );
  });
});
