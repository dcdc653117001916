import { deepEqual, equal, match, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { S3Client } from "@aws-sdk/client-s3";
import { DEFAULT_TRANSFORMATION } from "../../../contracts/transformation";
import { normalizeImage } from "../../../functions/normalize/image";
import { imageTransformer } from "../../../functions/normalize/imageTransformer";
import { answerObjectLambda, type ObjectLambdaResult } from "../../../functions/normalize/objectLambda";
import type { ObjectLambdaEvent } from "../../../functions/normalize/objectLambdaEvent";
import type { Outcome } from "../../../functions/normalize/outcome";
import { type Loopback, loopbackClient, type Respond, startLoopback } from "./loopback";
import { type EventOptions, objectLambdaEvent, ROUTE } from "./objectLambdaEvents";

const PICTURE = readFileSync(path.join(__dirname, "goldens", "chart.png"));
const MODIFIED = "Tue, 10 Nov 2026 08:00:00 GMT";

const servePicture: Respond = (_, response) => {
  response.writeHead(200, { etag: '"0a1b"', "last-modified": MODIFIED, "content-type": "image/png" }).end(PICTURE);
};
const serveStatus =
  (status: number, headers: Record<string, string> = {}): Respond =>
  (_, response) =>
    response.writeHead(status, headers).end("<Error/>");
const accept = serveStatus(200);

describe("S3 semantics for S3 Object Lambda", () => {
  let source: Loopback;
  let s3: Loopback;
  let client: S3Client;

  before(async () => {
    [source, s3] = await Promise.all([startLoopback(), startLoopback()]);
    client = loopbackClient(s3);
  });
  beforeEach(() => {
    source.answer(servePicture);
    s3.answer(accept);
  });
  after(async () => {
    client.destroy();
    await Promise.all([source.close(), s3.close()]);
  });

  const event = (options: EventOptions = {}): ObjectLambdaEvent => objectLambdaEvent(source.port, options);

  function answerEvent(
    given: ObjectLambdaEvent,
    remainingMs = 30_000,
  ): Promise<{ result: ObjectLambdaResult; outcome: Outcome }> {
    return answerObjectLambda(given, {
      client,
      writer: client,
      fallback: () => imageTransformer(DEFAULT_TRANSFORMATION),
      remainingMs,
    });
  }

  /** Headers of the one write that there was, without those every request of the SDK has. */
  function written(): Record<string, unknown> {
    equal(s3.requests.length, 1);
    const [{ method, url, headers } = { method: "", url: "", headers: {} }] = s3.requests;
    equal(method, "POST");
    match(url, /^\/WriteGetObjectResponse(\?|$)/);
    equal(headers.host, `${ROUTE}.s3.test:${s3.port}`);
    return Object.fromEntries(
      Object.entries(headers).filter(([name]) => /^x-amz-(request|fwd|meta)-|^content-length$/.test(name)),
    );
  }

  it("slices what it has transformed, and tells the range", async () => {
    const { bytes } = await normalizeImage(PICTURE, DEFAULT_TRANSFORMATION);
    for (const asked of [{ headers: { Range: "bytes=5-9" } }, { query: "&Range=bytes=5-9" }]) {
      s3.answer(accept);
      const { status, bytesOut } = (await answerEvent(event(asked))).outcome;
      deepEqual([status, bytesOut], [206, 5]);
      const { "x-amz-fwd-header-content-range": range, "content-length": length } = written();
      deepEqual([range, length], [`bytes 5-9/${bytes.length}`, "5"]);
      ok(s3.requests[0]?.body.equals(bytes.subarray(5, 10)));
    }
    s3.answer(accept);
    await answerEvent(event({ headers: { range: `bytes=${bytes.length}-` } }));
    equal(written()["x-amz-fwd-header-content-range"], `bytes */${bytes.length}`);
    equal(written()["x-amz-fwd-error-code"], "InvalidRange");
  });

  it("answers what has not changed with 304, before it has read the original", async function () {
    // The clock is the machine's: one that was away for a moment says nothing of the answer.
    this.retries(2);
    let sent = 0;
    source.answer((_, response) => {
      response.writeHead(200, { etag: '"0a1b"', "last-modified": MODIFIED });
      const more = setInterval(() => {
        sent += 1;
        response.write(Buffer.alloc(1024));
      }, 5);
      response.once("close", () => clearInterval(more));
    });
    const started = performance.now();
    const { status, error, bytesIn } = (
      await answerEvent(event({ headers: { "If-None-Match": '"0a1b-d8560b7658c7"' } }))
    ).outcome;
    deepEqual([status, error, bytesIn], [304, undefined, undefined]);
    ok(performance.now() - started < 1000);
    const { "x-amz-fwd-status": written304, "x-amz-fwd-header-etag": etag, "content-length": length } = written();
    deepEqual([written304, etag, length], ["304", '"0a1b-d8560b7658c7"', "0"]);
    const then = sent;
    await new Promise((resolve) => setTimeout(resolve, 60));
    ok(sent <= then + 2, "the original is let go");
  });

  it("reads the original itself when the URL's signature covers a condition, which is about our ETag", async () => {
    const headers = { "If-Match": '"0a1b-d8560b7658c7"' };
    for (const status of [412, 304]) {
      source.answer((request, response) => {
        equal(request.headers["if-match"], headers["If-Match"]);
        response.writeHead(status).end();
      });
      s3.answer((request, response) =>
        request.method === "GET" ? servePicture(request, response) : accept(request, response),
      );
      equal((await answerEvent(event({ signed: "host;if-match", headers }))).outcome.status, 200);
      const [read, write] = s3.requests;
      match(`${read?.method} ${read?.headers.host}${read?.url}`, /^GET originals-123456789012\..*\/a\/b%20c\.png/);
      equal(read?.headers["if-match"], undefined);
      equal(write?.method, "POST");
      equal(s3.requests.length, 2);
    }
  });

  it("answers HEAD with what GET would have, by reading the original itself", async () => {
    const { bytes } = await normalizeImage(PICTURE, DEFAULT_TRANSFORMATION);
    source.answer((request, response) => {
      equal(request.method, "HEAD");
      response.writeHead(200, { etag: '"0a1b"', "last-modified": MODIFIED, "cache-control": "max-age=60" }).end();
    });
    s3.answer(servePicture);
    const { result, outcome } = await answerEvent(event({ context: "headObjectContext" }));
    deepEqual(
      s3.requests.map(({ method, headers }) => [method, headers["if-match"]]),
      [["GET", '"0a1b"']],
    );
    s3.answer(accept);
    source.answer(servePicture);
    await answerEvent(event());
    const got = Object.entries(written()).map(
      ([name, value]) => [name.replace("x-amz-fwd-header-", ""), value] as const,
    );
    const gotten = got.filter(([name]) => !/^x-amz-(request|fwd)-/.test(name));
    deepEqual(result, { statusCode: 200, headers: { ...Object.fromEntries(gotten), "cache-control": "max-age=60" } });
    equal(Object.fromEntries(gotten)["content-length"], String(bytes.length));
    deepEqual([outcome.status, outcome.bytesOut, outcome.bytesIn], [200, 0, PICTURE.length]);
  });

  it("answers HEAD with a condition without reading the original", async () => {
    for (const [headers, status, errorCode] of [
      [{ "If-None-Match": '"0a1b-d8560b7658c7"' }, 304, undefined],
      [{ "If-Match": '"0a1b"' }, 412, "PreconditionFailed"],
    ] as const) {
      source.answer((_, response) => response.writeHead(200, { etag: '"0a1b"' }).end());
      const { result } = await answerEvent(event({ context: "headObjectContext", headers }));
      deepEqual([result["statusCode"], result["errorCode"]], [status, errorCode]);
      equal(s3.requests.length, 0);
    }
  });

  it("answers HEAD of an original that changes meanwhile with a code that asks to try again", async () => {
    source.answer((_, response) => response.writeHead(200, { etag: '"0a1b"' }).end());
    s3.answer(serveStatus(412));
    const { result } = await answerEvent(event({ context: "headObjectContext" }));
    deepEqual([result["statusCode"], result["errorCode"]], [503, "SourceChanged"]);
  });

  it("passes the source's refusals on, with its code where it has one", async () => {
    for (const [status, body, answered, code] of [
      [403, "<Error><Code>InvalidObjectState</Code></Error>", 403, "InvalidObjectState"],
      [404, "<Error><Code>NoSuchVersion</Code></Error>", 404, "NoSuchVersion"],
      [405, "<Error><Code>MethodNotAllowed</Code></Error>", 405, "MethodNotAllowed"],
      [503, "<Error><Code>ServiceUnavailable</Code></Error>", 503, "SlowDown"],
      [429, "", 503, "SlowDown"],
      [500, "<Error><Code>InternalError</Code></Error>", 500, "SourceFailed"],
      [400, "<Error><Code>ExpiredToken</Code></Error>", 500, "SourceFailed"],
      [403, "<Error><Code>a\r\nb</Code></Error>", 403, "AccessDenied"],
      [404, "<".repeat(1_000_000), 404, "NoSuchKey"],
    ] as const) {
      source.answer((_, response) => response.writeHead(status).end(body));
      s3.answer(accept);
      const { status: given, error } = (await answerEvent(event())).outcome;
      deepEqual([given, error?.code, written()["x-amz-fwd-error-code"]], [answered, code, code]);
    }
    for (const [status, code] of [
      [403, "AccessDenied"],
      [404, "NoSuchKey"],
    ] as const) {
      source.answer(serveStatus(status));
      const { result } = await answerEvent(event({ context: "headObjectContext" }));
      deepEqual([result["statusCode"], result["errorCode"]], [status, code]);
    }
  });

  it("tells the reader of a versionId that is none, but not of a token of its own that has expired", async () => {
    source.answer((_, response) => response.writeHead(400).end("<Error><Code>InvalidArgument</Code></Error>"));
    const version = "none";
    equal((await answerEvent(event({ version }))).outcome.error?.code, "InvalidArgument");
    const { result } = await answerEvent(event({ context: "headObjectContext", version }));
    deepEqual([result["statusCode"], result["errorCode"]], [400, "InvalidArgument"]);
    equal((await answerEvent(event())).outcome.error?.code, "SourceFailed");
    source.answer((_, response) => response.writeHead(400).end("<Error><Code>ExpiredToken</Code></Error>"));
    equal((await answerEvent(event({ version }))).outcome.error?.code, "SourceFailed");
  });

  it("asks for no other object than the URL is signed for", async () => {
    for (const key of ["a/../b", "./b", "a/.."]) {
      const { result } = await answerEvent(event({ context: "headObjectContext", key }));
      deepEqual([result["statusCode"], result["errorCode"]], [400, "InvalidRequest"]);
    }
    equal(source.requests.length, 0);
    const { result } = await answerEvent(
      event({ context: "listObjectsV2Context", key: "a/.b/..c/d.", query: "&a=/../" }),
    );
    equal(result["statusCode"], 200);
  });

  it("answers listings, in both versions, with our ETags, and refuses them as S3 does", async () => {
    for (const context of ["listObjectsContext", "listObjectsV2Context"]) {
      source.answer((_, response) => response.writeHead(200).end("<ETag>&quot;0a1b&quot;</ETag>"));
      const { result, outcome } = await answerEvent(event({ context }));
      deepEqual(result, { statusCode: 200, listResultXml: "<ETag>&quot;0a1b-d8560b7658c7&quot;</ETag>" });
      equal(outcome.status, 200);
      source.answer((_, response) => response.writeHead(400).end("<Error><Code>InvalidArgument</Code></Error>"));
      const refused = await answerEvent(event({ context }));
      deepEqual([refused.result["statusCode"], refused.result["errorCode"]], [400, "InvalidArgument"]);
    }
    equal(s3.requests.length, 0);
  });

  it("answers HEAD and LIST before the deadline when the source does not", async function () {
    // The clock is the machine's: one that was away for a moment says nothing of the answer.
    this.retries(2);
    source.answer(() => undefined);
    for (const context of ["headObjectContext", "listObjectsV2Context"]) {
      const started = performance.now();
      const { result } = await answerEvent(event({ context }), 1_300);
      deepEqual([result["statusCode"], result["errorCode"]], [503, "SourceTimeout"]);
      ok(performance.now() - started < 1_300);
    }
  });
});
