import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  type S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { refusal } from "./refusal";
import { startTestServer, type TestServer } from "./testServer";

describe("cli/local/s3/s3Handler", () => {
  let server: TestServer;
  let client: S3Client;
  const Bucket = "photos";

  before(async () => {
    server = await startTestServer();
    client = server.client();
    await client.send(new CreateBucketCommand({ Bucket }));
  });

  after(async () => {
    await server.close();
    assert.deepEqual(server.reported, []);
  });

  const text = async (Key: string, bucket = Bucket): Promise<string | undefined> =>
    (await client.send(new GetObjectCommand({ Bucket: bucket, Key }))).Body?.transformToString();

  it("stores an object with everything that describes it", async () => {
    const put = await client.send(
      new PutObjectCommand({
        Bucket,
        Key: "described",
        Body: "hello",
        ContentType: "image/jpeg",
        CacheControl: "max-age=60",
        ContentDisposition: 'attachment; filename="a.jpg"',
        ContentEncoding: "identity",
        ContentLanguage: "de",
        Expires: new Date("2030-01-01T00:00:00Z"),
        Metadata: { camera: "Leica M6", empty: "" },
        ChecksumAlgorithm: "SHA256",
      }),
    );
    assert.equal(put.ETag, '"5d41402abc4b2a76b9719d911017c592"');
    assert.equal(put.ChecksumSHA256, "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=");
    const head = await client.send(new HeadObjectCommand({ Bucket, Key: "described", ChecksumMode: "ENABLED" }));
    const { LastModified, $metadata, ...described } = head;
    assert.ok(LastModified && Math.abs(LastModified.getTime() - Date.now()) < 10_000);
    assert.match($metadata.requestId ?? "", /^[0-9A-F]{16}$/);
    assert.deepEqual(JSON.parse(JSON.stringify(described)), {
      AcceptRanges: "bytes",
      CacheControl: "max-age=60",
      ChecksumSHA256: "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=",
      ChecksumType: "FULL_OBJECT",
      ContentDisposition: 'attachment; filename="a.jpg"',
      ContentEncoding: "identity",
      ContentLanguage: "de",
      ContentLength: 5,
      ContentType: "image/jpeg",
      ETag: '"5d41402abc4b2a76b9719d911017c592"',
      Expires: "2030-01-01T00:00:00.000Z",
      ExpiresString: "Tue, 01 Jan 2030 00:00:00 GMT",
      Metadata: { camera: "Leica M6", empty: "" },
    });
    assert.equal(await text("described"), "hello");
    const override = await client.send(
      new GetObjectCommand({
        Bucket,
        Key: "described",
        ResponseContentType: "text/plain",
        ResponseCacheControl: "no-store",
      }),
    );
    assert.equal(override.ContentType, "text/plain");
    assert.equal(override.CacheControl, "no-store");
    await override.Body?.transformToString();
  });

  it("stores streams of known length, and every algorithm's checksum", async () => {
    const body = randomBytes(300_000);
    for (const ChecksumAlgorithm of ["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"] as const) {
      await client.send(
        new PutObjectCommand({
          Bucket,
          Key: "stream",
          Body: Readable.from([body.subarray(0, 1000), body.subarray(1000)]),
          ContentLength: body.length,
          ChecksumAlgorithm,
        }),
      );
      const answer = await client.send(new GetObjectCommand({ Bucket, Key: "stream", ChecksumMode: "ENABLED" }));
      assert.ok(answer[`Checksum${ChecksumAlgorithm}`]);
      assert.equal(answer.ContentEncoding, undefined);
      assert.ok(body.equals(Buffer.from((await answer.Body?.transformToByteArray()) ?? [])));
    }
  });

  it("takes any key", async () => {
    const keys = [
      "a b+c&d=e",
      "../up/./and//over",
      "ü/日本/😀",
      "100%",
      "q?x=1#z",
      "!'()*~-_.",
      "a%2Fb",
      "line\nbreak\r",
      "/lead",
      "trail/",
    ];
    for (const Key of keys) {
      await client.send(new PutObjectCommand({ Bucket, Key, Body: `content of ${Key}` }));
      assert.equal(await text(Key), `content of ${Key}`);
    }
    const { Contents } = await client.send(new ListObjectsV2Command({ Bucket }));
    const listed = Contents?.map((object) => object.Key) ?? [];
    for (const key of keys) assert.ok(listed.includes(key), key);
    const { Deleted, Errors } = await client.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects: keys.map((Key) => ({ Key })) } }),
    );
    assert.deepEqual(
      Deleted?.map((object) => object.Key),
      keys,
    );
    assert.equal(Errors, undefined);
    for (const Key of keys)
      assert.equal((await refusal(client.send(new GetObjectCommand({ Bucket, Key })))).name, "NoSuchKey");
    const tooLong = new PutObjectCommand({ Bucket, Key: "x".repeat(1025), Body: "x" });
    assert.equal((await refusal(client.send(tooLong))).name, "KeyTooLongError");
  });

  it("answers ranges with 206, and 416 where there is nothing", async () => {
    await client.send(new PutObjectCommand({ Bucket, Key: "digits", Body: "0123456789" }));
    await client.send(new PutObjectCommand({ Bucket, Key: "empty", Body: Buffer.alloc(0) }));
    const get = async (Range: string): Promise<unknown[]> => {
      const answer = await client.send(new GetObjectCommand({ Bucket, Key: "digits", Range, ChecksumMode: "ENABLED" }));
      return [answer.$metadata.httpStatusCode, answer.ContentRange, await answer.Body?.transformToString()];
    };
    assert.deepEqual(await get("bytes=2-4"), [206, "bytes 2-4/10", "234"]);
    assert.deepEqual(await get("bytes=7-"), [206, "bytes 7-9/10", "789"]);
    assert.deepEqual(await get("bytes=-2"), [206, "bytes 8-9/10", "89"]);
    assert.deepEqual(await get("bytes=5-500"), [206, "bytes 5-9/10", "56789"]);
    assert.deepEqual(await get("bytes=1-2,4-5"), [200, undefined, "0123456789"]);
    const head = await client.send(new HeadObjectCommand({ Bucket, Key: "digits", Range: "bytes=2-4" }));
    assert.deepEqual([head.ContentLength, head.ContentRange], [3, "bytes 2-4/10"]);
    const beyond = await refusal(client.send(new GetObjectCommand({ Bucket, Key: "digits", Range: "bytes=10-" })));
    assert.deepEqual([beyond.name, beyond.$response?.headers["content-range"]], ["InvalidRange", "bytes */10"]);
    const nothing = await refusal(client.send(new GetObjectCommand({ Bucket, Key: "empty", Range: "bytes=0-" })));
    assert.equal(nothing.name, "InvalidRange");
    assert.equal(await text("empty"), "");
  });

  it("holds reads and writes to their conditions", async () => {
    const Key = "conditional";
    const { ETag } = await client.send(new PutObjectCommand({ Bucket, Key, Body: "one" }));
    const past = new Date(Date.now() - 60_000);
    const future = new Date(Date.now() + 60_000);
    const status = async (conditions: Partial<GetObjectCommand["input"]>): Promise<number | undefined> => {
      const answer = await client.send(new GetObjectCommand({ Bucket, Key, ...conditions })).catch((error: unknown) => {
        if (error instanceof S3ServiceException) return error;
        throw error;
      });
      if ("Body" in answer) await answer.Body?.transformToString();
      return answer.$metadata.httpStatusCode;
    };
    assert.equal(await status({ IfMatch: ETag }), 200);
    assert.equal(await status({ IfMatch: '"other"' }), 412);
    assert.equal(await status({ IfNoneMatch: ETag }), 304);
    assert.equal(await status({ IfNoneMatch: '"other"' }), 200);
    assert.equal(await status({ IfModifiedSince: past }), 200);
    assert.equal(await status({ IfModifiedSince: future }), 304);
    assert.equal(await status({ IfUnmodifiedSince: past }), 412);
    assert.equal(await status({ IfUnmodifiedSince: future }), 200);
    assert.equal(await status({ IfMatch: ETag, IfUnmodifiedSince: past }), 200);
    assert.equal(await status({ IfNoneMatch: ETag, IfModifiedSince: past }), 304);
    assert.equal(await status({ IfNoneMatch: '"other"', IfModifiedSince: future }), 200);

    const write = (condition: Partial<PutObjectCommand["input"]>, key = Key): Promise<unknown> =>
      client.send(new PutObjectCommand({ Bucket, Key: key, Body: "two", ...condition }));
    assert.equal((await refusal(write({ IfNoneMatch: "*" }))).name, "PreconditionFailed");
    assert.equal((await refusal(write({ IfMatch: '"other"' }))).name, "PreconditionFailed");
    assert.equal((await refusal(write({ IfMatch: ETag }, "absent"))).name, "NoSuchKey");
    assert.equal((await refusal(write({ IfNoneMatch: ETag }))).name, "NotImplemented");
    assert.equal(await text(Key), "one");
    await write({ IfMatch: ETag });
    await write({ IfNoneMatch: "*" }, "fresh");
    const stale = new DeleteObjectCommand({ Bucket, Key, IfMatch: ETag });
    assert.equal((await refusal(client.send(stale))).name, "PreconditionFailed");
    assert.equal(await text(Key), "two");
  });

  it("says what it does not implement, and stores nothing for it", async () => {
    const policy = new PutBucketPolicyCommand({ Bucket, Policy: "{}" });
    assert.equal((await refusal(client.send(policy))).name, "NotImplemented");
    const tagging = new PutObjectTaggingCommand({ Bucket, Key: "tagged", Tagging: { TagSet: [] } });
    const refused = await refusal(client.send(tagging));
    assert.deepEqual([refused.name, refused.$metadata.httpStatusCode], ["NotImplemented", 501]);
    const tagged = new PutObjectCommand({ Bucket, Key: "tagged", Body: "x", Tagging: "a=b" });
    assert.equal((await refusal(client.send(tagged))).name, "NotImplemented");
    assert.equal((await refusal(client.send(new GetObjectCommand({ Bucket, Key: "tagged" })))).name, "NoSuchKey");
    const metadata = { Metadata: { long: "x".repeat(2048) } };
    const large = new PutObjectCommand({ Bucket, Key: "tagged", Body: "x", ...metadata });
    assert.equal((await refusal(client.send(large))).name, "MetadataTooLarge");
    const missing = await refusal(client.send(new HeadObjectCommand({ Bucket, Key: "tagged" })));
    assert.deepEqual([missing.name, missing.$metadata.httpStatusCode], ["NotFound", 404]);
  });

  it("streams 64 MB up and down without holding it", async function () {
    this.timeout(20_000);
    const chunk = randomBytes(64 * 1024);
    const count = 1024;
    let peak = 0;
    const before = process.memoryUsage().rss;
    const sample = (): void => {
      peak = Math.max(peak, process.memoryUsage().rss - before);
    };
    function* chunks(): Generator<Buffer> {
      for (let i = 0; i < count; i++) {
        if (i % 16 === 0) sample();
        yield chunk;
      }
    }
    await client.send(
      new PutObjectCommand({
        Bucket,
        Key: "large",
        Body: Readable.from(chunks()),
        ContentLength: count * chunk.length,
      }),
    );
    const answer = await client.send(new GetObjectCommand({ Bucket, Key: "large" }));
    let received = 0;
    const stream = answer.Body;
    assert.ok(stream instanceof Readable);
    for await (const piece of stream) {
      assert.ok(Buffer.isBuffer(piece));
      received += piece.length;
      sample();
    }
    assert.equal(received, count * chunk.length);
    // Client and server share this process, and garbage waits for its collector.
    assert.ok(peak < 48 * 1024 * 1024, `grew by ${(peak / 1024 / 1024).toFixed(1)} MB`);
    assert.deepEqual(await readdir(path.join(server.root, "temporary")), []);
  });
});
