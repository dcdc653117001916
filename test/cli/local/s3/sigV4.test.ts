import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { presignUrl } from "../../../../cli/local/s3/presignUrl";
import { SignatureError, type SignedRequest, verifySignature } from "../../../../cli/local/s3/sigV4";
import { signedHeaders } from "./signedHeaders";

/** Key, requests and signatures of AWS's own examples: docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html */
const EXAMPLE_KEY = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
};
const EXAMPLE_NOW = new Date("2013-05-24T00:00:00Z");
const EMPTY_SHA256 = createHash("sha256").digest("hex");
const S3 = { services: ["s3", "s3-object-lambda"], region: "us-east-1", now: EXAMPLE_NOW };
const LAMBDA = { ...S3, services: ["lambda"] };

const EXAMPLE_GET: SignedRequest = {
  method: "GET",
  url: "/test.txt",
  headers: {
    host: "examplebucket.s3.amazonaws.com",
    range: "bytes=0-9",
    "x-amz-content-sha256": EMPTY_SHA256,
    "x-amz-date": "20130524T000000Z",
    authorization:
      "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
  },
};

const EXAMPLE_URL =
  "/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";

const HOST = { host: "examplebucket.s3.amazonaws.com" };

function refused(code: string, request: SignedRequest, options = S3, key = EXAMPLE_KEY): SignatureError {
  let thrown: unknown;
  try {
    verifySignature(request, key, options);
  } catch (error) {
    thrown = error;
  }
  assert.ok(thrown instanceof SignatureError, `expected ${code}, but the request was accepted`);
  assert.equal(thrown.code, code, thrown.message);
  return thrown;
}

function withHeaders(headers: Record<string, string | undefined>): SignedRequest {
  return { ...EXAMPLE_GET, headers: { ...EXAMPLE_GET.headers, ...headers } };
}

