import { deepEqual, equal, ok } from "node:assert/strict";
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { PROGRAM_PRELOAD } from "../../../cli/graph/programPreload";

const run = promisify(execFile);
const ROOT = path.resolve(__dirname, "../../..");

/** Runs code as a program is run, and reads the JSON that it prints. */
async function preloaded(code: string, environment: NodeJS.ProcessEnv = {}): Promise<unknown> {
  const preload = `--import=data:text/javascript,${encodeURIComponent(PROGRAM_PRELOAD)}`;
  const { stdout } = await run(process.execPath, [preload, "-e", code], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
  });
  return JSON.parse(stdout);
}

/** What the SDK keeps of a promise, and how many frames a stack has before and after. */
const PROMISE = `
const { debuggablePromise } = require("@pulumi/pulumi/runtime/debuggable");
const limit = Error.stackTraceLimit;
const promise = Promise.resolve(1);
debuggablePromise(promise, "a test");
console.log(JSON.stringify({ kept: promise._debugStackTrace.split("\\n").length, restored: Error.stackTraceLimit === limit }));
`;

/** Logs at a port where nobody listens, and says what came of it. */
const LOG = (severity: number) => `
const grpc = require("@grpc/grpc-js");
const { LogRequest } = require("@pulumi/pulumi/proto/engine_pb");
const { EngineClient } = require("@pulumi/pulumi/proto/engine_grpc_pb");
const client = new EngineClient("127.0.0.1:1", grpc.credentials.createInsecure());
const request = new LogRequest().setSeverity(${severity}).setMessage("a message");
let returned = false;
client.log(request, (error) => {
  console.log(JSON.stringify({ code: error ? error.code : 0, later: returned }));
  client.close();
});
returned = true;
`;

describe("what a program is run with", function () {
  this.timeout(60_000);

  it("keeps no stack of a promise, unless leaks are looked for", async () => {
    deepEqual(await preloaded(PROMISE, { PULUMI_DEBUG_PROMISE_LEAKS: "" }), { kept: 1, restored: true });
    const leaks = await preloaded(PROMISE, { PULUMI_DEBUG_PROMISE_LEAKS: "1" });
    ok(typeof leaks === "object" && leaks !== null && "kept" in leaks && Number(leaks.kept) > 1, JSON.stringify(leaks));
  });

  it("drops debug messages, and sends errors", async () => {
    deepEqual(await preloaded(LOG(0)), { code: 0, later: true });
    // UNAVAILABLE: it was sent to where nobody listens.
    deepEqual(await preloaded(LOG(3)), { code: 14, later: true });
  });

  it("inspects without colours", async () => {
    const code = 'console.log(JSON.stringify(require("node:util").inspect("text", { colors: true })))';
    equal(await preloaded(code), "'text'");
  });
});
