import { deepEqual, equal, match, ok } from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { archive, file } from "../../archive/handmadeTar";
import { BUCKET, HostingPlane, PREFIX } from "./hostingPlane";

describe("a multi-model endpoint on the plane", () => {
  let hosting: HostingPlane;

  before(async () => {
    hosting = await HostingPlane.start();
  });

  after(() => hosting.stop());

  it("loads models when they are asked for, each once however many ask", async () => {
    hosting.endpoint("cold", "MultiModel");
    await hosting.put("v1/a.tar.gz", { value: "a", loadMs: 100 });
    await hosting.put("v1/b.tar.gz", { value: "b" });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => hosting.answer("cold", index % 2 === 0 ? "v1/a.tar.gz" : "v1/b.tar.gz")),
    );
    deepEqual(
      answers.map(({ value }) => value),
      answers.map((_, index) => (index % 2 === 0 ? "a" : "b")),
    );
    const last = await hosting.answer("cold", "v1/a.tar.gz");
    equal(last.history.loads, 2);
    equal(last.isLoadedTwice, false);
  });

  it("serves a version that appears, and keeps the loaded one of a key that is overwritten", async () => {
    hosting.endpoint("appears", "MultiModel");
    match(
      await hosting.refusal("appears", "v9/new.tar.gz"),
      /^400 ValidationError Failed to download model data\(bucket: models-bucket, key: fleet\/models\/v9\/new.tar.gz\)/,
    );
    await hosting.put("v9/new.tar.gz", { value: 1 });
    equal((await hosting.answer("appears", "v9/new.tar.gz")).value, 1);
    await hosting.put("v9/new.tar.gz", { value: 2 });
    equal((await hosting.answer("appears", "v9/new.tar.gz")).value, 1);
  });

  it("unloads the model that was used longest ago when the container has no memory", async () => {
    const endpoint = hosting.endpoint("small", "MultiModel", { environment: { FAKE_ROOM: "2" } });
    for (const name of ["a", "b", "c"]) await hosting.put(`lru/${name}.tar.gz`, { value: name });
    for (const name of ["a", "b", "a", "c"]) {
      equal((await hosting.answer("small", `lru/${name}.tar.gz`)).value, name);
    }
    const { history } = await hosting.answer("small", "lru/a.tar.gz");
    deepEqual(history, { loads: 3, unloads: 1, most: 2, pings: 1 });
    const { metrics } = endpoint.variants[0] ?? {};
    equal(metrics?.total("ModelCacheHit")?.Sum, 2);
    equal(metrics?.total("ModelUnloadingTime")?.SampleCount, 1);
    // What was overwritten meanwhile is fetched when it is loaded again.
    await hosting.put("lru/b.tar.gz", { value: "newer" });
    equal((await hosting.answer("small", "lru/b.tar.gz")).value, "newer");
  });

  it("never unloads a model that is in use: who needs room waits", async () => {
    hosting.endpoint("busy", "MultiModel", { environment: { FAKE_ROOM: "2", FAKE_UNLOAD_MS: "5" } });
    const names = ["k", "l", "m", "n", "o", "p"];
    for (const name of names) await hosting.put(`busy/${name}.tar.gz`, { value: name, loadMs: 5 });
    const answers = await Promise.all(
      Array.from({ length: 120 }, (_, index) => names[(index * 7) % names.length] ?? "").map(async (name) => {
        const { value, history } = await hosting.answer("busy", `busy/${name}.tar.gz`, { ms: 3 });
        return value === name && history.unloadedInUse === undefined && history.most <= 2;
      }),
    );
    deepEqual(new Set(answers), new Set([true]));
  });

  it("says 507 when there is nothing left to unload", async () => {
    hosting.endpoint("none", "MultiModel", { environment: { FAKE_ROOM: "0" } });
    for (const name of ["a", "b", "c"]) await hosting.put(`none/${name}.tar.gz`, { value: name });
    const refusals = await Promise.all(["a", "b", "c"].map((name) => hosting.refusal("none", `none/${name}.tar.gz`)));
    for (const said of refusals)
      match(said, /^424 ModelError Received server error \(507\) from primary with message "no memory"/);
  });

  it("loads again what the container has lost, and in the end passes on its answer", async () => {
    hosting.endpoint("lost", "MultiModel");
    await hosting.put("lost/a.tar.gz", { value: "a" });
    const { headers } = await hosting.answer("lost", "lost/a.tar.gz");
    ok(headers);
    // The container forgets every model and answers 404 for the hashed name.
    const { name } = {
      name: (await import("node:crypto"))
        .createHash("sha256")
        .update(`s3://${BUCKET}/${PREFIX}lost/a.tar.gz`)
        .digest("hex"),
    };
    await hosting.answer("lost", "lost/a.tar.gz", { forget: name });
    const again = await hosting.answer("lost", "lost/a.tar.gz");
    deepEqual([again.value, again.history.loads], ["a", 2]);
    match(
      await hosting.refusal("lost", "lost/a.tar.gz", { status: 404, message: "no such series" }),
      /\(404\) from primary with message "no such series"/,
    );
  });

  it("tells a caller to come back while loading goes on, and gives up after its time", async () => {
    hosting.endpoint("slow", "MultiModel", { times: { answerMs: 150, loadMs: 1000 } });
    await hosting.put("slow/a.tar.gz", { value: "a", loadMs: 500 });
    match(await hosting.refusal("slow", "slow/a.tar.gz"), /^429 ModelNotReadyException /);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const { value, history } = await hosting.answer("slow", "slow/a.tar.gz");
    deepEqual([value, history.loads], ["a", 1]);
  });

  it("passes on why a model is not loaded", async () => {
    hosting.endpoint("refused", "MultiModel");
    await hosting.put("refused/a.tar.gz", { refusesLoad: true });
    match(
      await hosting.refusal("refused", "refused/a.tar.gz"),
      /^424 ModelError Received server error \(500\) from primary with message "this model is broken"/,
    );
    await hosting.plane.store.put(BUCKET, `${PREFIX}refused/b.tar.gz`, Buffer.from("no archive"));
    match(
      await hosting.refusal("refused", "refused/b.tar.gz"),
      /^400 ValidationError Failed to extract model data archive from URL "s3:.*InvalidGzip/,
    );
    await hosting.plane.store.put(BUCKET, `${PREFIX}refused/c.tar.gz`, archive(file("../evil", "x")));
    match(await hosting.refusal("refused", "refused/c.tar.gz"), /UnsafeName/);
    const root = readdirSync(hosting.plane.folder).filter((name) => name.startsWith("endpoint-"));
    for (const name of root) ok(!existsSync(path.join(hosting.plane.folder, name, "models", "evil")));
  });

  it("keeps nothing loaded when its cache is disabled", async () => {
    const endpoint = hosting.endpoint("uncached", "MultiModel", { cachesModels: false });
    await hosting.put("uncached/a.tar.gz", { value: "a" });
    equal((await hosting.answer("uncached", "uncached/a.tar.gz")).value, "a");
    const { history } = await hosting.answer("uncached", "uncached/a.tar.gz");
    deepEqual([history.loads, history.unloads], [2, 1]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    equal(endpoint.variants[0]?.loaded, 0);
  });

  it("takes target models literally", async () => {
    hosting.endpoint("literal", "MultiModel");
    await hosting.put("%2e%2e/a b+c.tar.gz", { value: "odd" });
    await hosting.put("secret.tar.gz", { value: "secret" }, "fleet/");
    equal((await hosting.answer("literal", "%2e%2e/a b+c.tar.gz")).value, "odd");
    for (const target of [
      "../secret.tar.gz",
      "a/../../secret.tar.gz",
      "/a",
      "a//b",
      "a\\b",
      "./a",
      "a/",
      "..",
      "a/..",
    ]) {
      match(await hosting.refusal("literal", target), /^400 ValidationError TargetModel: given /, target);
    }
    match(
      await hosting.refusal("literal", "x".repeat(1025)),
      /^400 ValidationError TargetModel: given .*1 to 1024 printable/,
    );
    match(await hosting.refusal("literal", undefined), /^400 ValidationError TargetModel is required/);
  });
});
