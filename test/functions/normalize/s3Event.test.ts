import { deepEqual, equal, ok } from "node:assert/strict";
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import sharp from "sharp";
import { MAX_SOURCE_KEY_BYTES } from "../../../contracts/derived";
import { DEFAULT_TRANSFORMATION, type Transformation, transformationHash } from "../../../contracts/transformation";
import { normalizeImage } from "../../../functions/normalize/image";
import { imageTransformer } from "../../../functions/normalize/imageTransformer";
import { answerQueue, QueueEvent } from "../../../functions/normalize/s3Event";
import { startTestServer, type TestServer } from "../../cli/local/s3/testServer";

const SMALL: Transformation = { ...DEFAULT_TRANSFORMATION, width: 4, height: 4 };
const HASH = transformationHash(SMALL);

/** A message as S3 sends it, with the fields that the function does not read. */
function message(messageId: string, ...keys: string[]) {
  const records = keys.map((key) => ({
    eventSource: "aws:s3",
    eventName: "ObjectCreated:Put",
    s3: { bucket: { name: "originals" }, object: { key, sequencer: "00" } },
  }));
  return { messageId, body: JSON.stringify({ Records: records }), eventSource: "aws:sqs" as const };
}

describe("functions/normalize/s3Event", () => {
  let server: TestServer;
  let client: S3Client;
  let picture: Buffer;
  let requests: string[];

  before(async () => {
    picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: "#a05010" } })
      .png()
      .toBuffer();
  });

  beforeEach(async () => {
    server = await startTestServer();
    requests = [];
    server.server.on("request", ({ method, url }) => requests.push(`${method} ${url?.replace(/\?.*/, "")}`));
    client = server.client();
    await server.store.createBucket("originals", "Enabled");
    await server.store.createBucket("derived", "Enabled");
  });

  afterEach(() => server?.close());

  const put = (Key: string, Body: Uint8Array | string = picture) =>
    client.send(new PutObjectCommand({ Bucket: "originals", Key, Body }));

  async function answer(records: readonly object[], changes: object = {}, remainingMs = () => 30_000) {
    const source = {
      client,
      accessPoint: "originals",
      derivedBucket: "derived",
      transformer: imageTransformer(SMALL),
      ...changes,
    };
    const event = QueueEvent.parse({ Records: records });
    const { answer, outcomes } = await answerQueue(event, () => source, remainingMs);
    return {
      failed: answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier),
      codes: outcomes.map(({ error }) => error?.code),
    };
  }

  async function derived(): Promise<readonly string[]> {
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: "derived" }));
    return Contents.flatMap(({ Key }) => Key ?? []);
  }

  async function read(Key: string) {
    const { Body, Metadata, ContentType } = await client.send(new GetObjectCommand({ Bucket: "derived", Key }));
    return { bytes: await Body?.transformToByteArray(), Metadata, ContentType };
  }

  it("derives what an event names, and says of what", async () => {
    const { ETag, VersionId = "" } = await put("größe +1/a b.png");
    deepEqual(await answer([message("1", "gr%C3%B6%C3%9Fe+%2B1/a+b.png")]), { failed: [], codes: [undefined] });
    deepEqual(await derived(), [`${HASH}/größe +1/a b.png`]);
    const { bytes, Metadata, ContentType } = await read(`${HASH}/größe +1/a b.png`);
    deepEqual(Buffer.from(bytes ?? []), Buffer.from((await normalizeImage(picture, SMALL)).bytes));
    equal(ContentType, "image/jpeg");
    deepEqual(Metadata, {
      "frugal-ml-shape": "4x4x1",
      "frugal-ml-transformation": HASH,
      "frugal-ml-source-etag": ETag?.replaceAll('"', ""),
      "frugal-ml-source-version": VersionId,
    });
  });

  it("reads no original again that is derived already, and writes nothing", async () => {
    await put("a");
    await answer([message("1", "a")]);
    requests.length = 0;
    await answer([message("2", "a"), message("3", "a", "a")]);
    deepEqual([...requests].sort(), [
      `HEAD /derived/${HASH}/a`,
      `HEAD /derived/quarantine/${HASH}/a`,
      "HEAD /originals/a",
    ]);
  });

  it("follows deletions, and deletes nothing that is not gone", async () => {
    await put("a");
    await answer([message("1", "a")]);
    await server.store.delete("originals", "a");
    await answer([message("2", "a")]);
    deepEqual(await derived(), []);
    await put("a");
    await answer([message("1", "a")]);
    const gone = await answer([message("2", "a")], { accessPoint: "no-such-bucket" });
    deepEqual(gone.failed, ["2"]);
    deepEqual(await derived(), [`${HASH}/a`]);
  });

  it("puts what cannot be normalised into quarantine, once, and takes it out again", async () => {
    await put("a");
    await answer([message("1", "a")]);
    const { ETag, VersionId } = await put("a", "no picture");
    deepEqual(await answer([message("2", "a")]), { failed: [], codes: ["UnsupportedFormat"] });
    deepEqual(await derived(), [`quarantine/${HASH}/a`]);
    const entry = await read(`quarantine/${HASH}/a`);
    const { when, message: text, ...rest } = JSON.parse(Buffer.from(entry.bytes ?? []).toString("utf8"));
    deepEqual(rest, {
      key: "a",
      code: "UnsupportedFormat",
      sourceEtag: ETag?.replaceAll('"', ""),
      sourceVersion: VersionId,
    });
    ok(Math.abs(Date.now() - Date.parse(when)) < 60_000);
    ok(text.length > 0);
    equal(entry.ContentType, "application/json");
    requests.length = 0;
    deepEqual(await answer([message("3", "a")]), { failed: [], codes: [undefined] });
    equal(requests.filter((request) => !request.startsWith("HEAD")).length, 0);
    await put("a");
    await answer([message("4", "a")]);
    deepEqual(await derived(), [`${HASH}/a`]);
    await put("a", "");
    deepEqual((await answer([message("5", "a")])).codes, ["EmptyObject"]);
    await server.store.delete("originals", "a");
    await answer([message("6", "a")]);
    deepEqual(await derived(), []);
  });

  it("keeps placeholders readable, and lists them in quarantine too", async () => {
    const transformer = imageTransformer({ ...SMALL, onBadImage: "placeholder" });
    await put("a", "no picture");
    await answer([message("1", "a")], { transformer });
    deepEqual(await derived(), [`${transformer.hash}/a`, `quarantine/${transformer.hash}/a`].sort());
    equal((await read(`${transformer.hash}/a`)).Metadata?.["frugal-ml-placeholder"], "UnsupportedFormat");
    requests.length = 0;
    await answer([message("2", "a")], { transformer });
    equal(requests.length, 3);
    await put("a");
    await answer([message("3", "a")], { transformer });
    deepEqual(await derived(), [`${transformer.hash}/a`]);
    equal((await read(`${transformer.hash}/a`)).Metadata?.["frugal-ml-placeholder"], undefined);
  });

  it("answers which messages failed, and only those", async () => {
    await put("good");
    await put("also good");
    const test = { Service: "Amazon S3", Event: "s3:TestEvent", Bucket: "originals" };
    const { failed } = await answer([
      message("1", "good"),
      { messageId: "2", body: "not JSON", eventSource: "aws:sqs" },
      { messageId: "3", body: JSON.stringify(test), eventSource: "aws:sqs" },
      { messageId: "4", body: JSON.stringify({ Records: [{}] }), eventSource: "aws:sqs" },
      message("5", "%E0%A4%A"),
      message("6", "also+good", "never+there"),
    ]);
    deepEqual(failed.sort(), ["2", "4", "5"]);
    deepEqual(await derived(), [`${HASH}/also good`, `${HASH}/good`]);
  });

  it("leaves to another try what may pass: refusals, a store that is away, time that is over", async () => {
    await put("a");
    const denied = server.client({ credentials: { accessKeyId: "AKIDLOCAL", secretAccessKey: "wrong" } });
    const away = server.client({ endpoint: "http://127.0.0.1:1" });
    deepEqual((await answer([message("1", "a")], { client: denied })).failed, ["1"]);
    deepEqual((await answer([message("1", "a")], { client: away })).failed, ["1"]);
    const late = await answer([message("1", "a"), message("2", "b")], {}, () => 900);
    deepEqual(
      [late.failed, late.codes],
      [
        ["1", "2"],
        ["SourceTimeout", "SourceTimeout"],
      ],
    );
    deepEqual(await derived(), []);
    const unset = await answerQueue(
      QueueEvent.parse({ Records: [message("1", "a")] }),
      () => {
        throw new Error("no bucket is set");
      },
      () => 30_000,
    );
    deepEqual(unset.answer, { batchItemFailures: [{ itemIdentifier: "1" }] });
    deepEqual((await answer([message("1", "a")], { derivedBucket: "not-there" })).failed, ["1"]);
  });

  it("gives up an original whose key leaves no room, and says so", async () => {
    const longest = "k".repeat(MAX_SOURCE_KEY_BYTES);
    await put(longest);
    await put(`${longest}k`);
    deepEqual(await answer([message("1", longest), message("2", `${longest}k`)]), {
      failed: [],
      codes: ["KeyTooLong", undefined],
    });
    deepEqual(await derived(), [`${HASH}/${longest}`]);
  });

  it("is not taken for another service's event", () => {
    const sns = { Records: [{ EventSource: "aws:sns", Sns: { Message: "{}" } }] };
    equal(QueueEvent.safeParse(sns).success, false);
    equal(QueueEvent.safeParse({ Records: [{ ...message("1", "a"), eventSource: "aws:kinesis" }] }).success, false);
  });
});
