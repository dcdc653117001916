import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { connect } from "node:net";
import path from "node:path";
import { text } from "node:stream/consumers";
import { crc32 } from "node:zlib";
import { GetObjectCommand, ListBucketsCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import type { S3Target } from "../../../../cli/local/s3/s3Target";
import { refusal } from "./refusal";
import { ChunkSigner, signedHeaders } from "./signedHeaders";
import { CREDENTIALS, type RawAnswer, REGION, send, startTestServer, type TestServer } from "./testServer";

const EMPTY_SHA256 = createHash("sha256").digest("hex");

describe("cli/local/s3 refusals", () => {
  let server: TestServer;
  let client: S3Client;
  const Bucket = "guarded";
  const failing: S3Target = {
    handle: async (_, response) => {
      if (response.req.url?.includes("half")) response.write("half");
      throw new Error("a bug");
    },
  };

  before(async () => {
    server = await startTestServer({ resolve: (name) => (name === "failing" ? failing : undefined) });
    client = server.client();
    await server.store.createBucket(Bucket);
    await client.send(new PutObjectCommand({ Bucket, Key: "key", Body: "secret" }));
  });

  after(() => server.close());

  /** Sends a PUT of one object, signed by the SDK's signer, and returns the answer's status and code. */
  const put = async (headers: Record<string, string>, body: Buffer | string, key = "raw"): Promise<string> => {
    const target = `/${Bucket}/${key}`;
    const signed = await signedHeaders({
      url: server.endpoint + target,
      method: "PUT",
      service: "s3",
      credentials: CREDENTIALS,
      headers,
    });
    return outcome(await send(server.port, "PUT", target, signed, body));
  };

  const outcome = (answer: RawAnswer): string =>
    `${answer.status} ${/<Code>(\w+)<\/Code>/.exec(answer.body)?.[1] ?? ""}`.trim();

  const framed = (payload: string, checksum: string): string =>
    `${payload.length.toString(16)}\r\n${payload}\r\n0\r\nx-amz-checksum-crc32:${checksum}\r\n\r\n`;

  const TRAILER = {
    "x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
    "x-amz-trailer": "x-amz-checksum-crc32",
    "x-amz-decoded-content-length": "5",
    "content-encoding": "aws-chunked",
  };

  const crc32Of = (text: string): string => {
    const digest = Buffer.alloc(4);
    digest.writeUInt32BE(crc32(text));
    return digest.toString("base64");
  };

  it("refuses the wrong secret, an unknown key, another Region and no signature at all", async () => {
    const get = new GetObjectCommand({ Bucket, Key: "key" });
    const as = (credentials: typeof CREDENTIALS): S3Client => server.client({ credentials });
    const wrong = await refusal(as({ ...CREDENTIALS, secretAccessKey: "guess" }).send(get));
    assert.deepEqual([wrong.name, wrong.$metadata.httpStatusCode], ["SignatureDoesNotMatch", 403]);
    assert.equal((await refusal(as({ ...CREDENTIALS, accessKeyId: "AKIDX" }).send(get))).name, "InvalidAccessKeyId");
    const abroad = await refusal(server.client({ region: "eu-west-1" }).send(new ListBucketsCommand({})));
    assert.equal(abroad.name, "AuthorizationHeaderMalformed");
    for (const [method, target] of [
      ["GET", `/${Bucket}/key`],
      ["GET", "/"],
      ["PUT", `/${Bucket}/key`],
      ["DELETE", `/${Bucket}`],
      ["GET", `/${Bucket}/key?X-Amz-Signature=00`],
    ] as const) {
      const answer = await send(server.port, method, target, {}, method === "PUT" ? "x".repeat(300_000) : undefined);
      assert.match(outcome(answer), /^(403 AccessDenied|400 AuthorizationQueryParametersError)$/);
      assert.equal(answer.headers["content-type"], "application/xml");
      assert.match(String(answer.headers["x-amz-request-id"]), /^[0-9A-F]{16}$/);
    }
    const head = await send(server.port, "HEAD", `/${Bucket}/key`);
    assert.deepEqual([head.status, head.body], [403, ""]);
    const session = as({ ...CREDENTIALS, ...{ sessionToken: "any" } });
    assert.equal(await (await session.send(get)).Body?.transformToString(), "secret");
  });

  it("serves presigned URLs of the SDK until they expire, and not for anything else", async () => {
    const get = new GetObjectCommand({ Bucket, Key: "key", ResponseContentType: "text/x" });
    const url = await getSignedUrl(client, get, { expiresIn: 60 });
    const answer = await fetch(url);
    assert.deepEqual(
      [answer.status, answer.headers.get("content-type"), await answer.text()],
      [200, "text/x", "secret"],
    );
    const expired = await getSignedUrl(client, get, { expiresIn: 5, signingDate: new Date(Date.now() - 10_000) });
    const late = await fetch(expired);
    assert.equal(late.status, 403);
    assert.match(await late.text(), /<Code>AccessDenied<\/Code><Message>Request has expired<\/Message>/);
    assert.equal((await fetch(url.replace("/key", "/other"))).status, 403);
    assert.equal((await fetch(url, { method: "DELETE" })).status, 403);
    const upload = new PutObjectCommand({ Bucket, Key: "presigned", Metadata: { a: "1" } });
    const put = await getSignedUrl(server.client({ requestChecksumCalculation: "WHEN_REQUIRED" }), upload);
    assert.equal((await fetch(put, { method: "PUT", body: "uploaded" })).status, 200);
    assert.deepEqual(server.store.find(Bucket, "presigned")?.metadata, { a: "1" });
    // By default the SDK signs the checksum of an empty body into the URL, and S3 holds the upload to it.
    const withChecksum = await fetch(await getSignedUrl(client, upload), { method: "PUT", body: "uploaded" });
    assert.match(await withChecksum.text(), /<Code>BadDigest</);
  });

  it("refuses bodies that are not what the headers say, and stores nothing of them", async () => {
    const right = crc32Of("hello");
    const sha256 = createHash("sha256").update("hello").digest("hex");
    const UNSIGNED = { "x-amz-content-sha256": "UNSIGNED-PAYLOAD" };
    assert.equal(await put(TRAILER, framed("hello", crc32Of("other"))), "400 BadDigest");
    assert.equal(await put(TRAILER, framed("hello", "")), "400 MalformedTrailerError");
    assert.equal(await put(TRAILER, framed("hello", right).slice(0, 7)), "400 IncompleteBody");
    assert.equal(await put(TRAILER, `zz\r\n${framed("hello", right)}`), "400 InvalidRequest");
    // The answer comes through although most of the body was not read when the fault was found.
    assert.equal(await put(TRAILER, `zz\r\n${"x".repeat(5_000_000)}`), "400 InvalidRequest");
    assert.equal(
      await put({ ...TRAILER, "x-amz-decoded-content-length": "6" }, framed("hello", right)),
      "400 IncompleteBody",
    );
    assert.equal(await put({ ...UNSIGNED, "x-amz-checksum-crc32": crc32Of("other") }, "hello"), "400 BadDigest");
    assert.equal(await put({ ...UNSIGNED, "content-md5": "x" }, "hello"), "400 InvalidDigest");
    assert.equal(await put({ "x-amz-content-sha256": sha256 }, "hellO"), "400 XAmzContentSHA256Mismatch");
    assert.equal(await put({ "x-amz-content-sha256": "ANYTHING" }, "hello"), "400 InvalidArgument");
    assert.equal(await put({ ...UNSIGNED, "transfer-encoding": "chunked" }, "hello"), "411 MissingContentLength");
    assert.equal(server.store.find(Bucket, "raw"), undefined);
    assert.deepEqual(await readdir(path.join(server.root, "temporary")), []);
    assert.equal(await put(TRAILER, framed("hello", right)), "200");
    assert.equal(server.store.find(Bucket, "raw")?.headers["content-encoding"], undefined);
    assert.deepEqual(server.store.find(Bucket, "raw")?.checksum, {
      algorithm: "CRC32",
      value: right,
      type: "FULL_OBJECT",
    });
  });

  it("verifies the signature of every chunk", async () => {
    const target = `/${Bucket}/signed`;
    const data = Buffer.alloc(10_000, "x");
    const upload = async (tamper: (body: Buffer) => Buffer): Promise<string> => {
      const headers = await signedHeaders({
        url: server.endpoint + target,
        method: "PUT",
        service: "s3",
        credentials: CREDENTIALS,
        headers: {
          "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
          "x-amz-decoded-content-length": String(data.length),
        },
      });
      const seed = /Signature=(\w+)/.exec(headers["authorization"] ?? "")?.[1] ?? "";
      const signer = new ChunkSigner(CREDENTIALS, headers["x-amz-date"] ?? "", REGION, seed);
      const body = Buffer.concat([signer.chunk(data), signer.chunk(Buffer.alloc(0)), Buffer.from("\r\n")]);
      return outcome(await send(server.port, "PUT", target, headers, tamper(body)));
    };
    assert.equal(
      await upload((body) => {
        body[500] = 1;
        return body;
      }),
      "403 SignatureDoesNotMatch",
    );
    assert.equal(server.store.find(Bucket, "signed"), undefined);
    assert.equal(await upload((body) => body), "200");
  });

  it("keeps nothing of an upload whose client goes away", async () => {
    const target = `/${Bucket}/aborted`;
    const headers = await signedHeaders({
      url: server.endpoint + target,
      method: "PUT",
      service: "s3",
      credentials: CREDENTIALS,
      headers: { "x-amz-content-sha256": "UNSIGNED-PAYLOAD", "content-length": "1000000" },
    });
    const socket = connect(server.port, "127.0.0.1");
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`PUT ${target} HTTP/1.1\r\n${lines.join("")}\r\n${"x".repeat(200_000)}`);
    const temporary = path.join(server.root, "temporary");
    while ((await readdir(temporary)).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    socket.destroy();
    while ((await readdir(temporary)).length > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(server.store.find(Bucket, "aborted"), undefined);
  });

  it("gives up on a client that stops sending", async () => {
    const slow = await startTestServer({ idleMs: 50 });
    try {
      await slow.store.createBucket(Bucket);
      const target = `/${Bucket}/stalled`;
      const headers = await signedHeaders({
        url: slow.endpoint + target,
        method: "PUT",
        service: "s3",
        credentials: CREDENTIALS,
        headers: { ...TRAILER, "content-length": "1000" },
      });
      const socket = connect(slow.port, "127.0.0.1");
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      socket.write(`PUT ${target} HTTP/1.1\r\n${lines.join("")}\r\n5\r\nhel`);
      assert.match(await text(socket), /^HTTP\/1.1 400 .*<Code>RequestTimeout<\/Code>/s);
      assert.equal(slow.store.find(Bucket, "stalled"), undefined);
      assert.deepEqual(await readdir(path.join(slow.root, "temporary")), []);
    } finally {
      await slow.close();
    }
  });

  it("refuses parameters that no header could carry", async () => {
    const url = await getSignedUrl(client, new GetObjectCommand({ Bucket, Key: "key", ResponseContentType: "日本" }));
    assert.match(await (await fetch(url)).text(), /<Code>InvalidArgument<.*ISO-8859-1/);
    const versioned = new GetObjectCommand({ Bucket, Key: "key", VersionId: "../\n" });
    assert.equal((await refusal(client.send(versioned))).name, "InvalidArgument");
    const input = { Bucket, Key: "presigned", Metadata: { a: "日本" } };
    const put = await getSignedUrl(client, new PutObjectCommand(input));
    assert.match(await (await fetch(put, { method: "PUT" })).text(), /<Code>InvalidArgument</);
  });

  it("answers 100-continue, and goes on serving one connection after refusals", async () => {
    const headers = await signedHeaders({
      url: `${server.endpoint}/${Bucket}/continued`,
      method: "PUT",
      service: "s3",
      credentials: CREDENTIALS,
      headers: { "x-amz-content-sha256": "UNSIGNED-PAYLOAD", "content-length": "5", expect: "100-continue" },
    });
    const socket = connect(server.port, "127.0.0.1");
    let received = "";
    socket.setEncoding("latin1").on("data", (chunk: string) => {
      received += chunk;
    });
    const until = async (pattern: RegExp): Promise<void> => {
      while (!pattern.test(received)) await new Promise((resolve) => setTimeout(resolve, 2));
      received = "";
    };
    const refused = `PUT /${Bucket}/x HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 100000\r\n\r\n${"x".repeat(100_000)}`;
    socket.write(refused);
    await until(/403 Forbidden.*<\/Error>/s);
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`PUT /${Bucket}/continued HTTP/1.1\r\n${lines.join("")}\r\n`);
    await until(/^HTTP\/1.1 100 Continue\r\n\r\n$/);
    socket.write("hello");
    await until(/200 OK.*\r\n\r\n/s);
    socket.destroy();
    assert.equal(server.store.find(Bucket, "continued")?.size, 5);
  });

  it("survives targets that fail, before and in the middle of an answer", async () => {
    const get = async (target: string): Promise<RawAnswer> => {
      const options = { service: "s3", credentials: CREDENTIALS };
      const headers = await signedHeaders({ url: server.endpoint + target, ...options });
      return send(server.port, "GET", target, headers);
    };
    assert.equal(outcome(await get("/failing/key")), "500 InternalError");
    await assert.rejects(get("/failing/half"));
    assert.deepEqual(
      server.reported.map((error) => error instanceof Error && error.message),
      ["a bug"],
    );
    assert.equal((await get(`/${Bucket}/key`)).body, "secret");
    assert.equal(outcome(await get(`/${Bucket}/absent`)), "404 NoSuchKey");
    assert.equal(
      outcome(await send(server.port, "GET", `/${Bucket}/%ff`, { authorization: "x" })),
      "400 InvalidRequest",
    );
  });

  const deleteMany = async (body: string): Promise<string> => {
    const target = `/${Bucket}?delete`;
    const headers = await signedHeaders({
      url: server.endpoint + target,
      method: "POST",
      service: "s3",
      credentials: CREDENTIALS,
      headers: { "content-md5": createHash("md5").update(body).digest("base64") },
      body,
    });
    assert.notEqual(headers["x-amz-content-sha256"], EMPTY_SHA256);
    return outcome(await send(server.port, "POST", target, headers, body));
  };

  it("refuses XML that would cost much to read", async () => {
    const body = '<!DOCTYPE Delete [<!ENTITY a "aaaa">]><Delete><Object><Key>&a;</Key></Object></Delete>';
    assert.equal(await deleteMany(body), "400 MalformedXML");
  });

  it("refuses a key of a character that XML has not, rather than to delete another", async () => {
    for (const reference of ["&#1;", "&#x0;", "&#xD800;", "&#x110000;", "&#xFFFE;"]) {
      const body = `<Delete><Object><Key>ke${reference}y</Key></Object></Delete>`;
      assert.equal(await deleteMany(body), "400 MalformedXML", reference);
    }
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: "key" }));
    assert.equal(await Body?.transformToString(), "secret");
  });
});
