import assert from "node:assert/strict";
import { killFleet } from "./fleetKills";

describe("a fleet whose processes are killed", function () {
  this.timeout(120_000);

  it("ends with the very models of an uninterrupted run", async () => {
    const { wrong, kills, models, byCommand } = await killFleet({ customers: 90, kills: 6, seed: 5 });
    assert.deepEqual(wrong, []);
    assert.equal(kills, 6);
    assert.equal(models, 90);
    assert.deepEqual(byCommand, { split: 2, train: 2, publish: 2 });
  });
});
