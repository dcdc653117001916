import assert from "node:assert/strict";
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { refusal } from "./refusal";
import { startTestServer, type TestServer } from "./testServer";

describe("cli/local/s3 copies and versions", () => {
  let server: TestServer;
  let client: S3Client;
  const Bucket = "copies";

  before(async () => {
    server = await startTestServer();
    client = server.client();
    await client.send(new CreateBucketCommand({ Bucket }));
  });

  after(async () => {
    await server.close();
    assert.deepEqual(server.reported, []);
  });

  const put = async (Key: string, Body: string): Promise<string | undefined> =>
    (await client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: "text/plain", Metadata: { a: "1" } })))
      .VersionId;

  const text = async (Key: string, VersionId?: string): Promise<string | undefined> =>
    (await client.send(new GetObjectCommand({ Bucket, Key, VersionId }))).Body?.transformToString();

  it("copies bytes with their description, or with a new one", async () => {
    await put("src/ü +%", "source");
    const CopySource = `${Bucket}/${encodeURIComponent("src/ü +%")}`;
    const { CopyObjectResult } = await client.send(new CopyObjectCommand({ Bucket, Key: "copy", CopySource }));
    const head = await client.send(new HeadObjectCommand({ Bucket, Key: "copy" }));
    assert.deepEqual([head.ETag, head.ContentType, head.Metadata], [CopyObjectResult?.ETag, "text/plain", { a: "1" }]);
    const replacing = { MetadataDirective: "REPLACE", Metadata: { b: "2" }, ContentType: "image/png" } as const;
    await client.send(new CopyObjectCommand({ Bucket, Key: "copy", CopySource: `/${Bucket}/copy`, ...replacing }));
    const replaced = await client.send(new HeadObjectCommand({ Bucket, Key: "copy" }));
    assert.deepEqual([replaced.ContentType, replaced.Metadata], ["image/png", { b: "2" }]);
    assert.equal(await text("copy"), "source");
  });

  it("refuses copies onto themselves, of nothing, and against conditions", async () => {
    await put("one", "one");
    const copy = async (input: Partial<CopyObjectCommand["input"]>): Promise<string> =>
      (await refusal(client.send(new CopyObjectCommand({ Bucket, Key: "two", CopySource: `${Bucket}/one`, ...input }))))
        .name;
    assert.equal(await copy({ Key: "one" }), "InvalidRequest");
    assert.equal(await copy({ CopySource: `${Bucket}/absent` }), "NoSuchKey");
    assert.equal(await copy({ CopySource: "nowhere/one" }), "NoSuchBucket");
    assert.equal(await copy({ CopySource: "nothing" }), "InvalidArgument");
    assert.equal(await copy({ CopySourceIfMatch: '"other"' }), "PreconditionFailed");
    assert.equal(await copy({ CopySourceIfModifiedSince: new Date(Date.now() + 60_000) }), "PreconditionFailed");
    assert.equal(await copy({ Key: "copy", IfNoneMatch: "*" }), "PreconditionFailed");
  });

  it("keeps versions, hides deleted objects, and brings them back", async () => {
    assert.equal((await client.send(new GetBucketVersioningCommand({ Bucket }))).Status, undefined);
    assert.equal(await put("key", "before"), undefined);
    const VersioningConfiguration = { Status: "Enabled" } as const;
    await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
    assert.equal((await client.send(new GetBucketVersioningCommand({ Bucket }))).Status, "Enabled");
    const first = await put("key", "first");
    const second = await put("key", "second");
    assert.ok(first && second && first !== second);
    assert.deepEqual(
      [await text("key"), await text("key", first), await text("key", "null")],
      ["second", "first", "before"],
    );

    const deleted = await client.send(new DeleteObjectCommand({ Bucket, Key: "key" }));
    assert.equal(deleted.DeleteMarker, true);
    const missing = await refusal(text("key"));
    assert.deepEqual([missing.name, missing.$response?.headers["x-amz-delete-marker"]], ["NoSuchKey", "true"]);
    const marker = await refusal(text("key", deleted.VersionId));
    assert.deepEqual([marker.name, marker.$metadata.httpStatusCode], ["MethodNotAllowed", 405]);
    assert.equal((await refusal(text("key", "unknown"))).name, "NoSuchVersion");
    const listed = await client.send(new ListObjectsV2Command({ Bucket, Prefix: "key" }));
    assert.equal(listed.KeyCount, 0);

    const undone = await client.send(new DeleteObjectCommand({ Bucket, Key: "key", VersionId: deleted.VersionId }));
    assert.equal(undone.DeleteMarker, true);
    assert.equal(await text("key"), "second");
    const CopySource = `${Bucket}/key?versionId=${first}`;
    const copied = await client.send(new CopyObjectCommand({ Bucket, Key: "key", CopySource }));
    assert.equal(copied.CopySourceVersionId, first);
    assert.equal(await text("key"), "first");
  });

  it("lists versions and markers by pages, each once", async () => {
    await client.send(new DeleteObjectCommand({ Bucket, Key: "key" }));
    const seen: string[] = [];
    let markers: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
    for (;;) {
      const page = await client.send(new ListObjectVersionsCommand({ Bucket, Prefix: "key", MaxKeys: 2, ...markers }));
      for (const one of [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])]) {
        seen.push(`${one.VersionId} ${one.IsLatest}`);
      }
      if (!page.IsTruncated) break;
      markers = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
    }
    assert.equal(seen.length, 5);
    assert.equal(new Set(seen).size, 5);
    assert.equal(seen.filter((one) => one.endsWith("true")).length, 1);
    const wrong = new ListObjectVersionsCommand({ Bucket, VersionIdMarker: "null" });
    assert.equal((await refusal(client.send(wrong))).name, "InvalidArgument");
  });

  it("deletes many, by version too, and says what it did with each", async () => {
    const version = await put("many/a", "a");
    await put("many/b", "b");
    const { Deleted, Errors } = await client.send(
      new DeleteObjectsCommand({
        Bucket,
        Delete: { Objects: [{ Key: "many/a", VersionId: version }, { Key: "many/b" }, { Key: "many/c", ETag: '"x"' }] },
      }),
    );
    assert.deepEqual(
      Deleted?.map((one) => [one.Key, one.VersionId, one.DeleteMarker]),
      [
        ["many/a", version, undefined],
        ["many/b", undefined, true],
      ],
    );
    assert.deepEqual(
      Errors?.map((one) => [one.Key, one.Code]),
      [["many/c", "NoSuchKey"]],
    );
    const Objects = [{ Key: "many/b" }];
    // The SDK writes these as references.
    for (const Key of ["many/\r", "many/\n", "many/\u0085", "many/\u2028"]) {
      const { VersionId } = await client.send(new PutObjectCommand({ Bucket, Key, Body: "odd" }));
      const odd = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key, VersionId }] } }));
      assert.deepEqual(odd.Deleted, [{ Key, VersionId }]);
    }
    const quiet = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
    assert.equal(quiet.Deleted, undefined);
    const none = new DeleteObjectsCommand({ Bucket, Delete: { Objects: [] } });
    assert.equal((await refusal(client.send(none))).name, "MalformedXML");
  });
});
