import assert from "node:assert/strict";
import path from "node:path";
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import sharp from "sharp";
import type { LocalPlane } from "../../../cli/local/localPlane";
import { AssetReference } from "../../../contracts/graph";
import { handmadePlane, REPOSITORY } from "./handmadePlane";
import { planeClient } from "./planeClient";

describe("cli/local: two access points that share one function", function () {
  this.timeout(60_000);
  let plane: LocalPlane;
  let client: S3Client;

  before(async () => {
    plane = await handmadePlane((stack) => {
      const lambda = stack.add("aws:lambda/function:Function", "shared", {
        runtime: "nodejs24.x",
        handler: "index.handler",
        memorySize: 512,
        timeout: 30,
        code: new AssetReference("archive", path.join(REPOSITORY, "dist/functions/normalize.zip")),
      });
      const actions = { actions: ["GetObject", "HeadObject"] };
      stack.objectLambda("small", stack.accessPoint("cats"), lambda, '{"revision":1,"height":16,"width":16}', actions);
      stack.objectLambda("large", stack.accessPoint("dogs"), lambda, '{"revision":1,"channels":"rgb"}', actions);
    });
    client = planeClient(plane);
    for (const [Bucket, background] of [
      ["cats", "#ff0000"],
      ["dogs", "#0000ff"],
    ] as const) {
      const Body = await sharp({ create: { width: 90, height: 60, channels: 3, background } })
        .png()
        .toBuffer();
      await client.send(new PutObjectCommand({ Bucket, Key: "a.png", Body }));
    }
  });

  after(async () => {
    client?.destroy();
    await plane?.stop();
  });

  it("each get their own originals, as their own payload says, at the same time", async () => {
    const read = async (Bucket: string) => {
      const { Body, ContentLength, Metadata } = await client.send(new GetObjectCommand({ Bucket, Key: "a.png" }));
      assert.ok(Body);
      const bytes = await Body.transformToByteArray();
      const head = await client.send(new HeadObjectCommand({ Bucket, Key: "a.png" }));
      assert.deepEqual([ContentLength, head.ContentLength], [bytes.length, bytes.length]);
      const { width, height, channels } = await sharp(bytes).metadata();
      const { dominant } = await sharp(bytes).stats();
      return {
        size: [width, height, channels],
        blue: dominant.b > dominant.r,
        hash: Metadata?.["frugal-ml-transformation"],
      };
    };
    const names = ["small--ol-s3", "large--ol-s3", "small--ol-s3", "large--ol-s3"];
    const [small, large, ...again] = await Promise.all(names.map(read));
    assert.deepEqual(small?.size, [16, 16, 1]);
    assert.deepEqual([large?.size, large?.blue], [[256, 256, 3], true]);
    assert.notEqual(small?.hash, large?.hash);
    assert.deepEqual(again, [small, large]);
  });
});
