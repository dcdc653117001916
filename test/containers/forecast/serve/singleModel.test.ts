import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { FleetEnvironment } from "../../../../contracts/fleetContainer";
import { ServingEnvironment } from "../../../../contracts/servingContainer";
import { MOODY, modelText, ServingFixture } from "./servingFixture";

describe("a single-model endpoint's container", () => {
  let server: ServingFixture;

  beforeEach(() => {
    server = new ServingFixture();
    mkdirSync(path.join(server.root, "model"));
  });

  afterEach(() => server.end());

  const start = (text: string, environment: NodeJS.ProcessEnv = {}): Promise<void> => {
    writeFileSync(path.join(server.root, "model", "model.json"), text);
    return server.start({ [ServingEnvironment.MultiModel]: undefined, ...environment });
  };

  it("answers of its one model", async () => {
    await start(modelText("k"));
    assert.equal((await server.ask("GET", "/ping")).status, 200);
    const { status, text } = await server.ask("POST", "/invocations", '{"period":2}');
    assert.deepEqual([status, JSON.parse(text).timestamps.length], [200, 2]);
    assert.equal((await server.ask("GET", "/models")).status, 404);
  });

  it("does not start without a model, or with a module or an environment that cannot serve", async () => {
    await assert.rejects(start("{}"), { code: "InvalidModel" });
    const mean = path.resolve(__dirname, "../fixtures/meanModel.js");
    const process = { [ServingEnvironment.Isolation]: "process", [FleetEnvironment.ModelModule]: mean };
    await assert.rejects(start("{}", process), /the function load/);
    const thread = { ...process, [ServingEnvironment.Isolation]: "thread" };
    await assert.rejects(start("{}", thread), { code: "InvalidInput", message: /the function load/ });
    const wrong = { [ServingEnvironment.Isolation]: "jail", [ServingEnvironment.BindToPort]: "high" };
    await assert.rejects(start("{}", { ...wrong, [ServingEnvironment.ModelMemoryMb]: "0" }), (error: unknown) => {
      assert.ok(error instanceof Error);
      for (const name of Object.keys(wrong)) assert.match(error.message, new RegExp(name));
      assert.match(error.message, /FRUGAL_ML_MODEL_MEMORY_MB: given "0"/);
      return true;
    });
  });

  it("tells of what a model does wrong without its secrets, and says how far it can see", async () => {
    const environment = { [FleetEnvironment.ModelModule]: MOODY };
    for (const isolation of ["process", "thread"]) {
      await start(modelText("k", 60, environment), { ...environment, [ServingEnvironment.Isolation]: isolation });
      const ask = (period: number) => server.ask("POST", "/invocations", JSON.stringify({ period }));
      const failed = await ask(401);
      assert.deepEqual([failed.status, failed.headers.get("x-frugal-ml-error")], [500, "ModelFailed"]);
      assert.ok(!failed.text.includes("secret"));
      const far = await ask(404);
      assert.equal(far.status, 400);
      assert.match(far.text, /1 to 3: beyond that/);
      assert.equal((await ask(405)).headers.get("x-frugal-ml-error"), "InvalidPrediction");
      assert.equal((await ask(3)).status, 200);
      await server.stopServing();
    }
  });
});
