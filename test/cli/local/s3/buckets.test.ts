import assert from "node:assert/strict";
import { Agent } from "node:http";
import type { LookupFunction } from "node:net";
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from "@aws-sdk/client-s3";
import { bucketTarget } from "../../../../cli/local/s3/bucketTarget";
import { refusal } from "./refusal";
import { signedHeaders } from "./signedHeaders";
import { CREDENTIALS, send, startTestServer, type TestServer } from "./testServer";

describe("cli/local/s3 buckets and addresses", () => {
  let server: TestServer;
  let client: S3Client;
  const Bucket = "photos";

  before(async () => {
    server = await startTestServer({
      resolve: (name) =>
        [
          "photos-alias-s3alias",
          "arn:aws:s3:us-east-1:123456789012:accesspoint/photos-ap",
          "photos-ap-123456789012",
        ].includes(name)
          ? bucketTarget(server.store, "photos")
          : undefined,
    });
    client = server.client();
    await client.send(new CreateBucketCommand({ Bucket }));
  });

  after(async () => {
    await server.close();
    assert.deepEqual(server.reported, []);
  });

  const text = async (Key: string, bucket = Bucket): Promise<string | undefined> =>
    (await client.send(new GetObjectCommand({ Bucket: bucket, Key }))).Body?.transformToString();

  it("makes, lists, describes and deletes buckets", async () => {
    await client.send(new CreateBucketCommand({ Bucket: "second" }));
    await client.send(new CreateBucketCommand({ Bucket: "second" }));
    const { Buckets } = await client.send(new ListBucketsCommand({}));
    assert.deepEqual(
      Buckets?.map((bucket) => bucket.Name),
      [Bucket, "second"],
    );
    const head = await client.send(new HeadBucketCommand({ Bucket: "second" }));
    assert.equal(head.BucketRegion, "us-east-1");
    const location = await client.send(new GetBucketLocationCommand({ Bucket: "second" }));
    assert.ok(!location.LocationConstraint);
    await client.send(new PutObjectCommand({ Bucket: "second", Key: "x", Body: "x" }));
    assert.equal((await refusal(client.send(new DeleteBucketCommand({ Bucket: "second" })))).name, "BucketNotEmpty");
    await client.send(new DeleteObjectCommand({ Bucket: "second", Key: "x" }));
    await client.send(new DeleteBucketCommand({ Bucket: "second" }));
    assert.equal(
      (await refusal(client.send(new HeadBucketCommand({ Bucket: "second" })))).$metadata.httpStatusCode,
      404,
    );
    assert.equal((await refusal(client.send(new CreateBucketCommand({ Bucket: "No" })))).name, "InvalidBucketName");
    const abroad = { LocationConstraint: "eu-west-1" } as const;
    const elsewhere = new CreateBucketCommand({ Bucket: "third", CreateBucketConfiguration: abroad });
    assert.equal((await refusal(client.send(elsewhere))).name, "IllegalLocationConstraintException");
  });

  it("lists with pages, prefixes and delimiters, in both versions", async () => {
    await client.send(new CreateBucketCommand({ Bucket: "listed" }));
    const keys = ["a/1", "a/2", "a/3", "b", "c/1/x", "c/2", "d e"];
    for (const Key of keys) await client.send(new PutObjectCommand({ Bucket: "listed", Key, Body: Key }));
    const seen: string[] = [];
    let pages = 0;
    for await (const page of paginateListObjectsV2({ client, pageSize: 2 }, { Bucket: "listed", Delimiter: "/" })) {
      pages++;
      seen.push(...(page.Contents ?? []).map((object) => object.Key ?? ""));
      seen.push(...(page.CommonPrefixes ?? []).map((prefix) => prefix.Prefix ?? ""));
      assert.equal(page.KeyCount, (page.Contents?.length ?? 0) + (page.CommonPrefixes?.length ?? 0));
    }
    assert.deepEqual([pages, ...seen], [2, "b", "a/", "d e", "c/"]);
    const after = await client.send(
      new ListObjectsV2Command({ Bucket: "listed", StartAfter: "a/2", FetchOwner: true }),
    );
    assert.deepEqual(
      after.Contents?.map((object) => object.Key),
      keys.slice(2),
    );
    assert.ok(after.Contents?.every((object) => object.Owner?.ID));
    const encoded = await client.send(
      new ListObjectsV2Command({ Bucket: "listed", Prefix: "d ", EncodingType: "url" }),
    );
    assert.deepEqual([encoded.Prefix, encoded.Contents?.[0]?.Key], ["d+", "d+e"]);

    const first = await client.send(new ListObjectsCommand({ Bucket: "listed", Delimiter: "/", MaxKeys: 1 }));
    assert.deepEqual([first.IsTruncated, first.NextMarker], [true, "a/"]);
    const second = await client.send(
      new ListObjectsCommand({ Bucket: "listed", Delimiter: "/", Marker: "a/", MaxKeys: 9 }),
    );
    assert.deepEqual(
      second.Contents?.map((object) => object.Key),
      ["b", "d e"],
    );
    const bad = new ListObjectsV2Command({ Bucket: "listed", ContinuationToken: "guessed" });
    assert.equal((await refusal(client.send(bad))).name, "InvalidArgument");
    assert.equal((await refusal(client.send(new ListObjectsV2Command({ Bucket: "none" })))).name, "NoSuchBucket");
  });

  it("answers aliases and ARNs like their bucket, path-style and virtual-hosted", async () => {
    await client.send(new PutObjectCommand({ Bucket, Key: "shared/key", Body: "shared" }));
    assert.equal(await text("shared/key", "photos-alias-s3alias"), "shared");
    assert.equal((await refusal(text("shared/key", "unknown-s3alias"))).name, "NoSuchBucket");
    const lookup: LookupFunction = (_, options, callback) =>
      options.all ? callback(null, [{ address: "127.0.0.1", family: 4 }]) : callback(null, "127.0.0.1", 4);
    const hosted = server.client({
      forcePathStyle: false,
      endpoint: `http://localhost:${server.port}`,
      // Not every resolver knows that all names below localhost are this machine.
      requestHandler: { httpAgent: new Agent({ lookup }) },
    });
    for (const bucket of [Bucket, "arn:aws:s3:us-east-1:123456789012:accesspoint/photos-ap"]) {
      const answer = await hosted.send(new GetObjectCommand({ Bucket: bucket, Key: "shared/key" }));
      assert.equal(await answer.Body?.transformToString(), "shared", bucket);
    }
    for (const name of [
      "arn%3Aaws%3As3%3Aus-east-1%3A123456789012%3Aaccesspoint%2Fphotos-ap",
      "arn:aws:s3:us-east-1:123456789012:accesspoint/photos-ap",
    ]) {
      const target = `/${name}/shared/key`;
      const headers = await signedHeaders({
        url: server.endpoint + target,
        service: "s3",
        credentials: CREDENTIALS,
        rawPath: target.replaceAll(":", "%3A"),
      });
      const answer = await send(server.port, "GET", target, headers);
      assert.equal(answer.body, "shared", name);
    }
    const { KeyCount } = await hosted.send(new ListObjectsV2Command({ Bucket, Prefix: "shared/" }));
    assert.equal(KeyCount, 1);
  });
});
