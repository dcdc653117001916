import { deepEqual } from "node:assert/strict";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { handmadePlane } from "./handmadePlane";
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

  it("is skipped where it cannot be written, with the reason", async () => {
    const plane = await handmadePlane((stack) => {
      stack.add("aws:s3/bucketObjectv2:BucketObjectv2", "lost", { bucket: "away", key: "a", content: "a" });
      stack.add("aws:s3/bucketObjectv2:BucketObjectv2", "file", { bucket: "away", key: "b" });
    });
    try {
      deepEqual(plane.skipped, ["lost: no bucket away runs here", "file: content must be text to be written here"]);
    } finally {
      await plane.stop();
    }
  });
});
