import assert from "node:assert/strict";
import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { type AwsChunkedOptions, decodeAwsChunked } from "../../../../cli/local/s3/awsChunked";
import { S3Error } from "../../../../cli/local/s3/s3Errors";
import { verifySignature } from "../../../../cli/local/s3/sigV4";
import { ChunkSigner } from "./signedHeaders";

const CREDENTIALS = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
};
const SEED = "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9";

/** AWS's example of a chunked upload: docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html */
function exampleSignature(payloadHash = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"): AwsChunkedOptions["signature"] {
  const verified = verifySignature(
    {
      method: "PUT",
      url: "/examplebucket/chunkObject.txt",
      headers: {
        host: "s3.amazonaws.com",
        "x-amz-date": "20130524T000000Z",
        "x-amz-storage-class": "REDUCED_REDUNDANCY",
        "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
        "content-encoding": "aws-chunked",
        "x-amz-decoded-content-length": "66560",
        "content-length": "66824",
        authorization: `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class,Signature=${SEED}`,
      },
    },
    CREDENTIALS,
    { services: ["s3"], region: "us-east-1", now: new Date("2013-05-24T00:00:00Z") },
  );
  return { ...verified, payloadHash };
}

const UNSIGNED: AwsChunkedOptions["signature"] = {
  payloadHash: "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
  signature: "",
  signNext: () => "",
};

async function* pieces(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = Math.max(1, sizes[i % sizes.length] ?? bytes.length);
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

async function decode(
  bytes: Buffer,
  options: Partial<AwsChunkedOptions> & { readonly sizes?: readonly number[] } = {},
): Promise<{ readonly payload: Buffer; readonly trailers: Map<string, string> }> {
  const trailers = new Map<string, string>();
  const payload = await buffer(
    decodeAwsChunked(pieces(bytes, options.sizes ?? [bytes.length]), {
      signature: UNSIGNED,
      decodedLength: 5,
      announcedTrailers: ["x-amz-checksum-crc32"],
      trailers,
      ...options,
    }),
  );
  return { payload, trailers };
}

async function fails(code: string, bytes: string | Buffer, options: Parameters<typeof decode>[1] = {}): Promise<void> {
  await assert.rejects(decode(Buffer.from(bytes), options), (error) => {
    assert.ok(error instanceof S3Error, String(error));
    assert.equal(error.code, code);
    return true;
  });
}

describe("cli/local/s3/awsChunked", () => {
  const body = Buffer.alloc(66560, "a");
  const example = Buffer.concat([
    Buffer.from("10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\r\n"),
    body.subarray(0, 65536),
    Buffer.from("\r\n400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\r\n"),
    body.subarray(65536),
    Buffer.from("\r\n0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9\r\n\r\n"),
  ]);

  it("decodes AWS's example of signed chunks, however it is cut", async () => {
    const options = { signature: exampleSignature(), decodedLength: body.length, announcedTrailers: [] };
    for (const sizes of [[example.length], [1000, 1, 2], [65536]]) {
      const { payload } = await decode(example, { ...options, sizes });
      assert.ok(payload.equals(body));
    }
  });

  it("refuses a changed chunk, a changed signature and chunks out of order", async () => {
    const options = { signature: exampleSignature(), decodedLength: body.length, announcedTrailers: [] };
    const changed = Buffer.from(example);
    changed.write("b", 60000);
    await fails("SignatureDoesNotMatch", changed, options);
    await fails("SignatureDoesNotMatch", Buffer.from(example.toString().replace("ad80", "ad81")), options);
    await fails("InvalidRequest", Buffer.from(example.toString().replace(/;chunk-signature=\w+/, "")), options);
  });

  it("verifies signed trailers", async () => {
    const signer = new ChunkSigner(CREDENTIALS, "20130524T000000Z", "us-east-1", SEED);
    const bytes = Buffer.concat([
      signer.chunk(Buffer.from("hello")),
      signer.chunk(Buffer.alloc(0)),
      signer.trailer("x-amz-checksum-crc32:NhCmhg=="),
    ]);
    const options = { signature: exampleSignature("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER") };
    const { payload, trailers } = await decode(bytes, options);
    assert.equal(payload.toString(), "hello");
    assert.deepEqual([...trailers], [["x-amz-checksum-crc32", "NhCmhg=="]]);
    await fails("SignatureDoesNotMatch", bytes.toString().replace("NhCmhg", "NhCmhh"), options);
    await fails("SignatureDoesNotMatch", bytes.toString().replace(/x-amz-trailer-signature.*\r\n/, ""), options);
  });

  it("decodes any body cut into any chunks and any pieces", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 5 }),
        async (chunks, sizes) => {
          const framed = Buffer.concat([
            ...chunks.flatMap((chunk) => [Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from("\r\n")]),
            Buffer.from("0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n"),
          ]);
          const whole = Buffer.concat(chunks);
          const { payload, trailers } = await decode(framed, { sizes, decodedLength: whole.length });
          assert.ok(payload.equals(whole));
          assert.equal(trailers.get("x-amz-checksum-crc32"), "AAAAAA==");
        },
      ),
      { numRuns: 100 },
    );
  });

  it("names every malformed or truncated framing, cut at any byte", async () => {
    const framed = "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n";
    await decode(Buffer.from(framed));
    for (let end = 0; end < framed.length - 2; end++) {
      await assert.rejects(decode(Buffer.from(framed.slice(0, end))), (error) => error instanceof S3Error);
    }
    await fails("IncompleteBody", framed.slice(0, 6));
    await fails("IncompleteBody", framed, { decodedLength: 6 });
    await fails("InvalidRequest", framed, { decodedLength: 4 });
    await fails("InvalidRequest", "zz\r\nhello\r\n0\r\n\r\n");
    await fails("InvalidRequest", "-5\r\nhello\r\n0\r\n\r\n");
    await fails("IncompleteBody", "4\r\nhello\r\n0\r\n\r\n");
    await fails("IncompleteBody", "f".repeat(5000));
    await fails("MalformedTrailerError", "5\r\nhello\r\n0\r\n\r\n");
    await fails("MalformedTrailerError", framed.replace("crc32", "sha1"));
    await fails("MalformedTrailerError", `5\r\nhello\r\n0\r\n${"x".repeat(20_000)}\r\n\r\n`);
  });
});
