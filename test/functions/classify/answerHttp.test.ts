import { deepEqual, equal, ok } from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { S3Client } from "@aws-sdk/client-s3";
import { ClassifyEnvironment } from "../../../contracts/classifyEnvironment";
import { answerHttp } from "../../../functions/classify/answerHttp";
import type { ClassifyService } from "../../../functions/classify/classifyService";
import { CLASSIFY_ERRORS, type ClassifyErrorCode } from "../../../functions/classify/errors";
import { type Loopback, loopbackClient, type Respond, startLoopback } from "../normalize/loopback";
import { digit, digitService, LABELS, MODEL } from "./digitService";
import { type PictureHost, startPictureHost } from "./link/pictureHost";

const SEVEN = digit("7-0.png");

describe("functions/classify/answerHttp", () => {
  let s3: Loopback;
  let host: PictureHost;
  let client: S3Client;
  let folder: string;
  let service: ClassifyService;

  const serve: Respond = ({ url }, response) => {
    const objects: Record<string, Buffer> = {
      "model.onnx": MODEL,
      "labels.json": LABELS,
      "default.png": digit("3-0.png"),
    };
    const found = objects[path.basename(url.split("?")[0] ?? "")];
    response.writeHead(found === undefined ? 404 : 200).end(found);
  };

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "frugal-ml-http-"));
    [s3, host] = await Promise.all([startLoopback(), startPictureHost({ "inside.example": [["10.0.0.1"]] })]);
    client = loopbackClient(s3);
  });
  beforeEach(() => {
    s3.answer(serve);
    host.answer((_, response) => response.writeHead(200, { "content-type": "image/png" }).end(SEVEN));
    service = serviceOf({
      [ClassifyEnvironment.ImageLink]: '{"hosts":["*"]}',
      [ClassifyEnvironment.DefaultImage]: "s3://models/default.png",
    });
  });
  after(async () => {
    client.destroy();
    await Promise.all([s3.close(), host.close(), rm(folder, { recursive: true, force: true })]);
  });

  function serviceOf(environment: Readonly<Record<string, string>>): ClassifyService {
    return digitService(client, folder, environment, host.transport);
  }

  /** A request as payload format 2.0 passes it. */
  async function ask({
    method = "GET",
    query = "",
    body = undefined as string | undefined,
    isBase64Encoded = false,
    remainingMs = 20_000,
  }) {
    const event = {
      version: "2.0",
      routeKey: "$default",
      rawPath: "/",
      rawQueryString: query,
      headers: { "content-type": "application/octet-stream" },
      requestContext: { http: { method, path: "/", protocol: "HTTP/1.1", sourceIp: "192.0.2.1" } },
      ...(body !== undefined && { body }),
      isBase64Encoded,
    };
    const { answer, outcome } = await answerHttp(event, () => service, remainingMs);
    return {
      ...answer,
      body: JSON.parse(answer.body) as { return?: { label: string }[]; code?: string; message?: string },
      outcome,
    };
  }

  async function assertRefused(asked: ReturnType<typeof ask>, code: ClassifyErrorCode): Promise<void> {
    const { statusCode, headers, body, outcome } = await asked;
    deepEqual(
      [statusCode, outcome.status, outcome.error?.code],
      [CLASSIFY_ERRORS[code].status, CLASSIFY_ERRORS[code].status, code],
    );
    deepEqual(body, { code, message: outcome.error?.message });
    ok(body.message?.startsWith(CLASSIFY_ERRORS[code].message));
    deepEqual(headers, {
      "content-type": "application/json",
      "x-frugal-ml-error": code,
      ...(code === "MethodNotAllowed" && { allow: "GET, POST" }),
    });
  }

  const link = (text: string) => `imagelink=${encodeURIComponent(text)}`;

  it("answers a link with the five best labels", async () => {
    const { statusCode, headers, body, outcome } = await ask({ query: link("https://images.example/7.png?a=b&c=d") });
    equal(statusCode, 200);
    deepEqual(headers, { "content-type": "application/json" });
    deepEqual(Object.keys(body), ["return"]);
    equal(body.return?.length, 5);
    equal(body.return?.[0]?.label, "seven");
    deepEqual(Object.keys(body.return?.[0] ?? {}), ["label", "score"]);
    deepEqual(outcome, { status: 200, bytesIn: SEVEN.length, label: "seven" });
    deepEqual(
      host.requests.map(({ url }) => url),
      ["/7.png?a=b&c=d"],
    );
  });

  it("answers no link with the default image, which it fetches once", async () => {
    await service.classifier();
    s3.answer(serve);
    for (let turn = 0; turn < 3; turn++) equal((await ask({})).body.return?.[0]?.label, "three");
    equal(s3.requests.length, 1);
    service = serviceOf({});
    await assertRefused(ask({}), "NoImage");
  });

  it("is not held up by a body of line breaks, for which a pattern that tries each as the last needs minutes", async () => {
    await assertRefused(ask({ method: "POST", body: `${"\n".repeat(300_000)}!` }), "UnsupportedFormat");
  });

  it("answers bytes, sent as they are or as base64", async () => {
    const base64 = SEVEN.toString("base64");
    const lines = base64.replace(/.{76}/g, "$&\r\n");
    for (const given of [
      { body: base64, isBase64Encoded: true },
      { body: base64 },
      { body: `${lines}\r\n` },
      { body: Buffer.from(base64).toString("base64"), isBase64Encoded: true },
    ]) {
      equal((await ask({ method: "POST", ...given })).body.return?.[0]?.label, "seven");
    }
  });

  it("refuses what is no picture", async () => {
    await assertRefused(ask({ method: "POST" }), "EmptyImage");
    await assertRefused(ask({ method: "POST", body: "" }), "EmptyImage");
    await assertRefused(ask({ method: "POST", body: "{}" }), "UnsupportedFormat");
    const cut = SEVEN.subarray(0, 60).toString("base64");
    await assertRefused(ask({ method: "POST", body: cut, isBase64Encoded: true }), "CorruptImage");
    host.answer((_, response) => response.writeHead(200, { "content-type": "text/html" }).end("<p>"));
    await assertRefused(ask({ query: link("https://images.example/") }), "LinkTypeRefused");
  });

  it("refuses other requests", async () => {
    for (const method of ["PUT", "DELETE", "HEAD", "OPTIONS"]) await assertRefused(ask({ method }), "MethodNotAllowed");
    await assertRefused(ask({ query: "imagelink=a&imagelink=b" }), "InvalidRequest");
    await assertRefused(ask({ method: "POST", body: "x", query: link("https://images.example/") }), "InvalidRequest");
    const { answer } = await answerHttp({ Records: [] }, () => service, 20_000);
    equal(answer.statusCode, 400);
  });

  it("follows links only where it may", async () => {
    await assertRefused(ask({ query: link("https://inside.example/") }), "LinkAddressRefused");
    await assertRefused(ask({ query: link("http://images.example/") }), "LinkSchemeRefused");
    await assertRefused(ask({ query: "imagelink=" }), "LinkInvalid");
    deepEqual(host.connections, []);
    service = serviceOf({});
    await assertRefused(ask({ query: link("https://images.example/") }), "LinksOff");
  });

  it("answers before its time is over", async function () {
    // The clock is the machine's: one that was away for a moment says nothing of the answer.
    this.retries(2);
    host.answer(() => undefined);
    const started = performance.now();
    await assertRefused(ask({ query: link("https://images.example/"), remainingMs: 800 }), "Timeout");
    ok(performance.now() - started < 800);
  });

  it("tells a caller of an unforeseen failure that there was one, and keeps why for the log", async () => {
    const cause = new Error("password=hush");
    const { answer, outcome } = await answerHttp(
      { requestContext: { http: { method: "GET" } } },
      () => {
        throw cause;
      },
      20_000,
    );
    equal(answer.statusCode, 500);
    equal(answer.body.includes("hush"), false);
    equal(outcome.error?.cause, cause);
  });
});
