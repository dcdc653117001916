import assert from "node:assert/strict";
import { killFleet } from "./fleetKills";

describe("a fleet whose processes are killed", function () {
  this.timeout(120_000);

  it("ends with the very models of an uninterrupted run", async () => {
    const { wrong, kills, models, byCommand } = await killFleet({ customers: 45, kills: 3, seed: 5 });
    assert.deepEqual(wrong, []);
    assert.equal(kills, 3);
    assert.equal(models, 45);
    assert.deepEqual(byCommand, { split: 1, train: 1, publish: 1 });
  });
});
