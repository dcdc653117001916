import assert from "node:assert/strict";
import { HeadObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import sharp from "sharp";
import { signedFetch } from "../../../cli/job/signedFetch";
import type { LocalPlane } from "../../../cli/local/localPlane";
import type { LocalAccessPoint } from "../../../contracts/localManifest";
import type { Ask, Reader, Told } from "./readers";
import { startReadStack } from "./readStack";

const KEY = "folder/a photo.png";

describe("cli/local: S3's semantics through both deliveries", function () {
  this.timeout(60_000);
  let plane: LocalPlane;
  let client: S3Client;
  let objectLambda: LocalAccessPoint;
  let functionUrl: LocalAccessPoint;
  let readers: readonly Reader[];
  let whole: Told;

  before(async () => {
    ({ plane, client, objectLambda, functionUrl, readers } = await startReadStack());
    const noise = {
      width: 300,
      height: 200,
      channels: 3,
      background: "#808080",
      noise: { type: "gaussian", sigma: 60 },
    };
    const picture = await sharp({ create: noise as sharp.Create })
      .png()
      .toBuffer();
    const put = (Key: string, Body: Uint8Array) =>
      client.send(
        new PutObjectCommand({
          Bucket: objectLambda.bucket,
          Key,
          Body,
          ContentType: "image/png",
          ContentEncoding: "identity",
          ContentDisposition: 'attachment; filename="a photo.png"',
          CacheControl: "max-age=60",
          ContentLanguage: "en",
          Metadata: { md5: "of the original" },
        }),
      );
    await put(KEY, picture);
    await put("folder/b.png", picture);
    await put("text.txt", Buffer.from("no image"));
    whole = await ask({ key: KEY });
  });

  after(async () => {
    client?.destroy();
    await plane?.stop();
  });

  /** Asks through both deliveries, which must answer alike, and gives what they answered. */
  async function ask(asked: Ask): Promise<Told> {
    const [first, second] = await Promise.all(readers.map((read) => read(asked)));
    assert.ok(first && second);
    assert.deepEqual(first, second);
    return first;
  }

  it("answers GET with type, length, ETag, date, cache control and transformation", async () => {
    const original = await client.send(new HeadObjectCommand({ Bucket: objectLambda.bucket, Key: KEY }));
    const { bytes, lastModified, ...rest } = whole;
    assert.deepEqual(rest, {
      status: 200,
      etag: `"${original.ETag?.replaceAll('"', "")}-${objectLambda.hash}"`,
      length: bytes.length,
      acceptRanges: "bytes",
      type: "image/jpeg",
      cacheControl: "max-age=60",
      transformation: objectLambda.hash,
    });
    assert.equal(lastModified, original.LastModified?.toUTCString());
    assert.ok(bytes.length > 1000 && bytes.length !== original.ContentLength);
  });

  it("never passes on what is true of the original alone", async () => {
    const answer = await signedFetch(`${functionUrl.url}${encodeURI(KEY)}`, plane.manifest());
    const names = [...answer.headers.keys()];
    await answer.arrayBuffer();
    assert.deepEqual(
      names.filter((name) => /checksum|md5|encoding|disposition|version|server-side/.test(name)),
      [],
    );
  });

  it("answers HEAD as GET, without the body", async () => {
    assert.deepEqual(await ask({ method: "HEAD", key: KEY }), { ...whole, bytes: Buffer.alloc(0) });
  });

  /** What an ask must be answered with, when the whole object is there. */
  const at = (first: number, last: number): Partial<Told> => ({
    status: 206,
    length: last - first + 1,
    contentRange: `bytes ${first}-${last}/${whole.bytes.length}`,
    bytes: whole.bytes.subarray(first, last + 1),
  });
  const size = (): number => whole.bytes.length;
  const date = (offset: number): Date => new Date(Date.parse(whole.lastModified ?? "") + offset);
  const failed = (): Partial<Told> => ({ status: 412, code: "PreconditionFailed" });
  const unsatisfiable = (): Partial<Told> => ({ status: 416, code: "InvalidRange", contentRange: `bytes */${size()}` });

  for (const [what, asked, expected] of [
    ["the first bytes", () => ({ range: "bytes=0-99" }), () => at(0, 99)],
    ["one byte", () => ({ range: "bytes=7-7" }), () => at(7, 7)],
    ["an open end", () => ({ range: "bytes=100-" }), () => at(100, size() - 1)],
    ["a suffix", () => ({ range: "bytes=-100" }), () => at(size() - 100, size() - 1)],
    ["a suffix longer than the object", () => ({ range: "bytes=-99999999" }), () => at(0, size() - 1)],
    ["an end beyond the object", () => ({ range: "bytes=10-99999999999999999999999" }), () => at(10, size() - 1)],
    ["a beginning beyond the object", () => ({ range: "bytes=99999999-" }), unsatisfiable],
    ["a beginning at the length", () => ({ range: `bytes=${size()}-` }), unsatisfiable],
    ["an empty suffix", () => ({ range: "bytes=-0" }), unsatisfiable],
    ["several ranges", () => ({ range: "bytes=0-1,4-5" }), () => ({})],
    ["another unit", () => ({ range: "pages=0-1" }), () => ({})],
    ["a range that ends before it begins", () => ({ range: "bytes=5-2" }), () => ({})],
    ["a range of 8 kB", () => ({ range: `bytes=${"9".repeat(8000)}-` }), unsatisfiable],
    ["part 1", () => ({ part: 1 }), () => at(0, size() - 1)],
    ["part 2", () => ({ part: 2 }), () => ({ status: 416, code: "InvalidPartNumber" })],
    ["part 10,001", () => ({ part: 10_001 }), () => ({ status: 400, code: "InvalidArgument" })],
    ["a range and a part", () => ({ part: 1, range: "bytes=0-1" }), () => ({ status: 400, code: "InvalidRequest" })],
    ["a match", () => ({ ifMatch: whole.etag }), () => ({})],
    ["a match of anything", () => ({ ifMatch: "*" }), () => ({})],
    ["a match of another", () => ({ ifMatch: '"x"' }), failed],
    ["a range of a match", () => ({ ifMatch: whole.etag, range: "bytes=0-9" }), () => at(0, 9)],
    ["no match", () => ({ ifNoneMatch: whole.etag }), () => ({ status: 304 })],
    ["no match of another", () => ({ ifNoneMatch: '"x"' }), () => ({})],
    ["no match of a range", () => ({ ifNoneMatch: whole.etag, range: "bytes=0-9" }), () => ({ status: 304 })],
    ["modified since before", () => ({ ifModifiedSince: date(-1000) }), () => ({})],
    ["modified since then", () => ({ ifModifiedSince: date(0) }), () => ({ status: 304 })],
    ["unmodified since then", () => ({ ifUnmodifiedSince: date(0) }), () => ({})],
    ["unmodified since before", () => ({ ifUnmodifiedSince: date(-1000) }), failed],
    ["a match, modified since", () => ({ ifMatch: whole.etag, ifUnmodifiedSince: date(-1000) }), () => ({})],
    [
      "headers of its own",
      () => ({ responseContentType: "image/x-own", responseCacheControl: "no-store" }),
      () => ({ type: "image/x-own", cacheControl: "no-store" }),
    ],
    [
      "a header with a line break",
      () => ({ responseContentType: "a\r\nx-injected: 1" }),
      () => ({ status: 400, code: "InvalidArgument" }),
    ],
  ] as [string, () => Partial<Ask>, () => Partial<Told>][]) {
    for (const method of ["GET", "HEAD"] as const) {
      it(`answers ${method} with ${what}`, async () => {
        const { status = 200, code, contentRange, ...rest } = expected();
        const empty = Buffer.alloc(0);
        const answered = await ask({ method, key: KEY, ...asked() });
        if (status >= 300) {
          // The client's HEAD errors have neither code nor headers that could be compared.
          const said = { ...(code && method === "GET" && { code }), ...(contentRange && { contentRange }) };
          assert.deepEqual(answered, { status, bytes: empty, ...said });
        } else {
          const all = { ...whole, status, ...rest, ...(contentRange && { contentRange }) };
          assert.deepEqual(answered, method === "GET" ? all : { ...all, bytes: empty });
        }
      });
    }
  }

  for (const [key, status, code] of [
    ["missing.png", 404, "NoSuchKey"],
    ["text.txt", 400, "UnsupportedFormat"],
    ["a\r\nx-injected: 1", 404, "NoSuchKey"],
    [`${"k".repeat(1000)}`, 404, "NoSuchKey"],
  ] as const) {
    it(`answers GET and HEAD of ${JSON.stringify(key).slice(0, 40)} with ${status} ${code}`, async () => {
      assert.deepEqual(await ask({ key }), { status, code, bytes: Buffer.alloc(0) });
      assert.deepEqual(await ask({ method: "HEAD", key }), { status, bytes: Buffer.alloc(0) });
    });
  }

  it("gives a client that HEADs and then reads ranges in parallel the whole", async () => {
    for (const read of readers) {
      const { length = 0, etag } = await read({ method: "HEAD", key: KEY });
      const step = 997;
      const starts = Array.from({ length: Math.ceil(length / step) }, (_, index) => index * step);
      const parts = await Promise.all(
        starts.map((start) =>
          read({ key: KEY, range: `bytes=${start}-${Math.min(start + step, length) - 1}`, ifMatch: etag ?? "" }),
        ),
      );
      assert.ok(parts.length > 3 && parts.every(({ status }) => status === 206));
      assert.ok(Buffer.concat(parts.map(({ bytes }) => bytes)).equals(whole.bytes));
    }
  });

  it("tells such a client that the object changed under it", async () => {
    const key = "changing.png";
    const paint = async (background: string): Promise<void> => {
      const Body = await sharp({ create: { width: 9, height: 9, channels: 3, background } })
        .png()
        .toBuffer();
      await client.send(new PutObjectCommand({ Bucket: objectLambda.bucket, Key: key, Body }));
    };
    await paint("#111111");
    const { etag } = await ask({ method: "HEAD", key });
    await paint("#eeeeee");
    assert.equal((await ask({ key, range: "bytes=0-9", ifMatch: etag ?? "" })).status, 412);
  });

  it("answers a range at the URL only of what the reader has the rest of", async () => {
    for (const [ifRange, status] of [
      [whole.etag, 206],
      [whole.lastModified, 206],
      ['"x"', 200],
    ] as const) {
      const headers = { range: "bytes=0-9", "if-range": ifRange ?? "" };
      const answer = await signedFetch(`${functionUrl.url}${encodeURI(KEY)}`, plane.manifest(), { headers });
      assert.equal((await answer.arrayBuffer()).byteLength, status === 206 ? 10 : whole.bytes.length);
      assert.equal(answer.status, status);
    }
  });

  it("refuses at the URL what would be another version or another resource", async () => {
    for (const name of ["versionId", "acl", "tagging", "uploadId"]) {
      const answer = await signedFetch(`${functionUrl.url}folder/b.png?${name}=1`, plane.manifest());
      assert.equal(`${answer.status} ${answer.headers.get("x-frugal-ml-error")}`, "400 InvalidRequest", name);
      await answer.arrayBuffer();
    }
  });
});
