import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fc from "fast-check";
import {
  BodyVerifier,
  CHECKSUM_ALGORITHMS,
  compositeChecksum,
  createDigester,
  declaredChecksum,
} from "../../../../cli/local/s3/checksums";
import { S3Error } from "../../../../cli/local/s3/s3Errors";

/** Checksum of "123456789" in hexadecimal; for CRCs the "check" of the catalogue at reveng.sourceforge.io. */
const CHECKS = {
  CRC32: "cbf43926",
  CRC32C: "e3069283",
  CRC64NVME: "ae8b14860a799888",
  SHA1: createHash("sha1").update("123456789").digest("hex"),
  SHA256: createHash("sha256").update("123456789").digest("hex"),
};

function code(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof S3Error) return error.code;
    throw error;
  }
  return "none";
}

describe("cli/local/s3/checksums", () => {
  it("computes the known checksums", () => {
    for (const algorithm of CHECKSUM_ALGORITHMS) {
      const digester = createDigester(algorithm);
      digester.update(Buffer.from("123456789"));
      assert.equal(digester.digest().toString("hex"), CHECKS[algorithm], algorithm);
    }
  });

  it("gives the same for any cut of any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(200), (bytes, at) => {
        for (const algorithm of CHECKSUM_ALGORITHMS) {
          const [whole, cut, bytewise] = [
            createDigester(algorithm),
            createDigester(algorithm),
            createDigester(algorithm),
          ];
          whole.update(bytes);
          cut.update(bytes.subarray(0, at));
          cut.update(bytes.subarray(at));
          for (let i = 0; i < bytes.length; i++) bytewise.update(bytes.subarray(i, i + 1));
          const expected = whole.digest().toString("hex");
          assert.equal(cut.digest().toString("hex"), expected);
          assert.equal(bytewise.digest().toString("hex"), expected);
        }
      }),
    );
  });

  it("makes a composite checksum of the parts' digests", () => {
    const parts = ["one", "two"].map((text) => createHash("sha256").update(text).digest());
    const expected = createHash("sha256").update(Buffer.concat(parts)).digest("base64");
    const values = parts.map((part) => part.toString("base64"));
    assert.deepEqual(compositeChecksum("SHA256", values), {
      algorithm: "SHA256",
      value: `${expected}-2`,
      type: "COMPOSITE",
    });
  });

  it("reads which checksum the headers declare", () => {
    assert.equal(declaredChecksum({}), undefined);
    assert.deepEqual(declaredChecksum({ "x-amz-checksum-crc32": "NhCmhg==" }), {
      algorithm: "CRC32",
      value: "NhCmhg==",
    });
    assert.deepEqual(declaredChecksum({ "x-amz-trailer": "X-Amz-Checksum-CRC32C" }), { algorithm: "CRC32C" });
    for (const headers of [
      { "x-amz-checksum-crc32": "NhCmhg" },
      { "x-amz-checksum-sha1": "NhCmhg==" },
      { "x-amz-checksum-crc32": "NhCmhg==", "x-amz-checksum-crc32c": "NhCmhg==" },
      { "x-amz-checksum-crc32": "NhCmhg==", "x-amz-trailer": "x-amz-checksum-crc32" },
      { "x-amz-sdk-checksum-algorithm": "CRC32" },
      { "x-amz-sdk-checksum-algorithm": "SHA1", "x-amz-checksum-crc32": "NhCmhg==" },
    ]) {
      assert.equal(
        code(() => declaredChecksum(headers)),
        "InvalidRequest",
        JSON.stringify(headers),
      );
    }
  });

  it("refuses a body that differs from what was declared, and says in what", () => {
    const verify = (
      expected: ConstructorParameters<typeof BodyVerifier>[0],
      trailers: [string, string][] = [],
    ): string =>
      code(() => {
        const verifier = new BodyVerifier(expected);
        verifier.update(Buffer.from("hello"));
        verifier.finish(new Map(trailers));
      });
    const sha256 = createHash("sha256").update("hello").digest("hex");
    const md5 = createHash("md5").update("hello").digest("base64");
    assert.equal(verify({ contentMd5: md5, contentSha256: sha256 }), "none");
    assert.equal(verify({ contentSha256: sha256.replace(/^./, "0") }), "XAmzContentSHA256Mismatch");
    assert.equal(verify({ contentMd5: createHash("md5").digest("base64") }), "BadDigest");
    assert.equal(verify({ contentMd5: "no digest" }), "InvalidDigest");
    assert.equal(verify({ checksum: { algorithm: "CRC32", value: "NhCmhg==" } }), "none");
    assert.equal(verify({ checksum: { algorithm: "CRC32", value: "AAAAAA==" } }), "BadDigest");
    assert.equal(verify({ checksum: { algorithm: "CRC32" } }, [["x-amz-checksum-crc32", "NhCmhg=="]]), "none");
    assert.equal(verify({ checksum: { algorithm: "CRC32" } }, [["x-amz-checksum-crc32", "AAAAAA=="]]), "BadDigest");
    assert.equal(
      verify({ checksum: { algorithm: "CRC32" } }, [["x-amz-checksum-crc32", "?"]]),
      "MalformedTrailerError",
    );
    assert.equal(verify({ checksum: { algorithm: "CRC32" } }), "MalformedTrailerError");
  });
});
