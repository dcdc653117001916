import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { json, text } from "node:stream/consumers";
import * as z from "zod";
import { LocalFunction } from "../../../../cli/local/lambda/localFunction";
import { FunctionError } from "../../../../cli/local/lambda/runtimeApi";

const CODE = `
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
let served = 0;
exports.handler = async ({ sleepMs = 0, spinMs = 0, exit }) => {
  const began = Date.now();
  await sleep(sleepMs);
  for (const from = process.cpuUsage(); process.cpuUsage(from).user < spinMs * 1000; );
  if (exit) process.exit(exit);
  return { pid: process.pid, began, ended: Date.now(), served: ++served };
};`;

/** An entry that is ready only after a while. */
const AWAITING = `
import common from "./index.js";
let ready = false;
await new Promise((resolve) => setTimeout(resolve, 20)).then(() => { ready = true; });
export const handler = async (event) => ({ ...(await common.handler(event)), served: ready ? 1 : 0 });`;

const Answer = z.object({ pid: z.number(), began: z.number(), ended: z.number(), served: z.number() });
type Answer = z.infer<typeof Answer>;

describe("cli/local/lambda/localFunction", () => {
  let taskRoot: string;
  let lambda: LocalFunction | undefined;
  const lines: string[] = [];

  before(() => {
    taskRoot = mkdtempSync(path.join(tmpdir(), "frugal-ml-test-"));
    writeFileSync(path.join(taskRoot, "index.js"), CODE);
    writeFileSync(path.join(taskRoot, "awaiting.mjs"), AWAITING);
    writeFileSync(path.join(taskRoot, "broken.js"), "console.log('loading'); throw new TypeError('cannot load');");
  });

  after(() => rmSync(taskRoot, { recursive: true, force: true }));

  afterEach(async () => {
    await lambda?.stop();
    lambda = undefined;
  });

  const create = (concurrency: number, handler = "index.handler"): LocalFunction => {
    lambda = new LocalFunction(
      {
        name: "test",
        arn: "arn:aws:lambda:us-east-1:123456789012:function:test",
        taskRoot,
        handler,
        memoryMb: 256,
        timeoutSeconds: 30,
        environment: {},
        log: (line) => lines.push(line),
      },
      concurrency,
    );
    return lambda;
  };
  const invoke = async (target: LocalFunction, event: object = {}): Promise<Answer> =>
    Answer.parse(await json((await target.invoke(event)).body));

  it("runs events one after another in one process when no more are allowed", async () => {
    const target = create(1);
    const answers = await Promise.all([1, 2, 3, 4].map(() => invoke(target, { sleepMs: 40 })));
    assert.equal(new Set(answers.map(({ pid }) => pid)).size, 1);
    assert.deepEqual(
      answers.map(({ served }) => served),
      [1, 2, 3, 4],
    );
    for (const [index, { began }] of answers.entries()) assert.ok(began >= (answers[index - 1]?.ended ?? 0));
  });

  it("waits for what an ES module awaits before it hands it an event", async () => {
    assert.equal((await invoke(create(1, "awaiting.handler"))).served, 1);
  });

  it("runs as many at once as are allowed, and no more", async () => {
    const target = create(2);
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => invoke(target, { sleepMs: 120 })));
    assert.equal(new Set(answers.map(({ pid }) => pid)).size, 2);
    const atOnce = answers.map(({ began }) => answers.filter((other) => other.began <= began && began < other.ended));
    assert.equal(Math.max(...atOnce.map(({ length }) => length)), 2);
  });

  it("replaces a process that ended, and serves who waits", async () => {
    const target = create(1);
    const [ending, waiting] = await Promise.allSettled([invoke(target, { exit: 7 }), invoke(target)]);
    assert.equal(ending.status, "rejected");
    assert.ok(ending.reason instanceof FunctionError);
    assert.equal(ending.reason.errorType, "Runtime.ExitError");
    assert.match(ending.reason.message, /exit status 7/);
    assert.equal(waiting.status, "fulfilled");
  });

  it("counts the CPU of events, and not that of the process's start", async function () {
    // The clock is the machine's: one that was away for a moment says nothing of the answer.
    this.retries(2);
    const target = create(1);
    await invoke(target, { sleepMs: 50 });
    await invoke(target);
    assert.ok(target.usage.cpuMs < 100, `${target.usage.cpuMs} ms for doing nothing`);
    await invoke(target, { spinMs: 200 });
    await invoke(target);
    assert.ok(target.usage.cpuMs >= 150, `${target.usage.cpuMs} ms for 200 ms of work`);
    assert.ok(target.usage.invocations >= 3);
    assert.ok(target.usage.peakRssBytes > 20 * 1024 * 1024);
  });

  it("says why a module cannot be loaded, each time it is asked", async () => {
    const target = create(1, "broken.handler");
    for (let i = 0; i < 2; i++) {
      await assert.rejects(target.invoke({}), (error) => {
        assert.ok(error instanceof FunctionError);
        return error.message === "cannot load" || error.errorType === "Runtime.ExitError";
      });
    }
    assert.ok(lines.includes("loading"));
  });

  it("says that a handler is missing", async () => {
    await assert.rejects(create(1, "index.absent").invoke({}), { message: "index.absent is not a function" });
  });

  it("starts no process after it stopped, and leaves none", async () => {
    const target = create(1);
    const { pid } = await invoke(target);
    const waiting = Promise.allSettled(
      [1, 2, 3].map(() => target.invoke({ sleepMs: 1000 }).then(({ body }) => text(body))),
    );
    await target.stop();
    for (const one of await waiting) assert.equal(one.status, "rejected");
    assert.throws(() => process.kill(pid, 0), { code: "ESRCH" });
    await assert.rejects(target.invoke({}), { errorType: "Runtime.ExitError", message: "The plane stopped." });
  });
});
