import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import path from "node:path";
import { loadForecast } from "../../../../containers/forecast/servedForecast";
import { ServingEnvironment } from "../../../../contracts/servingContainer";
import { modelText, ServingFixture } from "./servingFixture";

describe("a multi-model endpoint's container", () => {
  let server: ServingFixture;
  const text = modelText("ünï");

  beforeEach(async () => {
    server = new ServingFixture();
    await server.start();
  });

  afterEach(() => server.end());

  it("loads, lists, describes, answers and unloads", async () => {
    const url = server.model("a", text);
    assert.equal((await server.ask("GET", "/ping")).text, "");
    assert.equal(await server.load("a", url), 200);
    assert.equal(await server.load("a", url), 409);
    assert.deepEqual(JSON.parse((await server.ask("GET", "/models")).text), {
      models: [{ modelName: "a", modelUrl: url }],
    });
    assert.deepEqual(JSON.parse((await server.ask("GET", "/models/%61")).text), { modelName: "a", modelUrl: url });
    assert.equal((await server.ask("DELETE", "/models/a")).status, 200);
    for (const [method, path] of [
      ["DELETE", "/models/a"],
      ["GET", "/models/a"],
      ["POST", "/models/a/invoke"],
    ] as const) {
      const { status, headers } = await server.ask(method, path);
      assert.deepEqual([status, headers.get("x-frugal-ml-error")], [404, "ModelNotLoaded"]);
    }
    assert.equal(await server.load("a", url), 200);
  });

  it("answers what the model predicts, as JSON and as CSV, and gives custom attributes back", async () => {
    await server.load("a", server.model("a", text));
    const times = Float64Array.from({ length: 7 }, (_, index) => Date.UTC(2024, 0, 61 + index));
    const { mean, lower, upper } = loadForecast(JSON.parse(text).model).predict(times);
    const timestamps = Array.from(times, (time) => new Date(time).toISOString());
    const json = await server.ask("POST", "/models/a/invoke", '{"period":7}', {
      "content-type": "application/json; charset=utf-8",
      "X-Amzn-SageMaker-Custom-Attributes": "trace=1",
    });
    assert.equal(json.headers.get("x-amzn-sagemaker-custom-attributes"), "trace=1");
    const [means, lowers, uppers] = [mean, lower, upper].map((list) => Array.from(list));
    const expected = { customer: "ünï", timestamps, mean: means, lower: lowers, upper: uppers, interval: 0.8 };
    assert.deepEqual(JSON.parse(json.text), expected);
    const asked = await server.ask("POST", "/models/a/invoke", JSON.stringify({ timestamps }));
    assert.deepEqual(JSON.parse(asked.text), expected);
    for (const body of ["7", "period\n7\n", "period\r\n7\r\n"]) {
      const headers = { "content-type": "text/csv", accept: "text/csv, application/json;q=0.5" };
      const csv = await server.ask("POST", "/models/a/invoke", body, headers);
      const rows = timestamps.map((time, index) => `${time},${mean[index]},${lower[index]},${upper[index]}`);
      assert.equal(csv.text, `timestamp,mean,lower,upper\n${rows.join("\n")}\n`);
      assert.equal(csv.headers.get("content-type"), "text/csv");
    }
  });

  it("says everything that is wrong with a request", async () => {
    await server.load("a", server.model("a", text));
    const { status, text: body } = await server.ask(
      "POST",
      "/models/a/invoke",
      '{"period":0,"timestamps":["x"],"p":1}',
    );
    assert.equal(status, 400);
    assert.deepEqual(
      JSON.parse(body).error.problems.map(({ property }: { property: string }) => property),
      ["p", "timestamps", "timestamps[0]", "period"],
    );
    const csv = { "content-type": "text/csv" };
    for (const [given, headers] of [
      ["", {}],
      ["{", {}],
      ["[7]", {}],
      ["null", {}],
      ['{"period":1.5}', {}],
      ['{"period":10001}', {}],
      ['{"period":"7"}', {}],
      ['{"timestamps":[]}', {}],
      ['{"timestamps":[5]}', {}],
      ["seven", csv],
      ["7\n8", csv],
      ["", csv],
    ] as const) {
      assert.deepEqual(await server.invoke("a", given, headers), [400, "InvalidRequest"], given);
    }
    assert.deepEqual(await server.invoke("a", "7", { "content-type": "text/plain" }), [415, "UnsupportedContentType"]);
    assert.deepEqual(await server.invoke("a", '{"period":7}', { accept: "image/png" }), [406, "NotAcceptable"]);
    assert.deepEqual(await server.invoke("a", '{"period":7}', { accept: "text/csv;q=0" }), [406, "NotAcceptable"]);
  });

  it("refuses to load what is no model, each for its reason", async () => {
    const other = JSON.stringify({ ...JSON.parse(text), module: "other.js@1" });
    const revision = JSON.parse(text);
    revision.model.revision = 99;
    const load = async (body: string): Promise<[number, string | null]> => {
      const { status, headers } = await server.ask("POST", "/models", body);
      return [status, headers.get("x-frugal-ml-error")];
    };
    const named = (url: string): string => JSON.stringify({ model_name: "x", url });
    for (const body of ["", "[]", "{}", '{"model_name":"a/b","url":"/x"}', '{"model_name":"a","url":"x"}', "null"]) {
      assert.deepEqual(await load(body), [400, "InvalidRequest"], body);
    }
    assert.deepEqual(await load(named(`${server.root}/none`)), [404, "NoSuchPath"]);
    for (const model of ["{}", "no json", other, JSON.stringify(revision)]) {
      assert.deepEqual(await load(named(server.model("x", model))), [400, "InvalidModel"], model.slice(0, 40));
    }
    assert.deepEqual(await load(named(server.root)), [400, "InvalidModel"]);
    assert.equal(await server.load("x", server.model("x", text)), 200);
    // A pipe that nobody writes to would be read for ever.
    const folder = server.model("pipe", "");
    rmSync(path.join(folder, "model.json"));
    assert.equal(spawnSync("mkfifo", [path.join(folder, "model.json")]).status, 0);
    assert.equal(await server.load("pipe", folder), 400);
  });

  it("knows its routes and their methods", async () => {
    for (const target of ["/", "/invocations", "/models/", "/models/a/b", "/models/a/invoke/x", "/pings"]) {
      assert.equal((await server.ask("GET", target)).status, 404, target);
    }
    for (const [method, target, allow] of [
      ["POST", "/ping", "GET"],
      ["PUT", "/models/a", "GET, DELETE"],
      ["GET", "/models/a/invoke", "POST"],
      ["DELETE", "/models", "GET, POST"],
    ] as const) {
      const { status, headers } = await server.ask(method, target);
      assert.deepEqual([status, headers.get("allow")], [405, allow], `${method} ${target}`);
    }
    for (const target of ["/models?limit=0", "/models?limit=101", "/models?next_page_token=x", "/models/%zz"]) {
      assert.equal((await server.ask("GET", target)).status, 400, target);
    }
    assert.deepEqual(JSON.parse((await server.ask("GET", "/execution-parameters")).text), {
      MaxConcurrentTransforms: 8,
      BatchStrategy: "SINGLE_RECORD",
      MaxPayloadInMB: 6,
    });
  });

  it("pages through the models, while they come and go", async () => {
    const url = server.model("a", text);
    for (let index = 0; index < 7; index++) assert.equal(await server.load(`m${index}`, url), 200);
    const seen: string[] = [];
    let target = "/models?limit=3";
    for (let page = 0; page < 5 && target !== ""; page++) {
      const { models, nextPageToken } = JSON.parse((await server.ask("GET", target)).text);
      seen.push(...models.map(({ modelName }: { modelName: string }) => modelName));
      if (page === 0) await server.ask("DELETE", "/models/m2");
      target = nextPageToken === undefined ? "" : `/models?limit=3&next_page_token=${nextPageToken}`;
    }
    assert.deepEqual(seen, ["m0", "m1", "m2", "m3", "m4", "m5", "m6"]);
  });

  it("answers 507 when memory is used up, and loads again once some is given back", async () => {
    await server.end();
    server = new ServingFixture();
    await server.start({ [ServingEnvironment.ModelMemoryMb]: "1" });
    const url = server.model("a", text);
    let loaded = 0;
    while (loaded < 2000 && (await server.load(`m${loaded}`, url)) === 200) loaded++;
    const refused = await server.ask("POST", "/models", JSON.stringify({ model_name: "more", url }));
    assert.deepEqual([refused.status, refused.headers.get("x-frugal-ml-error")], [507, "InsufficientMemory"]);
    assert.ok(loaded > 20 && loaded < 2000, String(loaded));
    assert.equal((await server.ask("DELETE", "/models/m0")).status, 200);
    assert.equal(await server.load("more", url), 200);
    assert.equal(await server.load("evenMore", url), 507);
    assert.equal((await server.invoke("m1", '{"period":1}'))[0], 200);
  });
});
