import { deepEqual, equal } from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { AssetReference } from "../../../contracts/graph";
import { handmadePlane, REPOSITORY } from "./handmadePlane";
import { planeClient } from "./planeClient";

describe("cli/local/kinds: an object that the program writes", () => {
  it("is in the bucket before anything else is, with its type", async () => {
    const plane = await handmadePlane((stack) => {
      stack.add("aws:s3/bucket:Bucket", "forecast", {});
      const written = { bucket: "forecast", key: "state/fleet.json", content: '{"schema":1}' };
      stack.add("aws:s3/bucketObjectv2:BucketObjectv2", "state", { ...written, contentType: "application/json" });
    });
    const client = planeClient(plane);
    try {
      const found = await client.send(new GetObjectCommand({ Bucket: "forecast", Key: "state/fleet.json" }));
      deepEqual(plane.skipped, []);
      deepEqual([await found.Body?.transformToString(), found.ContentType], ['{"schema":1}', "application/json"]);
    } finally {
      client.destroy();
      await plane.stop();
    }
  });

  it("is a file's bytes, whose path is the program's", async () => {
    const plane = await handmadePlane((stack) => {
      stack.add("aws:s3/bucket:Bucket", "models", {});
      const source = new AssetReference("file", "package.json");
      stack.add("aws:s3/bucketObjectv2:BucketObjectv2", "model", { bucket: "models", key: "model", source });
    });
    const client = planeClient(plane);
    try {
      const found = await client.send(new GetObjectCommand({ Bucket: "models", Key: "model" }));
      deepEqual(plane.skipped, []);
      equal(await found.Body?.transformToString(), readFileSync(path.join(REPOSITORY, "package.json"), "utf8"));
    } finally {
      client.destroy();
      await plane.stop();
    }
  });

  it("is skipped where it cannot be written, with the reason", async () => {
    const plane = await handmadePlane((stack) => {
      stack.add("aws:s3/bucketObjectv2:BucketObjectv2", "lost", { bucket: "away", key: "a", content: "a" });
      stack.add("aws:s3/bucketObjectv2:BucketObjectv2", "none", { bucket: "away", key: "b" });
      const source = new AssetReference("file", "/nowhere/model.onnx");
      stack.add("aws:s3/bucketObjectv2:BucketObjectv2", "gone", { bucket: "away", key: "c", source });
    });
    try {
      deepEqual(plane.skipped, [
        "lost: no bucket away runs here",
        "none: content must be text, or source a file, to be written here",
        "gone: /nowhere/model.onnx cannot be read",
      ]);
    } finally {
      await plane.stop();
    }
  });
});
