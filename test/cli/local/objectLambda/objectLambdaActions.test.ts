import assert from "node:assert/strict";
import http from "node:http";
import { text } from "node:stream/consumers";
import {
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import * as z from "zod";
import type { LocalPlane } from "../../../../cli/local/localPlane";
import { presignUrl } from "../../../../cli/local/s3/presignUrl";
import { handmadePlane } from "../handmadePlane";
import { planeClient, refusal } from "../planeClient";

/** Returns for HEAD and LIST what the key or the prefix says, and writes the event for GET. */
const RETURNING = `
const { S3Client, WriteGetObjectResponseCommand } = require("@aws-sdk/client-s3");
const client = new S3Client({ maxAttempts: 1 });
exports.handler = async (event) => {
  const { outputRoute: RequestRoute, outputToken: RequestToken } = event.getObjectContext ?? {};
  if (RequestRoute) {
    const Body = JSON.stringify(event);
    return void (await client.send(new WriteGetObjectResponseCommand({ RequestRoute, RequestToken, Body })));
  }
  const asked = event.headObjectContext ? new URL(event.headObjectContext.inputS3Url).pathname.slice(1) : "";
  switch (asked) {
    case "refused": return { statusCode: 403, errorCode: "NotForYou", errorMessage: "Not you" };
    case "unchanged": return { statusCode: 304, headers: { ETag: '"a"' } };
    case "unknown-status": return { statusCode: 999 };
    case "nothing": return;
    case "text": return "text";
    case "throws": throw new Error("on purpose");
    case "original": {
      const answer = await fetch(event.headObjectContext.inputS3Url, { method: "HEAD" });
      return { statusCode: answer.status, headers: Object.fromEntries(answer.headers) };
    }
    case "with-get": return { statusCode: (await fetch(event.headObjectContext.inputS3Url)).status };
  }
  if (event.headObjectContext) return { statusCode: 200, headers: { "Content-Length": 12, ETag: '"own"', "x-amz-meta-own": "1" } };
  const context = event.listObjectsContext ? "listObjectsContext" : "listObjectsV2Context";
  const answer = await fetch(event[context].inputS3Url);
  const xml = await answer.text();
  if (xml.includes("<Prefix>none")) return { statusCode: 200 };
  return { statusCode: answer.status, listResultXml: xml.replace("<Name>", "<Name>" + context + " of ") };
};`;

const Event = z.object({
  getObjectContext: z.object({ inputS3Url: z.string() }),
  userRequest: z.object({ url: z.string(), headers: z.record(z.string(), z.string()) }),
});

const ALL = ["GetObject", "HeadObject", "ListObjects", "ListObjectsV2"];

describe("cli/local/objectLambda: actions and features", () => {
  let plane: LocalPlane;
  let client: S3Client;

  before(async () => {
    plane = await handmadePlane(async (stack) => {
      const lambda = await stack.lambda("returning", RETURNING);
      const accessPoint = stack.accessPoint("originals");
      stack.objectLambda("get", accessPoint, lambda, "");
      stack.objectLambda("all", accessPoint, lambda, "", { actions: ALL });
      const allowedFeatures = ["GetObject-Range", "HeadObject-PartNumber"];
      stack.objectLambda("some", accessPoint, lambda, "", { actions: ALL, allowedFeatures });
    });
    client = planeClient(plane);
    await client.send(new PutObjectCommand({ Bucket: "originals", Key: "original", Body: "the original" }));
  });

  after(async () => {
    client?.destroy();
    await plane?.stop();
  });

  const head = (Key: string, name = "all") => client.send(new HeadObjectCommand({ Bucket: `${name}--ol-s3`, Key }));
  const get = async (Key: string, rest: { Range?: string; PartNumber?: number } = {}, name = "all") => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: `${name}--ol-s3`, Key, ...rest }));
    return Event.parse(JSON.parse((await Body?.transformToString()) ?? ""));
  };

  it("passes what is no action of the access point through to the originals", async () => {
    assert.equal((await head("original", "get")).ContentLength, "the original".length);
    const list = await client.send(new ListObjectsV2Command({ Bucket: "get--ol-s3" }));
    assert.deepEqual([list.Name, list.KeyCount], ["get--ol-s3", 1]);
    await client.send(new HeadBucketCommand({ Bucket: "all--ol-s3" }));
    assert.match(
      await refusal(client.send(new GetObjectTaggingCommand({ Bucket: "all--ol-s3", Key: "original" }))),
      /^501 NotImplemented/,
    );
  });

  it("answers HEAD with the status and headers that the function returns", async () => {
    const { ContentLength, ETag, Metadata } = await head("any");
    assert.deepEqual([ContentLength, ETag, Metadata], [12, '"own"', { own: "1" }]);
    assert.equal((await head("original")).ContentLength, "the original".length);
  });

  it("gives HEAD a URL that is good for a HEAD only", async () => {
    assert.match(await refusal(head("with-get")), /^403 /);
  });

  for (const [key, expected] of [
    ["refused", "403"],
    ["unchanged", "304"],
    ["unknown-status", "400"],
    ["nothing", "400"],
    ["text", "400"],
    ["throws", "500"],
  ] as const) {
    it(`answers HEAD with ${expected} when the function returns ${key}`, async () => {
      assert.equal((await refusal(head(key))).slice(0, 3), expected);
    });
  }

  it("answers both listings with the document that the function returns", async () => {
    const v2 = await client.send(new ListObjectsV2Command({ Bucket: "all--ol-s3", Prefix: "orig", Delimiter: "/" }));
    assert.match(v2.Name ?? "", /^listObjectsV2Context of /);
    assert.deepEqual(
      v2.Contents?.map(({ Key }) => Key),
      ["original"],
    );
    const v1 = await client.send(new ListObjectsCommand({ Bucket: "all--ol-s3", MaxKeys: 1 }));
    assert.match(v1.Name ?? "", /^listObjectsContext of /);
    const none = client.send(new ListObjectsV2Command({ Bucket: "all--ol-s3", Prefix: "none" }));
    assert.equal(await refusal(none), "400 LambdaInvalidResponse");
  });

  it("refuses ranges and parts with 501 unless the access point allows them, by action", async () => {
    for (const name of ["get", "all"]) {
      assert.equal(await refusal(get("original", { Range: "bytes=0-1" }, name)), "501 NotImplemented");
      assert.equal(await refusal(get("original", { PartNumber: 1 }, name)), "501 NotImplemented");
    }
    await get("original", { Range: "bytes=0-1" }, "some");
    assert.equal(await refusal(get("original", { PartNumber: 1 }, "some")), "501 NotImplemented");
    const headSome = { Bucket: "some--ol-s3", Key: "original" };
    await client.send(new HeadObjectCommand({ ...headSome, PartNumber: 1 }));
    assert.match(await refusal(client.send(new HeadObjectCommand({ ...headSome, Range: "bytes=0-1" }))), /^501 /);
  });

  it("hands over the reader's request: URL decoded, headers as sent, without credentials", async () => {
    const { userRequest, getObjectContext } = await get("a b/ü?c=d&e#f.png", { Range: "bytes=0-1" }, "some");
    const { host } = new URL(plane.cloud.endpoint);
    assert.equal(userRequest.url, `http://${host}/a b/ü?c=d&e#f.png?x-id=GetObject`);
    const names = Object.keys(userRequest.headers);
    assert.deepEqual(
      names.filter((name) => /^(authorization|x-amz-security-token)$/i.test(name)),
      [],
    );
    assert.equal(Object.entries(userRequest.headers).find(([name]) => /^range$/i.test(name))?.[1], "bytes=0-1");
    const { host: inputHost, pathname, searchParams } = new URL(getObjectContext.inputS3Url);
    assert.match(inputHost, /^originals-123456789012\.s3-accesspoint\.us-east-1\.localhost:\d+$/);
    assert.equal(decodeURIComponent(pathname), "/a b/ü?c=d&e#f.png");
    assert.deepEqual(
      [searchParams.has("Range"), searchParams.has("partNumber"), searchParams.has("x-id")],
      [false, false, false],
    );
    assert.equal(searchParams.get("X-Amz-SignedHeaders"), "host;x-amz-checksum-mode");
  });

  it("keeps the case of headers, and joins those of one name", async () => {
    const address = await presignUrl({
      endpoint: plane.cloud.endpoint,
      bucket: "some--ol-s3",
      key: "original",
      query: { "response-content-type": "image/x y" },
      headers: {},
      credentials: plane.credentials,
      region: plane.cloud.region,
      expiresIn: 60,
    });
    const answer = await rawGet(address, [
      "Host",
      new URL(address).host,
      "X-oWn",
      "1",
      "x-own",
      "2",
      "RANGE",
      "bytes=0-1",
    ]);
    const { userRequest, getObjectContext } = Event.parse(JSON.parse(answer));
    assert.equal(userRequest.headers["X-oWn"], "1,2");
    assert.equal(userRequest.headers["RANGE"], "bytes=0-1");
    assert.equal(new URL(userRequest.url).search, "?response-content-type=image/x%20y");
    assert.doesNotMatch(userRequest.url, /X-Amz/i);
    assert.equal(new URL(getObjectContext.inputS3Url).searchParams.get("response-content-type"), "image/x y");
  });
});

/** GETs with exactly these headers. */
function rawGet(address: string, headers: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = http.get(address, { headers }, (response) => {
      text(response).then(resolve, reject);
    });
    request.once("error", reject);
  });
}
