import assert from "node:assert/strict";
import { CALLERS, soakHostedModels } from "./hostedModels";

describe("hosted models under load", function () {
  this.timeout(120_000);

  it("answer right or say why while the container is killed, and leave nothing behind", async () => {
    const options = { seconds: 6, models: 40, modelMemoryMb: 1, killEverySeconds: 2, seed: 7 };
    const { wrong, lost, kills, restarts, processes, answers, requests } = await soakHostedModels(options);
    assert.deepEqual(wrong, []);
    assert.ok(kills > 0 && restarts >= kills, `${kills} kills, ${restarts} restarts`);
    assert.ok(lost <= kills * CALLERS, `${lost} lost in ${kills} kills`);
    assert.deepEqual(processes, { end: 1, stopped: 0 });
    assert.ok((answers["forecast 200"] ?? 0) > requests / 4, JSON.stringify(answers));
  });
});