describe("cli/local/s3/sigV4", () => {
  it("verifies AWS's example of a signed header", () => {
    const verified = verifySignature(EXAMPLE_GET, EXAMPLE_KEY, S3);
    assert.equal(verified.service, "s3");
    assert.equal(verified.presigned, false);
    assert.equal(verified.payloadHash, EMPTY_SHA256);
    assert.deepEqual(verified.signedHeaders, ["host", "range", "x-amz-content-sha256", "x-amz-date"]);
    assert.equal(verified.signedAt.toISOString(), "2013-05-24T00:00:00.000Z");
  });

  it("verifies AWS's examples with a sub-resource and with sorted parameters", () => {
    const get = (url: string, signature: string): SignedRequest => ({
      method: "GET",
      url,
      headers: {
        ...HOST,
        "x-amz-content-sha256": EMPTY_SHA256,
        "x-amz-date": "20130524T000000Z",
        authorization: `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=${signature}`,
      },
    });
    verifySignature(
      get("/?lifecycle", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"),
      EXAMPLE_KEY,
      S3,
    );
    verifySignature(
      get("/?prefix=J&max-keys=2", "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"),
      EXAMPLE_KEY,
      S3,
    );
  });

  it("verifies AWS's example of a presigned URL until it expires", () => {
    const request = { method: "GET", url: EXAMPLE_URL, headers: HOST };
    const verified = verifySignature(request, EXAMPLE_KEY, S3);
    assert.equal(verified.presigned, true);
    assert.equal(verified.payloadHash, "UNSIGNED-PAYLOAD");
    const lastMoment = new Date(EXAMPLE_NOW.getTime() + 86_400_000);
    verifySignature(request, EXAMPLE_KEY, { ...S3, now: lastMoment });
    const late = refused("AccessDenied", request, { ...S3, now: new Date(lastMoment.getTime() + 1) });
    assert.equal(late.message, "Request has expired");
    const early = refused("AccessDenied", request, { ...S3, now: new Date(EXAMPLE_NOW.getTime() - 3_600_000) });
    assert.equal(early.message, "Request is not valid yet");
  });

  it("refuses what was changed after signing", () => {
    refused("SignatureDoesNotMatch", { ...EXAMPLE_GET, method: "PUT" });
    refused("SignatureDoesNotMatch", { ...EXAMPLE_GET, url: "/test.txt?versionId=1" });
    refused("SignatureDoesNotMatch", { ...EXAMPLE_GET, url: "/test2.txt" });
    refused("SignatureDoesNotMatch", withHeaders({ range: "bytes=0-10" }));
    refused("SignatureDoesNotMatch", withHeaders({ host: "other.s3.amazonaws.com" }));
    refused("SignatureDoesNotMatch", { method: "GET", url: EXAMPLE_URL.replace("86400", "86401"), headers: HOST });
    refused("SignatureDoesNotMatch", EXAMPLE_GET, S3, { ...EXAMPLE_KEY, secretAccessKey: "another" });
    refused("AccessDenied", withHeaders({ "x-amz-storage-class": "STANDARD" }));
    refused("AccessDenied", { method: "GET", url: EXAMPLE_URL, headers: { ...HOST, "x-amz-acl": "private" } });
  });

  it("refuses requests that are unsigned, signed twice, too old, or by an unknown key", () => {
    refused("AccessDenied", { method: "GET", url: "/test.txt", headers: HOST });
    refused("InvalidArgument", { ...EXAMPLE_GET, url: EXAMPLE_URL });
    refused("RequestTimeTooSkewed", EXAMPLE_GET, { ...S3, now: new Date(EXAMPLE_NOW.getTime() + 900_001) });
    refused("InvalidAccessKeyId", EXAMPLE_GET, S3, { ...EXAMPLE_KEY, accessKeyId: "AKIDOTHER" });
    refused("InvalidRequest", withHeaders({ authorization: "AWS AKIAIOSFODNN7EXAMPLE:frJIUN8DYpKDtOLCwo//yllqDzg=" }));
    refused("InvalidRequest", {
      method: "GET",
      url: "/test.txt?AWSAccessKeyId=a&Signature=b&Expires=1",
      headers: HOST,
    });
    refused("InvalidRequest", withHeaders({ "x-amz-content-sha256": undefined }));
    refused("AccessDenied", withHeaders({ "x-amz-date": "yesterday" }));
  });

  it("names the Region that it expects", () => {
    const error = refused("AuthorizationHeaderMalformed", EXAMPLE_GET, { ...S3, region: "eu-west-1" });
    assert.equal(
      error.message,
      "The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-west-1'",
    );
    assert.equal(error.details["Region"], "eu-west-1");
    refused(
      "AuthorizationQueryParametersError",
      { method: "GET", url: EXAMPLE_URL, headers: HOST },
      { ...S3, region: "eu-west-1" },
    );
    refused("AuthorizationHeaderMalformed", EXAMPLE_GET, LAMBDA);
    refused("AuthorizationHeaderMalformed", withHeaders({ "x-amz-date": "20130525T000000Z" }));
    refused(
      "AuthorizationHeaderMalformed",
      withHeaders({ authorization: "AWS4-HMAC-SHA256 Credential=a/b,SignedHeaders=host,Signature=0" }),
    );
  });

  it("refuses presigned URLs with missing or impossible parameters", () => {
    for (const url of [
      EXAMPLE_URL.replace("X-Amz-Expires=86400", "X-Amz-Expires=604801"),
      EXAMPLE_URL.replace("X-Amz-Expires=86400", "X-Amz-Expires=-1"),
      EXAMPLE_URL.replace("&X-Amz-Date=20130524T000000Z", ""),
      EXAMPLE_URL.replace("AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256"),
      EXAMPLE_URL.replace("%2Faws4_request", ""),
    ]) {
      refused("AuthorizationQueryParametersError", { method: "GET", url, headers: HOST });
    }
    refused("InvalidURI", { method: "GET", url: `${EXAMPLE_URL}&a=%ff`, headers: HOST });
  });

  it("folds whitespace and joins the lines of a header that was sent twice", async () => {
    const headers = await signedHeaders({
      url: "http://127.0.0.1/bucket/key",
      service: "s3",
      credentials: EXAMPLE_KEY,
      headers: { "x-amz-meta-one": "a b", "x-amz-meta-two": "first,second" },
      now: EXAMPLE_NOW,
    });
    verifySignature(
      {
        method: "GET",
        url: "/bucket/key",
        headers: { ...headers, "x-amz-meta-one": "  a \t  b ", "x-amz-meta-two": ["first ", " second"] },
      },
      EXAMPLE_KEY,
      S3,
    );
  });

  it("agrees with the SDK's signer on keys with every kind of character", async () => {
    for (const key of ["a b+c", "../x/./y//z", "ü/日本/😀", "100%", "q?x=1&y#z", "!'()*~-_.", "a%2Fb", "\u0001\n"]) {
      const url = await presignUrl({
        endpoint: "http://127.0.0.1:4566",
        bucket: "arn:aws:s3:us-east-1:123456789012:accesspoint/name",
        key,
        query: { versionId: "a b&c", "": "x" },
        headers: { "x-amz-checksum-mode": "ENABLED" },
        credentials: EXAMPLE_KEY,
        region: "us-east-1",
        expiresIn: 60,
        now: EXAMPLE_NOW,
      });
      const request = { method: "GET", url: url.slice("http://127.0.0.1:4566".length) };
      const headers = { host: "127.0.0.1:4566", "x-amz-checksum-mode": "ENABLED" };
      const verified = verifySignature({ ...request, headers }, EXAMPLE_KEY, S3);
      assert.deepEqual(verified.signedHeaders, ["host", "x-amz-checksum-mode"]);
      refused("SignatureDoesNotMatch", { ...request, headers: { host: "127.0.0.1:4566" } });
    }
  });

  it("follows the general rules for paths and payloads of other services", async () => {
    for (const path of ["/", "/photo%20one.jpg", "/a/../b//c/", "/%E6%97%A5/x%2By"]) {
      const common = {
        url: `http://127.0.0.1${path}?w=1&h=%202`,
        service: "lambda",
        credentials: EXAMPLE_KEY,
        now: EXAMPLE_NOW,
      };
      const url = `${path}?w=1&h=%202`;
      const headers = await signedHeaders({ ...common, rawPath: path });
      const verified = verifySignature({ method: "GET", url, headers }, EXAMPLE_KEY, LAMBDA);
      assert.equal(verified.payloadHash, EMPTY_SHA256);
      refused("SignatureDoesNotMatch", { method: "GET", url: `${url}&x=1`, headers }, LAMBDA);

      const body = createHash("sha256").update("body").digest("hex");
      const posted = await signedHeaders({
        ...common,
        rawPath: path,
        method: "POST",
        body: "body",
        applyChecksum: false,
      });
      assert.equal(posted["x-amz-content-sha256"], undefined);
      verifySignature({ method: "POST", url, headers: posted, bodySha256: body }, EXAMPLE_KEY, LAMBDA);
      refused("SignatureDoesNotMatch", { method: "POST", url, headers: posted }, LAMBDA);
    }
  });
});
