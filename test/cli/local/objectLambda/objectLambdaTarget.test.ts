import assert from "node:assert/strict";
import http from "node:http";
import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import * as z from "zod";
import type { LocalPlane } from "../../../../cli/local/localPlane";
import { presignUrl } from "../../../../cli/local/s3/presignUrl";
import { handmadePlane } from "../handmadePlane";
import { planeClient, refusal } from "../planeClient";

/** Behaves as the key says. Whatever else it is asked for, it answers with its access point's payload. */
const BEHAVING = `
const { S3Client, WriteGetObjectResponseCommand } = require("@aws-sdk/client-s3");
const { PassThrough } = require("node:stream");
const client = new S3Client({ maxAttempts: 1 });
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
exports.handler = async (event) => {
  const { outputRoute, outputToken } = event.getObjectContext;
  const write = (Body, more) => client.send(
    new WriteGetObjectResponseCommand({ RequestRoute: outputRoute, RequestToken: outputToken, Body, ...more }));
  switch (new URL(event.userRequest.url).pathname) {
    case "/throws": throw new RangeError("thrown on purpose");
    case "/exits": return process.exit(3);
    case "/hangs": return sleep(60_000);
    case "/hoards": for (const hoard = []; ; await sleep(10)) hoard.push(Buffer.alloc(16 * 1024 * 1024, 1));
    case "/never": return {};
    case "/early": return void sleep(200).then(() => write("late")).catch((error) => console.log("late write", error.name));
    case "/twice": await write("first"); return write("second").catch((error) => console.log("second write", error.name));
    case "/meanwhile": {
      const body = new PassThrough();
      const first = write(body, { ContentLength: 8 });
      body.write("slow");
      await sleep(150);
      await write("other").catch((error) => console.log("write meanwhile", error.name));
      body.end("slow");
      return first;
    }
    case "/after": await write("written"); throw new Error("thrown after the answer");
    case "/token": return write("x", { RequestToken: "another" }).catch((error) => console.log("wrong token", error.name));
    case "/route": return write("x", { RequestRoute: "io-another" });
    case "/status": return write("x", { StatusCode: 418 });
    case "/error": return write(undefined, { StatusCode: 403, ErrorCode: "NotForYou", ErrorMessage: "Not <you>" });
    case "/large": return write(Buffer.alloc(24 * 1024 * 1024, 7));
    case "/event": return write(JSON.stringify(event));
    default: await write(event.configuration.payload);
  }
};`;

const ReadEvent = z.object({
  getObjectContext: z.strictObject({ inputS3Url: z.string(), outputRoute: z.string(), outputToken: z.string() }),
  configuration: z.unknown(),
  userRequest: z.strictObject({ url: z.string(), headers: z.record(z.string(), z.string()) }),
  userIdentity: z.object({ accountId: z.string() }),
  protocolVersion: z.string(),
});

