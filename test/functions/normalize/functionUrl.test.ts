import { deepEqual, equal, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { S3Client } from "@aws-sdk/client-s3";
import { DEFAULT_TRANSFORMATION } from "../../../contracts/transformation";
import { NORMALIZE_ERRORS, NormalizeError } from "../../../functions/normalize/errors";
import { answerFunctionUrl, FunctionUrlEvent } from "../../../functions/normalize/functionUrl";
import { normalizeImage } from "../../../functions/normalize/image";
import { imageTransformer } from "../../../functions/normalize/imageTransformer";
import { type Loopback, loopbackClient, type Respond, startLoopback } from "./loopback";

const PICTURE = readFileSync(path.join(__dirname, "goldens", "chart.png"));
const MODIFIED = "Tue, 10 Nov 2026 08:00:00 GMT";
const ALIAS = "images-abcdefghijklmnopqrstuvwxyz-s3alias";

const servePicture: Respond = (_, response) => {
  response.writeHead(200, { etag: '"0a1b"', "last-modified": MODIFIED, "content-length": PICTURE.length }).end(PICTURE);
};
const serveError =
  (status: number, code: string): Respond =>
  (_, response) =>
    response.writeHead(status, { "content-type": "application/xml" }).end(`<Error><Code>${code}</Code></Error>`);

describe("answers of the function URL", () => {
  let s3: Loopback;
  let client: S3Client;

  before(async () => {
    s3 = await startLoopback();
    client = loopbackClient(s3);
  });
  beforeEach(() => s3.answer(servePicture));
  after(async () => {
    client.destroy();
    await s3.close();
  });

  /** A request as payload format 2.0 passes it, read as the handler reads it. */
  function get(rawPath: string, { method = "GET", remainingMs = 30_000, headers = {}, query = "" } = {}) {
    const event = FunctionUrlEvent.parse({
      version: "2.0",
      rawPath,
      rawQueryString: query,
      headers: { host: "id.lambda-url.us-east-1.on.aws", ...headers },
      requestContext: { http: { method, path: rawPath, protocol: "HTTP/1.1", sourceIp: "192.0.2.1" } },
      isBase64Encoded: false,
    });
    const source = () => ({ client, accessPoint: ALIAS, transformer: imageTransformer(DEFAULT_TRANSFORMATION) });
    return answerFunctionUrl(event, source, remainingMs);
  }

  async function assertRefused(given: ReturnType<typeof get>, code: keyof typeof NORMALIZE_ERRORS): Promise<void> {
    const { answer, outcome } = await given;
    const { status, message } = NORMALIZE_ERRORS[code];
    const body: unknown = JSON.parse(Buffer.from(answer.body).toString("utf8"));
    deepEqual([answer.statusCode, outcome.status, outcome.error?.code], [status, status, code]);
    deepEqual(body, { code, message: outcome.error?.message });
    ok(outcome.error?.message.startsWith(message));
    deepEqual(answer.headers, {
      "content-type": "application/json",
      "content-length": String(answer.body.length),
      "x-frugal-ml-error": code,
      ...(code === "MethodNotAllowed" && { allow: "GET, HEAD" }),
    });
  }

  it("answers a GET with the picture, read through the access point", async () => {
    const { bytes } = await normalizeImage(PICTURE, DEFAULT_TRANSFORMATION);
    const { answer, outcome } = await get("/photos/a.png");
    equal(answer.statusCode, 200);
    deepEqual(answer.headers, {
      "content-type": "image/jpeg",
      "content-length": String(bytes.length),
      "x-frugal-ml-length": String(bytes.length),
      "accept-ranges": "bytes",
      "x-amz-meta-frugal-ml-shape": "256x256x1",
      "x-amz-meta-frugal-ml-transformation": "d8560b7658c7",
      etag: '"0a1b-d8560b7658c7"',
      "last-modified": MODIFIED,
    });
    ok(Buffer.from(answer.body).equals(bytes));
    deepEqual(outcome, {
      status: 200,
      key: "photos/a.png",
      hash: "d8560b7658c7",
      bytesIn: PICTURE.length,
      bytesOut: bytes.length,
    });
    deepEqual(
      s3.requests.map(({ method, url, headers }) => [method, url.split("?")[0], headers.host]),
      [["GET", "/photos/a.png", `${ALIAS}.s3.test:${s3.port}`]],
    );
  });

  it("reads the key that the path spells", async () => {
    for (const [rawPath, key] of [
      ["/a%20b/%C3%BC+%2F.png", "a b/ü+/.png"],
      ["//a", "/a"],
      ["/a/../b", "a/../b"],
    ] as const) {
      s3.answer(servePicture);
      equal((await get(rawPath)).outcome.key, key);
      equal(decodeURIComponent(s3.requests[0]?.url.split("?")[0] ?? ""), `/${key}`);
    }
  });

  it("answers nothing but GET and HEAD", async () => {
    for (const method of ["PUT", "POST", "DELETE", "OPTIONS"])
      await assertRefused(get("/a", { method }), "MethodNotAllowed");
    equal(s3.requests.length, 0);
  });

  it("refuses a path that names no key", async () => {
    for (const rawPath of ["/%", "/%zz", "/%ff"]) await assertRefused(get(rawPath), "InvalidRequest");
    equal(s3.requests.length, 0);
  });

  it("maps what the store answers", async () => {
    for (const [status, code, mapped] of [
      [403, "AccessDenied", "AccessDenied"],
      [404, "NoSuchKey", "NoSuchKey"],
      [503, "SlowDown", "SlowDown"],
      [500, "InternalError", "SourceFailed"],
    ] as const) {
      s3.answer(serveError(status, code));
      await assertRefused(get("/a"), mapped);
    }
    s3.answer((_, response) => response.destroy());
    await assertRefused(get("/a"), "SourceFailed");
  });

  it("answers before the deadline when the store does not", async function () {
    // The clock is the machine's: one that was away for a moment says nothing of the answer.
    this.retries(2);
    const stalls: Respond[] = [
      () => undefined,
      (_, response) => {
        response.writeHead(200, { "content-length": PICTURE.length }).write(PICTURE.subarray(0, 20));
      },
    ];
    for (const stall of stalls) {
      s3.answer(stall);
      const started = performance.now();
      await assertRefused(get("/a", { remainingMs: 1_300 }), "SourceTimeout");
      ok(performance.now() - started < 1_300);
    }
  });

  it("refuses what is no picture", async () => {
    s3.answer((_, response) => response.writeHead(200).end("%PDF-1.7"));
    await assertRefused(get("/a"), "UnsupportedFormat");
    s3.answer((_, response) => response.writeHead(200, { "content-length": 1e9 }).flushHeaders());
    await assertRefused(get("/a"), "TooManyBytes");
  });

  it("tells a reader of an unforeseen failure that there was one, and keeps why for the log", async () => {
    const event = FunctionUrlEvent.parse({ rawPath: "/a", requestContext: { http: { method: "GET" } } });
    const cause = new Error("password=hush");
    const fail = (): never => {
      throw cause;
    };
    const { answer, outcome } = await answerFunctionUrl(event, fail, 30_000);
    equal(answer.statusCode, 500);
    equal(Buffer.from(answer.body).toString().includes("hush"), false);
    ok(outcome.error instanceof NormalizeError);
    equal(outcome.error.cause, cause);
  });
});
