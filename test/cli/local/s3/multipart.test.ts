import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { readdir } from "node:fs/promises";
import path from "node:path";
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  type CreateMultipartUploadCommandInput,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { createDigester } from "../../../../cli/local/s3/checksums";
import { refusal } from "./refusal";
import { startTestServer, type TestServer } from "./testServer";

const PART_BYTES = 5 * 1024 * 1024;

describe("cli/local/s3 uploads in parts", () => {
  let server: TestServer;
  let client: S3Client;
  const Bucket = "parts";
  const whole = randomBytes(2 * PART_BYTES + 1000);
  const pieces = [
    whole.subarray(0, PART_BYTES),
    whole.subarray(PART_BYTES, 2 * PART_BYTES),
    whole.subarray(2 * PART_BYTES),
  ];
  const etag = `"${createHash("md5")
    .update(Buffer.concat(pieces.map((piece) => createHash("md5").update(piece).digest())))
    .digest("hex")}-3"`;

  before(async () => {
    server = await startTestServer();
    client = server.client();
    await client.send(new CreateBucketCommand({ Bucket }));
  });

  after(async () => {
    const left = await readdir(path.join(server.root, "temporary"));
    await server.close();
    assert.deepEqual(server.reported, []);
    assert.deepEqual(left, []);
  });

  const begin = async (Key: string, input: Partial<CreateMultipartUploadCommandInput> = {}): Promise<string> =>
    (await client.send(new CreateMultipartUploadCommand({ Bucket, Key, ...input }))).UploadId ?? "";

  const upload = async (Key: string, UploadId: string, PartNumber: number, Body: Buffer): Promise<CompletedPart> => {
    const { ETag, ChecksumCRC32 } = await client.send(
      new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }),
    );
    return { PartNumber, ETag, ...(ChecksumCRC32 !== undefined && { ChecksumCRC32 }) };
  };

  const complete = (Key: string, UploadId: string, Parts: CompletedPart[]): CompleteMultipartUploadCommand =>
    new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } });

  const abort = (Key: string, UploadId: string): Promise<unknown> =>
    client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));

  const body = async (Key: string, part?: number): Promise<Buffer> => {
    const answer = await client.send(
      new GetObjectCommand({ Bucket, Key, ...(part !== undefined && { PartNumber: part }) }),
    );
    return Buffer.from((await answer.Body?.transformToByteArray()) ?? []);
  };

  it("joins parts in order, whatever order they came in", async () => {
    const Key = "joined";
    const id = await begin(Key, { ContentType: "image/png", Metadata: { camera: "M6" } });
    const parts = await Promise.all([2, 0, 1].map((i) => upload(Key, id, i + 1, pieces[i] ?? Buffer.alloc(0))));
    const listed = await client.send(new ListPartsCommand({ Bucket, Key, UploadId: id, MaxParts: 2 }));
    assert.deepEqual(
      listed.Parts?.map((part) => [part.PartNumber, part.Size]),
      [
        [1, PART_BYTES],
        [2, PART_BYTES],
      ],
    );
    assert.deepEqual([listed.IsTruncated, listed.NextPartNumberMarker], [true, "2"]);
    const rest = await client.send(new ListPartsCommand({ Bucket, Key, UploadId: id, PartNumberMarker: "2" }));
    assert.deepEqual(
      rest.Parts?.map((part) => part.PartNumber),
      [3],
    );
    const sorted = parts.sort((a, b) => (a.PartNumber ?? 0) - (b.PartNumber ?? 0));
    const done = await client.send(complete(Key, id, sorted));
    assert.equal(done.ETag, etag);
    assert.ok(whole.equals(await body(Key)));
    const second = await client.send(new HeadObjectCommand({ Bucket, Key, PartNumber: 2 }));
    assert.deepEqual(
      [second.PartsCount, second.ContentLength, second.ContentRange, second.ContentType, second.Metadata],
      [3, PART_BYTES, `bytes ${PART_BYTES}-${2 * PART_BYTES - 1}/${whole.length}`, "image/png", { camera: "M6" }],
    );
    assert.ok(pieces[2]?.equals(await body(Key, 3)));
    const beyond = await refusal(client.send(new GetObjectCommand({ Bucket, Key, PartNumber: 4 })));
    assert.equal(beyond.name, "InvalidPartNumber");
    assert.equal((await refusal(client.send(complete(Key, id, sorted)))).name, "NoSuchUpload");
  });

  it("serves the SDK's managed upload, and gives its composite checksum", async () => {
    const managed = new Upload({
      client,
      params: { Bucket, Key: "managed", Body: whole },
      queueSize: 4,
      partSize: PART_BYTES,
    });
    const done = await managed.done();
    assert.equal(done.ETag, etag);
    const digester = createDigester("CRC32");
    for (const piece of pieces) {
      const part = createDigester("CRC32");
      part.update(piece);
      digester.update(part.digest());
    }
    const head = await client.send(new HeadObjectCommand({ Bucket, Key: "managed", ChecksumMode: "ENABLED" }));
    assert.equal(head.ChecksumCRC32, `${digester.digest().toString("base64")}-3`);
    assert.equal(head.ChecksumType, "COMPOSITE");
    assert.ok(whole.equals(await body("managed")));
  });

  it("computes a full-object checksum where that was asked for, and holds the client to it", async () => {
    const Key = "full";
    const id = await begin(Key, { ChecksumAlgorithm: "CRC32", ChecksumType: "FULL_OBJECT" });
    const parts: CompletedPart[] = [];
    for (const [i, piece] of pieces.entries()) parts.push(await upload(Key, id, i + 1, piece));
    const digester = createDigester("CRC32");
    digester.update(whole);
    const expected = digester.digest().toString("base64");
    const input = { ...complete(Key, id, parts).input, ChecksumType: "FULL_OBJECT" as const };
    const wrong = new CompleteMultipartUploadCommand({ ...input, ChecksumCRC32: "AAAAAA==" });
    assert.equal((await refusal(client.send(wrong))).name, "BadDigest");
    const done = await client.send(new CompleteMultipartUploadCommand({ ...input, ChecksumCRC32: expected }));
    assert.deepEqual([done.ChecksumCRC32, done.ChecksumType], [expected, "FULL_OBJECT"]);
  });

  it("refuses parts that are small, unknown, out of order or of another checksum, and keeps the upload", async () => {
    const Key = "refused";
    const id = await begin(Key);
    const small = await upload(Key, id, 1, Buffer.from("small"));
    const last = await upload(Key, id, 2, Buffer.from("last"));
    const name = async (parts: CompletedPart[]): Promise<string> =>
      (await refusal(client.send(complete(Key, id, parts)))).name;
    assert.equal(await name([small, last]), "EntityTooSmall");
    assert.equal(await name([last, small]), "InvalidPartOrder");
    assert.equal(await name([{ ...last, ETag: small.ETag }]), "InvalidPart");
    assert.equal(await name([{ ...last, PartNumber: 3 }]), "InvalidPart");
    assert.equal(await name([]), "MalformedXML");
    await client.send(complete(Key, id, [last]));
    assert.equal((await body(Key)).toString(), "last");

    const composite = await begin(Key, { ChecksumAlgorithm: "SHA256" });
    const mismatch = await refusal(upload(Key, composite, 1, Buffer.from("x")));
    assert.match(mismatch.message, /expected checksum Type: sha256, actual checksum Type: crc32/);
    const put = { Bucket, Key, UploadId: composite, PartNumber: 1, Body: "x", ChecksumAlgorithm: "SHA256" } as const;
    const part = await client.send(new UploadPartCommand(put));
    const without = complete(Key, composite, [{ PartNumber: 1, ETag: part.ETag }]);
    assert.match((await refusal(client.send(without))).message, /must include the checksum for each part/);
    await abort(Key, composite);
    for (const PartNumber of [0, 10_001]) {
      const wrong = new UploadPartCommand({ Bucket, Key, UploadId: "none", PartNumber, Body: "x" });
      assert.equal((await refusal(client.send(wrong))).name, "InvalidArgument");
    }
    assert.equal((await refusal(upload(Key, "none", 1, Buffer.from("x")))).name, "NoSuchUpload");
  });

  it("copies parts from objects, ranges of them too", async () => {
    const Key = "copied";
    await client.send(new PutObjectCommand({ Bucket, Key: "source é", Body: whole }));
    const id = await begin(Key);
    const CopySource = `${Bucket}/${encodeURIComponent("source é")}`;
    const parts: CompletedPart[] = [];
    for (const [i, CopySourceRange] of [`bytes=0-${PART_BYTES - 1}`, "bytes=0-4"].entries()) {
      const input = { Bucket, Key, UploadId: id, PartNumber: i + 1, CopySource, CopySourceRange };
      const { CopyPartResult } = await client.send(new UploadPartCopyCommand(input));
      parts.push({ PartNumber: i + 1, ETag: CopyPartResult?.ETag });
    }
    await client.send(complete(Key, id, parts));
    assert.ok(Buffer.concat([pieces[0] ?? whole, whole.subarray(0, 5)]).equals(await body(Key)));
    const other = await begin(Key);
    const beyond = {
      Bucket,
      Key,
      UploadId: other,
      PartNumber: 1,
      CopySource,
      CopySourceRange: `bytes=0-${whole.length}`,
    };
    assert.equal((await refusal(client.send(new UploadPartCopyCommand(beyond)))).name, "InvalidArgument");
    await abort(Key, other);
  });

  it("lists uploads in progress by pages, and forgets aborted ones", async () => {
    const ids = [await begin("list/a"), await begin("list/a"), await begin("list/b"), await begin("other")];
    const first = await client.send(new ListMultipartUploadsCommand({ Bucket, MaxUploads: 1 }));
    assert.deepEqual(
      [first.Uploads?.[0]?.UploadId, first.IsTruncated, first.NextKeyMarker, first.NextUploadIdMarker],
      [ids[0], true, "list/a", ids[0]],
    );
    const second = await client.send(
      new ListMultipartUploadsCommand({ Bucket, KeyMarker: "list/a", UploadIdMarker: ids[0] }),
    );
    assert.deepEqual(
      second.Uploads?.map((one) => one.UploadId),
      ids.slice(1),
    );
    const rolled = await client.send(new ListMultipartUploadsCommand({ Bucket, Delimiter: "/" }));
    assert.deepEqual(
      rolled.CommonPrefixes?.map((prefix) => prefix.Prefix),
      ["list/"],
    );
    await upload("list/a", ids[0] ?? "", 1, Buffer.from("never finished"));
    const keys = ["list/a", "list/a", "list/b", "other"];
    for (const [i, id] of ids.entries()) await abort(keys[i] ?? "", id);
    assert.equal((await client.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads, undefined);
    assert.equal((await refusal(abort("list/a", ids[0] ?? ""))).name, "NoSuchUpload");
  });
});
