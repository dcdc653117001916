import assert from "node:assert/strict";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { FunctionError, type RunningInvocation, RuntimeApi } from "../../../../cli/local/lambda/runtimeApi";

const ARN = "arn:aws:lambda:us-east-1:123456789012:function:test";

describe("cli/local/lambda/runtimeApi", () => {
  let api: RuntimeApi;

  beforeEach(async () => {
    api = await RuntimeApi.start(ARN);
  });

  afterEach(() => api.stop());

  // The test plays the function's process.
  const call = (route: string, body?: string, headers?: Record<string, string>): Promise<Response> =>
    fetch(
      `http://${api.address}/2018-06-01/runtime/${route}`,
      body === undefined ? {} : { method: "POST", body, headers },
    );
  const next = async (headers: Record<string, string> = {}): Promise<{ id: string; response: Response }> => {
    const response = await fetch(`http://${api.address}/2018-06-01/runtime/invocation/next`, { headers });
    return { id: response.headers.get("lambda-runtime-aws-request-id") ?? "", response };
  };
  const invoke = (event: string, timeoutMs: number): RunningInvocation => {
    const running = api.invoke(event, timeoutMs);
    // Looked at by each test in its own time.
    running.answer.catch(() => undefined);
    return running;
  };
  const failsWith = (errorType: string) => (error: unknown) =>
    error instanceof FunctionError && error.errorType === errorType;

  it("hands an event over with the headers that Lambda documents", async () => {
    const before = Date.now();
    const { answer } = invoke('{"a":1}', 5000);
    const { id, response } = await next();
    assert.match(id, /^[0-9a-f-]{36}$/);
    assert.equal(response.headers.get("content-type"), "application/json");
    assert.equal(response.headers.get("lambda-runtime-invoked-function-arn"), ARN);
    const deadline = Number(response.headers.get("lambda-runtime-deadline-ms"));
    assert.ok(deadline >= before + 5000 && deadline <= Date.now() + 5000, `${deadline - before}`);
    assert.equal(await response.text(), '{"a":1}');
    const posted = call(`invocation/${id}/response`, "answer", { "content-type": "text/x-test" });
    const { contentType, body } = await answer;
    assert.equal(contentType, "text/x-test");
    assert.equal(await text(body), "answer");
    assert.equal((await posted).status, 202);
  });

  it("settles when the process asks for the next event, not when it asks for its first", async () => {
    const { answer, begun, settled } = invoke("{}", 5000);
    let isSettled = false;
    void settled.then(() => {
      isSettled = true;
    });
    const { id } = await next();
    await begun;
    const posted = call(`invocation/${id}/response`, "1");
    await text((await answer).body);
    await posted;
    await sleep(20);
    assert.equal(isSettled, false);
    void next().catch(() => undefined);
    await settled;
  });

  it("counts the deadline from when the event is taken", async () => {
    invoke("{}", 1000);
    await sleep(60);
    const taken = Date.now();
    const { response } = await next();
    assert.ok(Number(response.headers.get("lambda-runtime-deadline-ms")) >= taken + 1000);
  });

  it("passes on what the function reports as its error, also from its start", async () => {
    const body = JSON.stringify({ errorType: "RangeError", errorMessage: "too far", stackTrace: [] });
    const { answer } = invoke("{}", 1000);
    const { id } = await next();
    assert.equal((await call(`invocation/${id}/error`, body)).status, 202);
    await assert.rejects(answer, failsWith("RangeError"));
    await assert.rejects(answer, { message: "too far" });
    const starting = invoke("{}", 1000);
    assert.equal((await call("init/error", body)).status, 202);
    await assert.rejects(starting.answer, failsWith("RangeError"));
    await starting.settled;
  });

  it("survives an error report that is not JSON", async () => {
    const { answer } = invoke("{}", 1000);
    const { id } = await next();
    await call(`invocation/${id}/error`, "<html>");
    await assert.rejects(answer, failsWith("Runtime.Unknown"));
  });

  it("refuses an answer to no invocation, to another, and a second one", async () => {
    assert.equal((await call("invocation/nothing/response", "x")).status, 403);
    const { answer } = invoke("{}", 1000);
    const { id } = await next();
    assert.equal((await call(`invocation/${id}0/response`, "x")).status, 403);
    const first = call(`invocation/${id}/response`, "first");
    assert.equal(await text((await answer).body), "first");
    assert.equal((await first).status, 202);
    const second = await call(`invocation/${id}/response`, "second");
    assert.equal(second.status, 403);
    assert.equal(JSON.parse(await second.text()).errorType, "InvalidRequestID");
  });

  it("fails an event that the process leaves without an answer", async () => {
    const { answer, settled } = invoke("{}", 1000);
    await next();
    void next().catch(() => undefined);
    await assert.rejects(answer, failsWith("Runtime.NoResponse"));
    await settled;
  });

  it("fails what is under way when it stops", async () => {
    const { answer, settled } = invoke("{}", 1000);
    const failed = assert.rejects(answer, failsWith("Runtime.ExitError"));
    await api.stop();
    await failed;
    await settled;
    api = await RuntimeApi.start(ARN);
  });

  it("reads what the process reports of itself", async () => {
    void next({ "x-frugal-ml-cpu-micros": "1500", "x-frugal-ml-rss-bytes": "4096" }).catch(() => undefined);
    await sleep(50);
    assert.deepEqual(api.usage, { cpuMicros: 1500, rssBytes: 4096 });
  });
});
