import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import http from "node:http";
import path from "node:path";
import * as z from "zod";
import { signedGet } from "../../../../cli/job/signedFetch";
import { LocalFunction } from "../../../../cli/local/lambda/localFunction";
import type { LocalPlane } from "../../../../cli/local/localPlane";
import { handmadePlane } from "../handmadePlane";

const STREAMING = `
const { existsSync } = require("node:fs");
const { once } = require("node:events");
const { finished } = require("node:stream/promises");
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
exports.handler = awslambda.streamifyResponse(async (event, stream) => {
  if (event.rawPath === "/throws-first") throw new Error("before the first byte");
  if (event.rawPath === "/silent") return stream.end();
  if (event.rawPath === "/raw") return stream.end(Buffer.from([0xff, 0x00, 0xfe]));
  const metadata = { statusCode: 206, headers: { "x-kind": "streamed" } };
  const response = awslambda.HttpResponseStream.from(stream, event.rawPath === "/bad" ? { statusCode: 1 } : metadata);
  if (event.rawPath === "/waits") {
    response.write("first");
    while (!existsSync(process.env.GO)) await sleep(10);
    response.end("second");
  } else if (event.rawPath === "/throws-midway") {
    response.write("first");
    await sleep(50);
    throw new Error("midway");
  } else if (event.rawPath === "/hangs-midway") {
    response.write("first");
    await sleep(60_000);
  } else if (event.rawPath === "/large") {
    for (let i = 0; i < 64; i++) if (!response.write(Buffer.alloc(1 << 19, i))) await once(response, "drain");
    response.end();
  } else {
    response.end(JSON.stringify(event));
  }
  await finished(response);
});`;

const BUFFERED = `
exports.handler = async (event, context) => {
  switch (event.rawPath) {
    case "/described": return { statusCode: 201, headers: { "x-kind": "buffered" }, body: "aGVsbG8=", isBase64Encoded: true };
    case "/throws": throw new Error("on purpose");
    case "/hangs": return new Promise((resolve) => setTimeout(resolve, 60_000));
    case "/environment": return process.env;
    case "/context": return { ...context, remaining: context.getRemainingTimeInMillis() };
    default: return event;
  }
};`;

/** What a function may take whose reader is slow, or leaves. */
const PATIENCE_SECONDS = 20;

const UrlEvent = z.object({
  version: z.string(),
  rawPath: z.string(),
  rawQueryString: z.string(),
  queryStringParameters: z.record(z.string(), z.string()),
  headers: z.record(z.string(), z.string()),
  requestContext: z.object({ http: z.object({ method: z.string(), path: z.string(), sourceIp: z.string() }) }),
  body: z.string(),
  isBase64Encoded: z.boolean(),
});

const Context = z.object({
  awsRequestId: z.string(),
  functionName: z.string(),
  functionVersion: z.string(),
  memoryLimitInMB: z.string(),
  invokedFunctionArn: z.string(),
  remaining: z.number(),
});