describe("cli/local/objectLambda: what a function may do wrong", () => {
  let plane: LocalPlane;
  let client: S3Client;

  before(async () => {
    plane = await handmadePlane(async (stack) => {
      const settings = { memorySize: 192, timeout: 2, reservedConcurrentExecutions: 1 };
      const lambda = await stack.lambda("behaving", BEHAVING, settings);
      const accessPoint = stack.accessPoint("originals");
      stack.objectLambda("first", accessPoint, lambda, "payload of the first");
      stack.objectLambda("second", accessPoint, lambda, "payload of the second");
      const paused = await stack.lambda("paused", BEHAVING, { reservedConcurrentExecutions: 0 });
      stack.objectLambda("paused", accessPoint, paused, "");
    });
    client = planeClient(plane);
  });

  after(async () => {
    client?.destroy();
    await plane?.stop();
  });

  const get = (Key: string, name = "first") => client.send(new GetObjectCommand({ Bucket: `${name}--ol-s3`, Key }));
  const text = async (key: string, name?: string): Promise<string | undefined> =>
    (await get(key, name)).Body?.transformToString();

  it("lets two access points share a function, each with its own payload", async () => {
    assert.deepEqual(plane.skipped, []);
    assert.equal(await text("ok", "first"), "payload of the first");
    assert.equal(await text("ok", "second"), "payload of the second");
  });

  for (const [key, does, expected] of [
    ["throws", "throws", "500 LambdaRuntimeError"],
    ["exits", "ends its process", "500 LambdaRuntimeError"],
    ["hoards", "uses more than its memory", "500 LambdaRuntimeError"],
    ["hangs", "exceeds its timeout", "500 LambdaTimeout"],
    ["never", "never writes", "500 LambdaResponseNotReceived"],
    ["early", "returns before it writes", "500 LambdaResponseNotReceived"],
    ["token", "writes with a wrong token", "500 LambdaResponseNotReceived"],
    ["route", "writes to a wrong route and fails", "500 LambdaRuntimeError"],
    ["status", "writes a status that cannot be forwarded and fails", "500 LambdaRuntimeError"],
    ["error", "writes an error of its own", "403 NotForYou"],
  ] as const) {
    it(`answers with ${expected} when the function ${does}, and serves the next request`, async () => {
      assert.equal(await refusal(get(key)), expected);
      assert.equal(await text("ok"), "payload of the first");
    });
  }

  it("passes on the first of two writes, and refuses the second", async () => {
    assert.equal(await text("twice"), "first");
    assert.equal(await text("ok"), "payload of the first");
    assert.ok(plane.recentLog.includes("behaving: second write ValidationError"), plane.recentLog.join("\n"));
  });

  it("refuses a second write while the first is still under way", async () => {
    assert.equal(await text("meanwhile"), "slowslow");
    assert.equal(await text("ok"), "payload of the first");
    assert.ok(plane.recentLog.includes("behaving: write meanwhile ValidationError"), plane.recentLog.join("\n"));
  });

  it("refuses a wrong token and a write that comes too late", async () => {
    await refusal(get("token"));
    await refusal(get("early"));
    await new Promise((resolve) => setTimeout(resolve, 400));
    assert.ok(plane.recentLog.includes("behaving: wrong token ValidationError"), plane.recentLog.join("\n"));
    assert.ok(plane.recentLog.includes("behaving: late write ValidationError"), plane.recentLog.join("\n"));
  });

  it("keeps an answer whose function fails after it", async () => {
    assert.equal(await text("after"), "written");
    assert.equal(await text("ok"), "payload of the first");
  });

  it("hands over an event of the documented shape", async () => {
    const { configuration, getObjectContext, userRequest, ...rest } = ReadEvent.parse(
      JSON.parse((await text("event")) ?? ""),
    );
    const arn = (service: string, name: string) => `arn:aws:${service}:us-east-1:123456789012:accesspoint/${name}`;
    assert.deepEqual(configuration, {
      accessPointArn: arn("s3-object-lambda", "first"),
      supportingAccessPointArn: arn("s3", "originals"),
      payload: "payload of the first",
    });
    assert.match(getObjectContext.inputS3Url, /X-Amz-Signature=[0-9a-f]{64}/);
    assert.equal(new URL(userRequest.url).pathname, "/event");
    assert.equal(userRequest.headers["host"], new URL(plane.cloud.endpoint).host);
    assert.deepEqual(rest, { userIdentity: { accountId: "123456789012" }, protocolVersion: "1.00" });
  });

  it("is free again when a reader goes away midway", async function () {
    // The clock is the machine's: one that was away for a moment says nothing of the answer.
    this.retries(2);
    const address = await presignUrl({
      endpoint: plane.cloud.endpoint,
      bucket: "first--ol-s3",
      key: "large",
      query: {},
      headers: {},
      credentials: plane.credentials,
      region: plane.cloud.region,
      expiresIn: 60,
    });
    await new Promise<void>((resolve, reject) => {
      const request = http.get(address, (response) => {
        assert.equal(response.statusCode, 200);
        response.once("data", () => {
          request.destroy();
          resolve();
        });
      });
      request.once("error", reject);
    });
    const asked = performance.now();
    assert.equal(await text("ok"), "payload of the first");
    assert.ok(performance.now() - asked < 1500, "did not wait for the timeout of 2 s");
  });

  it("asks to slow down when the function may not run at all", async () => {
    assert.equal(await refusal(get("ok", "paused")), "503 SlowDown");
  });
});
