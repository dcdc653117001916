import { deepEqual, equal, ok } from "node:assert/strict";
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { PROGRAM_PRELOAD } from "../../../cli/graph/programPreload";

const run = promisify(execFile);
const ROOT = path.resolve(__dirname, "../../..");

/** Runs code as a program is run, and reads the JSON that it prints. */
async function preloaded(
  code: string,
  environment: NodeJS.ProcessEnv = {},
  ...options: readonly string[]
): Promise<unknown> {
  const preload = `--import=data:text/javascript,${encodeURIComponent(PROGRAM_PRELOAD)}`;
  const { stdout } = await run(process.execPath, [preload, ...options, "-e", code], {
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

/** Which of the seldom used packages are loaded with the SDK and the provider, and what they give when they are asked. */
const SELDOM_USED = `
const pulumi = require("@pulumi/pulumi");
const aws = require("@pulumi/aws");
require("@pulumi/pulumi/cmd/run/tracing");
const loaded = (name) => Object.keys(require.cache).some((file) => file.replaceAll("\\\\", "/").includes(name));
const NAMES = ["/@npmcli/arborist/", "/typescript/lib/", "/@opentelemetry/sdk-trace-base/", "/@pulumi/pulumi/automation/", "/@pulumi/aws/sqs/"];
const before = NAMES.filter(loaded);
const given = {
  automation: typeof pulumi.automation.LocalWorkspace.create,
  inherited: aws.sqs.Queue.prototype instanceof pulumi.CustomResource,
  listed: Object.keys(aws.sqs).includes("Queue") && "Queue" in aws.sqs && !("Nothing" in aws.sqs),
  spread: typeof { ...aws.sqs }.Queue,
  exported: Object.keys(aws).includes("sqs"),
  itself: aws.sqs === require("@pulumi/aws/sqs") && pulumi.automation === require("@pulumi/pulumi/automation"),
};
const { sqs } = aws;
aws.sqs = "changed";
given.changed = aws.sqs;
pulumi.runtime.serializeFunction(() => sqs.Queue).then(({ text }) => {
  console.log(JSON.stringify({ before, given, closure: text.match(/require\\(.*?\\)/g), after: NAMES.filter(loaded) }));
});
`;

/** An ES module that imports a service by its name, and captures it in a function. */
const MODULE = `
import { createRequire } from "node:module";
import * as aws from "@pulumi/aws";
import { sqs } from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
const require = createRequire(process.cwd() + "/");
const itself = [sqs, aws.sqs, aws.default.sqs].every((one) => one === require("@pulumi/aws/sqs"));
const { text } = await pulumi.runtime.serializeFunction(() => sqs.Queue);
console.log(JSON.stringify({ itself, closure: text.match(/require\\(.*?\\)/g) }));
`;

/** The frames that the SDK gets for the place of a resource, from code that an installed package calls. */
const FRAMES = `
const { Resource } = require("@pulumi/pulumi/resource");
const before = [Error.prepareStackTrace, Error.stackTraceLimit];
const outer = () => ["x"].map(() => Resource.callsites());
const own = outer()[0].filter(({ file }) => file);
console.log(JSON.stringify({ own, restored: Error.prepareStackTrace === before[0] && Error.stackTraceLimit === before[1] }));
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

  it("loads what few programs use when it is asked for, and gives the same then", async () => {
    deepEqual(await preloaded(SELDOM_USED), {
      before: [],
      given: {
        automation: "function",
        inherited: true,
        listed: true,
        spread: "function",
        exported: true,
        itself: true,
        changed: "changed",
      },
      // Captured as what it is, a module of a package, and not taken apart.
      closure: ['require("@pulumi/aws/sqs/index.js")'],
      after: ["/typescript/lib/", "/@pulumi/pulumi/automation/", "/@pulumi/aws/sqs/"],
    });
  });

  it("gives an ES module what it imports by name", async () => {
    deepEqual(await preloaded(MODULE, {}, "--input-type=module"), {
      itself: true,
      closure: ['require("@pulumi/aws/sqs/index.js")'],
    });
  });

  it("looks up the program's own frames and no package's", async () => {
    const frames = await preloaded(FRAMES);
    ok(typeof frames === "object" && frames !== null && "own" in frames && Array.isArray(frames.own));
    deepEqual(frames, { own: frames.own, restored: true });
    // The SDK reads frames that have a name; the caller of `outer` has none.
    deepEqual(
      frames.own.map((frame: { file: string; line: number }) => [frame.file, frame.line]),
      [["[eval]", 4]],
    );
  });

  it("has a name in the stack of what a program throws while it loads, and not its text", async () => {
    const code = `try { require("./none") } catch ({ stack }) { console.log(JSON.stringify(stack.match(/\\((?:node:frugal-ml|data:)/g))) }`;
    deepEqual(await preloaded(code), ["(node:frugal-ml"]);
  });

  it("inspects without colours", async () => {
    const code = 'console.log(JSON.stringify(require("node:util").inspect("text", { colors: true })))';
    equal(await preloaded(code), "'text'");
  });
});
