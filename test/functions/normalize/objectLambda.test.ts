import { deepEqual, equal, match, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { type S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import { DEFAULT_TRANSFORMATION, parseTransformation, transformationHash } from "../../../contracts/transformation";
import { normalizeImage } from "../../../functions/normalize/image";
import { imageTransformer } from "../../../functions/normalize/imageTransformer";
import { answerObjectLambda } from "../../../functions/normalize/objectLambda";
import type { ObjectLambdaEvent } from "../../../functions/normalize/objectLambdaEvent";
import type { Outcome } from "../../../functions/normalize/outcome";
import { type Loopback, loopbackClient, type Respond, startLoopback } from "./loopback";
import { type EventOptions, objectLambdaEvent, ROUTE, TOKEN } from "./objectLambdaEvents";

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

describe("answers for S3 Object Lambda", () => {
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

  async function answer(given = event(), remainingMs = 30_000): Promise<Outcome> {
    const services = { client, writer: client, fallback: () => imageTransformer(DEFAULT_TRANSFORMATION), remainingMs };
    return (await answerObjectLambda(given, services)).outcome;
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

  async function assertRefused(outcome: Promise<Outcome>, status: number, code: string): Promise<void> {
    const { status: answered, error, key } = await outcome;
    deepEqual([answered, error?.code, key], [status, code, "a/b c.png"]);
    const { "x-amz-fwd-error-message": message, "content-length": _, ...rest } = written();
    deepEqual(rest, {
      "x-amz-request-route": ROUTE,
      "x-amz-request-token": TOKEN,
      "x-amz-fwd-status": String(status),
      "x-amz-fwd-error-code": code,
    });
    match(String(message), /^[\x20-\x7e]{1,1024}$/);
  }

  it("writes the picture once, with headers that name original and transformation", async () => {
    const { bytes } = await normalizeImage(PICTURE, DEFAULT_TRANSFORMATION);
    deepEqual(await answer(), {
      status: 200,
      key: "a/b c.png",
      hash: "d8560b7658c7",
      bytesIn: PICTURE.length,
      bytesOut: bytes.length,
    });
    deepEqual(written(), {
      "x-amz-request-route": ROUTE,
      "x-amz-request-token": TOKEN,
      "x-amz-fwd-status": "200",
      "x-amz-fwd-header-accept-ranges": "bytes",
      "x-amz-fwd-header-content-type": "image/jpeg",
      "x-amz-fwd-header-etag": '"0a1b-d8560b7658c7"',
      "x-amz-fwd-header-last-modified": MODIFIED,
      "x-amz-meta-frugal-ml-shape": "256x256x1",
      "x-amz-meta-frugal-ml-transformation": "d8560b7658c7",
      "content-length": String(bytes.length),
    });
    ok(s3.requests[0]?.body.equals(bytes));
  });

  it("invents neither ETag nor date when the source gives none", async () => {
    source.answer((_, response) => response.writeHead(200).end(PICTURE));
    equal((await answer()).status, 200);
    const names = Object.keys(written());
    deepEqual(
      names.filter((name) => /etag|last-modified/.test(name)),
      [],
    );
  });

  it("copies exactly the headers that the presigned URL covers", async () => {
    const headers = {
      "X-Amz-Checksum-Mode": "ENABLED",
      "x-amz-request-payer": "requester",
      Range: "bytes=0-9",
      Authorization: "AWS4-HMAC-SHA256 Credential=…",
      "If-None-Match": '"0a1b"',
    };
    await answer(event({ signed: "host;x-amz-checksum-mode;x-amz-request-payer", headers }));
    equal(source.requests.length, 1);
    const received = source.requests[0]?.headers ?? {};
    equal(received.host, `127.0.0.1:${source.port}`);
    equal(received["x-amz-checksum-mode"], "ENABLED");
    equal(received["x-amz-request-payer"], "requester");
    for (const name of ["range", "authorization", "if-none-match"]) equal(received[name], undefined, name);
    source.answer(servePicture);
    await answer(event({ headers }));
    for (const name of Object.keys(headers)) equal(source.requests[0]?.headers[name.toLowerCase()], undefined, name);
  });

  it("follows the access point's payload, and its own configuration without one", async () => {
    const payload = '{"revision":1,"channels":"rgb","width":32}';
    const hash = transformationHash(parseTransformation({ channels: "rgb", width: 32 }));
    equal((await answer(event({ payload }))).hash, hash);
    equal(written()["x-amz-meta-frugal-ml-transformation"], hash);
    for (const none of ["", undefined]) {
      s3.answer(accept);
      equal((await answer(event({ payload: none }))).hash, "d8560b7658c7");
    }
  });

  it("maps what the source answers", async () => {
    for (const [status, answered, code] of [
      [403, 403, "AccessDenied"],
      [404, 404, "NoSuchKey"],
      [503, 503, "SlowDown"],
      [500, 500, "SourceFailed"],
      [400, 500, "SourceFailed"],
    ] as const) {
      source.answer(serveStatus(status));
      s3.answer(accept);
      await assertRefused(answer(), answered, code);
    }
  });

  it("does not follow a source elsewhere", async () => {
    source.answer(serveStatus(307, { location: `http://127.0.0.1:${s3.port}/` }));
    await assertRefused(answer(), 500, "SourceFailed");
  });

  it("answers when the source breaks off or is not there", async () => {
    source.answer((_, response) => {
      response.writeHead(200, { "content-length": PICTURE.length });
      response.write(PICTURE.subarray(0, 20), () => response.destroy());
    });
    await assertRefused(answer(), 500, "SourceFailed");
    s3.answer(accept);
    const gone = await startLoopback();
    await gone.close();
    const nowhere = event();
    if ("getObjectContext" in nowhere)
      nowhere.getObjectContext.inputS3Url = `http://127.0.0.1:${gone.port}/a/b%20c.png`;
    await assertRefused(answer(nowhere), 500, "SourceFailed");
  });

  it("answers before the deadline when the source does not", async function () {
    // The clock is the machine's: one that was away for a moment says nothing of the answer.
    this.retries(2);
    const stalls: Respond[] = [
      () => undefined,
      (_, response) => {
        response.writeHead(200).write(PICTURE.subarray(0, 20));
      },
    ];
    for (const stall of stalls) {
      source.answer(stall);
      s3.answer(accept);
      const started = performance.now();
      await assertRefused(answer(event(), 1_300), 503, "SourceTimeout");
      ok(performance.now() - started < 1_300);
    }
  });

  it("answers with the code of what is wrong with the object", async () => {
    const objects = [
      ["", "EmptyObject"],
      ["<svg/>", "UnsupportedFormat"],
      ["\xff\xd8\xff", "CorruptImage"],
    ] as const;
    for (const [object, code] of objects) {
      source.answer((_, response) => response.writeHead(200).end(Buffer.from(object, "latin1")));
      s3.answer(accept);
      await assertRefused(answer(), 400, code);
    }
  });

  it("does not read an object that is announced as too large", async () => {
    source.answer((_, response) => response.writeHead(200, { "content-length": 1e9 }).flushHeaders());
    await assertRefused(answer(), 400, "TooManyBytes");
  });

  it("refuses a payload it does not know, in one line of ASCII", async () => {
    for (const payload of ['{"tiefe":"8 Bit – ü"}', "256x256", '{"width":0,"height":0}']) {
      s3.answer(accept);
      await assertRefused(answer(event({ payload })), 400, "InvalidTransformation");
    }
    equal(source.requests.length, 0);
  });

  it("writes once even when S3 does not take the answer", async () => {
    s3.answer(serveStatus(403));
    const { status, error } = await answer();
    deepEqual([status, error?.code], [500, "AnswerNotTaken"]);
    ok(error?.cause instanceof S3ServiceException && error.cause.$metadata.httpStatusCode === 403);
    equal(s3.requests.length, 1);
  });
});
