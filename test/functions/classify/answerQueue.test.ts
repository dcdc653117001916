import { deepEqual, equal, ok } from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import type { SQSClient } from "@aws-sdk/client-sqs";
import { ClassifyEnvironment } from "../../../contracts/classifyEnvironment";
import { answerQueue } from "../../../functions/classify/answerQueue";
import type { ClassifyService } from "../../../functions/classify/classifyService";
import { ClassifyError } from "../../../functions/classify/errors";
import { type PictureResult, resultId, resultKey } from "../../../functions/classify/pictureResult";
import { type ResultSink, resultSink } from "../../../functions/classify/resultSink";
import { startTestServer, type TestServer } from "../../cli/local/s3/testServer";
import { digit, digitService, LABELS, MODEL, sha256 } from "./digitService";
import { type PictureHost, startPictureHost } from "./link/pictureHost";

const PLACE = { kind: "bucket", bucket: "results", prefix: "out" } as const;

describe("functions/classify/answerQueue", () => {
  let server: TestServer;
  let host: PictureHost;
  let client: S3Client;
  let folder: string;
  let service: ClassifyService;
  let sink: ResultSink;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "frugal-ml-queue-"));
    [server, host] = await Promise.all([startTestServer(), startPictureHost({ "inside.example": [["10.0.0.1"]] })]);
    client = server.client();
    for (const bucket of ["models", "pictures", "results"]) await server.store.createBucket(bucket);
    await put("models", "model.onnx", MODEL);
    await put("models", "labels.json", LABELS);
    await put("pictures", "größe +1/seven.png", digit("7-0.png"));
    await put("pictures", "three.jpg", digit("3-0.jpg"));
    await put("pictures", "text", Buffer.from("no picture"));
    service = digitService(client, folder, { [ClassifyEnvironment.ImageLink]: '{"hosts":["*"]}' }, host.transport);
    sink = resultSink(PLACE, { s3: client, sqs: () => queue([]) });
  });
  after(async () => {
    await Promise.all([server.close(), host.close(), rm(folder, { recursive: true, force: true })]);
  });

  const put = (Bucket: string, Key: string, Body: Buffer) => client.send(new PutObjectCommand({ Bucket, Key, Body }));

  /** A client that keeps what is sent. */
  function queue(sent: unknown[]): SQSClient {
    return { send: async ({ input }: { input: unknown }) => void sent.push(input) } as unknown as SQSClient;
  }

  async function answer(bodies: readonly unknown[], { to = sink, remainingMs = 20_000 } = {}) {
    const Records = bodies.map((body, index) => ({
      messageId: String(index),
      body: typeof body === "string" ? body : JSON.stringify(body),
      eventSource: "aws:sqs",
    }));
    const { answer, outcomes } = await answerQueue(
      { Records },
      () => service,
      () => to,
      remainingMs,
    );
    const failed = answer.batchItemFailures.map(({ itemIdentifier }) => Number(itemIdentifier));
    return { failed: failed.sort(), codes: outcomes.map(({ error }) => error?.code ?? "ok").sort() };
  }

  async function result(key: string): Promise<PictureResult> {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: "results", Key: key }));
    return JSON.parse((await Body?.transformToString()) ?? "");
  }

  async function results(): Promise<readonly string[]> {
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: "results" }));
    return Contents.flatMap(({ Key }) => Key ?? []);
  }

  it("puts a result beside each picture that a message names", async () => {
    host.answer((_, response) => response.writeHead(200, { "content-type": "image/jpeg" }).end(digit("8-0.jpg")));
    const notification = {
      Records: [
        {
          eventName: "ObjectCreated:Put",
          s3: { bucket: { name: "pictures" }, object: { key: "gr%C3%B6%C3%9Fe+%2B1/seven.png" } },
        },
        { eventName: "ObjectRemoved:Delete", s3: { bucket: { name: "pictures" }, object: { key: "gone" } } },
      ],
    };
    const link = { imagelink: "https://images.example/8.jpg" };
    const asked = [notification, { bucket: "pictures", key: "three.jpg" }, link, { Event: "s3:TestEvent" }];
    deepEqual(await answer(asked), { failed: [], codes: ["ok", "ok", "ok"] });
    const id = resultId(link, sha256(MODEL));
    deepEqual(await results(), [
      `out/links/${id}.json`,
      "out/pictures/größe +1/seven.png.json",
      "out/pictures/three.jpg.json",
    ]);
    const { return: labels, ...rest } = await result("out/pictures/größe +1/seven.png.json");
    const source = { bucket: "pictures", key: "größe +1/seven.png" };
    equal(labels?.length, 5);
    equal(labels?.[0]?.label, "seven");
    const { ETag = "" } = await client.send(new HeadObjectCommand({ Bucket: source.bucket, Key: source.key }));
    deepEqual(rest, {
      id: resultId(source, sha256(MODEL)),
      source,
      model: sha256(MODEL),
      etag: ETag.replaceAll('"', ""),
    });
    equal((await result(`out/links/${id}.json`)).return?.[0]?.label, "eight");
  });

  it("writes the same result under the same key when a message comes again", async () => {
    const message = { bucket: "pictures", key: "three.jpg" };
    await answer([message]);
    const [first, keys] = [await result("out/pictures/three.jpg.json"), await results()];
    await answer([message, message]);
    deepEqual(await result("out/pictures/three.jpg.json"), first);
    deepEqual(await results(), keys);
  });

  it("says of what can never be classified why, and is done with it", async () => {
    const refused = { imagelink: "https://inside.example/" };
    const asked = [{ bucket: "pictures", key: "text" }, { bucket: "pictures", key: "none" }, refused];
    deepEqual(await answer(asked), { failed: [], codes: ["LinkAddressRefused", "NoSuchObject", "UnsupportedFormat"] });
    const { error, ...rest } = await result("out/pictures/text.json");
    equal(error?.code, "UnsupportedFormat");
    equal("return" in rest, false);
  });

  it("leaves in the queue what is none of ours or may succeed later, and goes on with the rest", async () => {
    host.answer((_, response) => response.writeHead(503).end());
    const asked = [
      "no JSON",
      { imagelink: 5 },
      { bucket: "pictures" },
      { bucket: "no-such-bucket-here", key: "a" },
      { imagelink: "https://images.example/" },
      { bucket: "pictures", key: "three.jpg" },
      { Records: [{ s3: { bucket: { name: "pictures" }, object: { key: "%zz" } } }] },
    ];
    const { failed, codes } = await answer(asked);
    deepEqual(failed, [0, 1, 2, 4, 6]);
    deepEqual(codes, [
      "InvalidRequest",
      "InvalidRequest",
      "InvalidRequest",
      "InvalidRequest",
      "LinkFailed",
      "NoSuchObject",
      "ok",
    ]);
  });

  it("leaves in the queue what has no place for its result, or no time", async () => {
    const lost = resultSink({ ...PLACE, bucket: "no-such-bucket-here" }, { s3: client, sqs: () => queue([]) });
    const message = { bucket: "pictures", key: "three.jpg" };
    deepEqual(await answer([message, { bucket: "pictures", key: "text" }], { to: lost }), {
      failed: [0, 1],
      codes: ["ResultsFailed", "ResultsFailed"],
    });
    const unset = () => {
      throw new ClassifyError("InvalidConfiguration");
    };
    const { answer: unsetAnswer } = await answerQueue(
      { Records: [{ messageId: "a", body: JSON.stringify(message) }] },
      () => service,
      unset,
      20_000,
    );
    deepEqual(unsetAnswer, { batchItemFailures: [{ itemIdentifier: "a" }] });
    host.answer(() => undefined);
    const started = performance.now();
    const late = await answer([{ imagelink: "https://images.example/" }, message, message], { remainingMs: 3000 });
    deepEqual(late.failed.includes(0), true);
    ok(performance.now() - started < 3000);
  });

  it("sends results to a queue, and to a FIFO queue once for each id", async () => {
    const sent: { QueueUrl?: string; MessageBody?: string; MessageDeduplicationId?: string }[] = [];
    for (const url of [
      "https://sqs.us-east-1.amazonaws.com/1/results",
      "https://sqs.us-east-1.amazonaws.com/1/results.fifo",
    ]) {
      const to = resultSink({ kind: "queue", url }, { s3: client, sqs: () => queue(sent) });
      deepEqual(await answer([{ bucket: "pictures", key: "three.jpg" }], { to }), { failed: [], codes: ["ok"] });
    }
    const [plain, fifo] = sent;
    const body = JSON.parse(plain?.MessageBody ?? "") as PictureResult;
    equal(body.return?.[0]?.label, "three");
    deepEqual(Object.keys(plain ?? {}), ["QueueUrl", "MessageBody"]);
    deepEqual(
      { ...fifo, MessageBody: JSON.parse(fifo?.MessageBody ?? "") },
      {
        QueueUrl: "https://sqs.us-east-1.amazonaws.com/1/results.fifo",
        MessageBody: body,
        MessageGroupId: body.id,
        MessageDeduplicationId: body.id,
      },
    );
  });

  it("keeps keys of results within what S3 takes", () => {
    const source = { bucket: "b", key: "ö".repeat(511) };
    equal(resultKey({ id: "id", source }, ""), "long/id.json");
    equal(resultKey({ id: "id", source: { bucket: "b", key: "k" } }, "a/b/"), "a/b/b/k.json");
  });
});
