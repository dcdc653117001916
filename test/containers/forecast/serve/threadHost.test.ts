import assert from "node:assert/strict";
import { ThreadHost } from "../../../../containers/forecast/serve/threadHost";
import { FleetEnvironment } from "../../../../contracts/fleetContainer";
import { keepLog, MODEL_THREAD, MOODY, modelText } from "./servingFixture";

describe("ThreadHost", () => {
  const environment = { [FleetEnvironment.ModelModule]: MOODY };
  const text = modelText("k", 60, environment);
  let endLog: () => void;
  let host: ThreadHost;

  beforeEach(async () => {
    endLog = keepLog();
    const options = { program: MODEL_THREAD, environment, heapMb: 64 };
    host = await ThreadHost.start(options, () => undefined, { busyMs: 400, answerMs: 5000, everyMs: 50 });
    for (const id of [1, 2]) await host.load(id, text, async () => text);
  });

  afterEach(async () => {
    await host.stop();
    endLog();
  });

  const ask = (id: number, period: number): Promise<[number, string]> =>
    new Promise((resolve) => {
      const body = JSON.stringify({ period });
      host.invoke(id, { body, asked: 0, answered: 0 }, (status, code) => resolve([status, code]));
    });

  it("answers many at once, each with its own", async () => {
    const bodies = await Promise.all(
      Array.from({ length: 300 }, (_, index) => {
        const invocation = { body: `{"period":${index + 1}}`, asked: 0, answered: 0 } as const;
        return new Promise<string>((resolve) =>
          host.invoke(1 + (index % 2), invocation, (_s, _c, body) => resolve(body)),
        );
      }),
    );
    for (const [index, body] of bodies.entries()) assert.equal(JSON.parse(body).mean.length, index + 1);
  });

  it("replaces a thread that a request keeps busy; those beside it are answered all the same", async () => {
    const answers = await Promise.all([ask(1, 5), ask(1, 402), ask(2, 6), ask(1, 7)]);
    assert.deepEqual(answers, [
      [200, ""],
      [504, "ModelTimeout"],
      [200, ""],
      [200, ""],
    ]);
    assert.deepEqual(await ask(2, 3), [200, ""]);
  });

  it("replaces a thread that a request ends", async () => {
    for (let turn = 0; turn < 3; turn++) {
      const answers = await Promise.all([ask(2, 5), ask(1, 403), ask(2, 6)]);
      assert.deepEqual(answers, [
        [200, ""],
        [500, "ModelCrashed"],
        [200, ""],
      ]);
    }
    await host.unload(1);
    await host.unload(2);
  });

  it("reports a model that cannot be read", async () => {
    const wrong = JSON.stringify({ ...JSON.parse(text), model: {} });
    await assert.rejects(
      host.load(3, wrong, async () => wrong),
      { code: "InvalidModel", status: 400, message: /no mean/ },
    );
    assert.deepEqual(await ask(1, 3), [200, ""]);
  });
});