describe("cli/local/lambda/functionUrlServer", () => {
  let plane: LocalPlane;
  let go: string;

  before(async () => {
    process.env["FRUGAL_ML_TEST_CANARY"] = "of the user";
    plane = await handmadePlane(async (stack) => {
      go = path.join(stack.plane.folder, "go");
      const settings = { memorySize: 256, timeout: 2, reservedConcurrentExecutions: 1 };
      await stack.lambda("streaming", STREAMING, { ...settings, environment: { variables: { GO: go } } });
      await stack.lambda("patient", STREAMING, { ...settings, timeout: PATIENCE_SECONDS });
      await stack.lambda("buffered", BUFFERED, { ...settings, environment: { variables: { OWN: "of the function" } } });
      await stack.lambda("paused", BUFFERED, { reservedConcurrentExecutions: 0 });
      stack.url("streaming");
      stack.url("patient");
      stack.url("buffered", "NONE");
      stack.url("paused", "NONE");
    });
  });

  after(async () => {
    delete process.env["FRUGAL_ML_TEST_CANARY"];
    await plane?.stop();
  });

  const urlOf = (name: string, route: string): string => `${plane.cloud.endpoint}/_functions/${name}/${route}`;
  const streaming = (route: string): Promise<Response> => signedGet(urlOf("streaming", route), plane.manifest());
  const patient = (route: string): Promise<Response> => signedGet(urlOf("patient", route), plane.manifest());
  const buffered = (route: string, init?: RequestInit): Promise<Response> => fetch(urlOf("buffered", route), init);

  it("delivers the first byte before the function has ended", async () => {
    const answer = await streaming("waits");
    assert.equal(answer.status, 206);
    assert.equal(answer.headers.get("x-kind"), "streamed");
    const reader = answer.body?.getReader();
    assert.ok(reader);
    const first = await reader.read();
    assert.equal(Buffer.from(first.value ?? []).toString(), "first");
    // The function goes on only now, so it cannot have ended when its first byte came.
    await writeFile(go, "");
    const second = await reader.read();
    assert.equal(Buffer.from(second.value ?? []).toString(), "second");
    assert.ok((await reader.read()).done);
  });

  it("streams 32 MB whole, five times what a buffered answer may have", async () => {
    const answer = await patient("large");
    assert.equal((await answer.arrayBuffer()).byteLength, 32 * 1024 * 1024);
  });

  it("is free again when a reader goes away midway, or before the first byte", async () => {
    const { headers } = await signedHeaders(plane, urlOf("patient", "large"));
    for (const leave of ["response", "socket"]) {
      await new Promise<void>((resolve) => {
        const request = http.get(urlOf("patient", "large"), { headers }, (response) => response.once("data", end));
        const end = (): void => {
          request.destroy();
          resolve();
        };
        request.on("error", () => undefined);
        if (leave === "socket") request.once("finish", () => setTimeout(end, 5));
      });
      const asked = performance.now();
      assert.equal((await patient("ok")).status, 206);
      const seconds = (performance.now() - asked) / 1000;
      assert.ok(seconds < PATIENCE_SECONDS * 0.75, `after leaving at the ${leave} it waited for the timeout`);
    }
    const [lambda] = plane.all(LocalFunction).filter(({ settings }) => settings.name === "patient");
    assert.ok(lambda && lambda.usage.invocations >= 4);
  });

  it("closes the connection when a function fails midway, so that half an answer is not taken for a whole one", async () => {
    for (const route of ["throws-midway", "hangs-midway"]) {
      const answer = await streaming(route);
      assert.equal(answer.status, 206);
      await assert.rejects(answer.text());
      assert.equal((await streaming("ok")).status, 206);
    }
  });

  it("answers with 502 when the function throws, or streams no valid metadata", async () => {
    for (const route of ["throws-first", "bad"]) {
      const answer = await streaming(route);
      assert.equal(answer.status, 502, route);
      assert.deepEqual(await answer.json(), { Message: "Internal Server Error" });
    }
    assert.equal((await buffered("throws")).status, 502);
  });

  it("passes on what is streamed without metadata, byte for byte", async () => {
    for (const [route, expected] of [
      ["silent", []],
      ["raw", [0xff, 0x00, 0xfe]],
    ] as const) {
      const answer = await streaming(route);
      assert.equal(answer.status, 200);
      assert.deepEqual([...new Uint8Array(await answer.arrayBuffer())], expected);
    }
  });

  it("answers with 504 when the function exceeds its timeout, and serves the next request", async () => {
    const answer = await buffered("hangs");
    assert.equal(answer.status, 504);
    assert.equal((await buffered("ok")).status, 200);
  });

  it("answers with 429 when the function may not run at all", async () => {
    assert.equal((await fetch(urlOf("paused", "ok"))).status, 429);
  });

  it("gives a buffered answer as the function describes it, and any other value as JSON", async () => {
    const described = await buffered("described");
    assert.equal(described.status, 201);
    assert.equal(described.headers.get("x-kind"), "buffered");
    assert.equal(await described.text(), "hello");
    const plain = await buffered("plain");
    assert.equal(plain.status, 200);
    assert.equal(plain.headers.get("content-type"), "application/json");
  });

  it("hands over an event of payload format 2.0", async () => {
    const init = { method: "POST", body: "hello", headers: { "x-mine": "yes" } };
    const event = UrlEvent.parse(await (await buffered("some%20path/x?a=1&b=%20", init)).json());
    const { headers, requestContext, body, ...rest } = event;
    assert.deepEqual(rest, {
      version: "2.0",
      rawPath: "/some%20path/x",
      rawQueryString: "a=1&b=%20",
      queryStringParameters: { a: "1", b: " " },
      isBase64Encoded: true,
    });
    assert.equal(headers["x-mine"], "yes");
    assert.deepEqual(requestContext.http, { method: "POST", path: "/some%20path/x", sourceIp: "127.0.0.1" });
    assert.equal(Buffer.from(body, "base64").toString(), "hello");
  });

  it("refuses a body above Lambda's limit with 413", async () => {
    const answer = await buffered("ok", { method: "POST", body: Buffer.alloc(6 * 1024 * 1024 + 1) });
    assert.equal(answer.status, 413);
  });

  it("refuses it too when its length is not said", async () => {
    const part = new Uint8Array(1024 * 1024);
    let parts = 0;
    const body = new ReadableStream({ pull: (to) => (parts++ < 7 ? to.enqueue(part) : to.close()) });
    const answer = await buffered("ok", { method: "POST", body, duplex: "half" } as RequestInit);
    assert.equal(answer.status, 413);
    assert.deepEqual(await answer.json(), { Message: "Request Entity Too Large" });
  });

  it("gives the function its own environment, and nothing of the user's", async () => {
    const environment = z.record(z.string(), z.string()).parse(await (await buffered("environment")).json());
    assert.equal(environment["OWN"], "of the function");
    assert.equal(environment["AWS_LAMBDA_FUNCTION_NAME"], "buffered");
    assert.equal(environment["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"], "256");
    assert.equal(environment["AWS_REGION"], "us-east-1");
    const foreign = Object.keys(environment).filter(
      (name) => !/^(AWS_|LAMBDA_TASK_ROOT$|_HANDLER$|OWN$|LANG$|NODE_PATH$|TZ$|SystemRoot$)/.test(name),
    );
    assert.deepEqual(foreign, []);
    assert.doesNotMatch(JSON.stringify(environment), /of the user/);
  });

  it("gives the function a context as Lambda does", async () => {
    const { awsRequestId, remaining, ...rest } = Context.parse(await (await buffered("context")).json());
    assert.deepEqual(rest, {
      functionName: "buffered",
      functionVersion: "$LATEST",
      memoryLimitInMB: "256",
      invokedFunctionArn: "arn:aws:lambda:us-east-1:123456789012:function:buffered",
    });
    assert.match(awsRequestId, /^[0-9a-f-]{36}$/);
    assert.ok(remaining > 1000 && remaining <= 2000, `${remaining}`);
  });
});

/** The headers that {@link signedGet} sends, for a request that is broken off by hand. */
async function signedHeaders(plane: LocalPlane, address: string): Promise<{ headers: Record<string, string> }> {
  const original = globalThis.fetch;
  try {
    let sent: RequestInit | undefined;
    globalThis.fetch = async (_url, init) => {
      sent = init;
      return new Response();
    };
    await signedGet(address, plane.manifest());
    return { headers: Object.fromEntries(new Headers(sent?.headers)) };
  } finally {
    globalThis.fetch = original;
  }
}
