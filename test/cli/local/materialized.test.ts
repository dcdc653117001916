import { deepEqual, equal, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { captureGraph } from "../../../cli/graph/captureGraph";
import { photographs } from "../../../cli/job/photographs";
import { LocalPlane } from "../../../cli/local/localPlane";
import { LocalQueue } from "../../../cli/local/sqs/localQueue";
import type { Delivery } from "../../../contracts/delivery";
import { waitUntilComplete } from "../../../derived/completeness";
import { REPOSITORY } from "./handmadePlane";
import { planeClient, refusal } from "./planeClient";

describe("cli/local: the stack local, materialized", function () {
  this.timeout(60_000);
  let plane: LocalPlane;
  let client: S3Client;
  let picture: Buffer;

  before(async () => {
    plane = await LocalPlane.listen({ port: 0, region: "us-east-1", program: REPOSITORY });
    const graph = { program: REPOSITORY, stack: "local", mode: "resolved", provider: plane.provider } as const;
    await plane.start(await captureGraph(graph));
    client = planeClient(plane);
    const [first] = await photographs();
    ok(first);
    picture = readFileSync(first.file);
  });

  after(async () => {
    client?.destroy();
    await plane?.stop();
  });

  const delivery = (name: Delivery) => {
    const found = plane.manifest().accessPoints.find((accessPoint) => accessPoint.delivery === name);
    ok(found, `no delivery ${name}`);
    return found;
  };
  const followed = async () => {
    const { alias, bucket, hash } = delivery("materialized");
    const found = await waitUntilComplete(client, { source: bucket, derived: alias, hash }, 20);
    ok(found.complete || found.counts.quarantined > 0, `${JSON.stringify(found)}\n${plane.recentLog.join("\n")}`);
    return found;
  };
  const read = async (Bucket: string, Key: string, Range?: string) => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key, Range }));
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  };

  it("says where it is read, and where messages go", () => {
    const { arn, alias, prefix, queueUrl, hash, bucket } = delivery("materialized");
    deepEqual(
      [arn, alias, prefix, queueUrl, bucket],
      [
        "arn:aws:s3:::images-derived",
        "images-derived",
        `${hash}/`,
        `${plane.cloud.endpoint}/123456789012/images-queue`,
        "images-bucket",
      ],
    );
  });

  it("has the bytes that object-lambda answers with, whole and in ranges after a HEAD", async () => {
    const { alias, prefix = "", bucket } = delivery("materialized");
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: "a b/größe+1.jpg", Body: picture }));
    await followed();
    const through = await read(delivery("object-lambda").alias, "a b/größe+1.jpg");
    const Key = `${prefix}a b/größe+1.jpg`;
    ok(through.length > 1000 && through.equals(await read(alias, Key)));
    const { ContentLength } = await client.send(new HeadObjectCommand({ Bucket: alias, Key }));
    equal(ContentLength, through.length);
    ok(through.subarray(100, 200).equals(await read(alias, Key, "bytes=100-199")));
  });

  it("follows copies, overwrites and deletions, and keeps what cannot be normalised apart", async () => {
    const { alias, prefix = "", bucket, hash } = delivery("materialized");
    const put = (Key: string, Body: Uint8Array | string) =>
      client.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));
    await put("one.jpg", picture);
    await client.send(new CopyObjectCommand({ Bucket: bucket, Key: "two.jpg", CopySource: `${bucket}/one.jpg` }));
    await put("three.jpg", picture);
    equal((await followed()).wrong, 0);
    ok((await read(alias, `${prefix}one.jpg`)).equals(await read(alias, `${prefix}two.jpg`)));
    await put("three.jpg", "no picture");
    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: "one.jpg" }));
    await client.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: [{ Key: "two.jpg" }] } }));
    const { counts, keys } = await followed();
    deepEqual([counts.missing, counts.stale, counts.orphan, counts.quarantined], [0, 0, 0, 1]);
    deepEqual(
      keys.map(({ key, code }) => [key, code]),
      [["three.jpg", "UnsupportedFormat"]],
    );
    for (const key of ["one.jpg", "two.jpg", "three.jpg"]) {
      equal(await refusal(read(alias, prefix + key)), "404 NoSuchKey", key);
    }
    const entry = JSON.parse((await read(alias, `quarantine/${hash}/three.jpg`)).toString("utf8"));
    deepEqual([entry.key, entry.code], ["three.jpg", "UnsupportedFormat"]);
  });

  it("leaves no message behind, and no dead letter", async () => {
    const counts = ["images-queue", "images-dead-letters"].map((name) => {
      return plane.find(LocalQueue, `arn:aws:sqs:us-east-1:123456789012:${name}`);
    });
    const until = Date.now() + 10_000;
    const left = () => counts.map(({ counts: { visible, hidden } }) => visible + hidden);
    while (left().some((count) => count > 0) && Date.now() < until) await new Promise((done) => setTimeout(done, 50));
    deepEqual(left(), [0, 0]);
  });
});
