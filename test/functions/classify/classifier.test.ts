import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { mkdtemp, readdir, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { S3Client } from "@aws-sdk/client-s3";
import { ClassifyEnvironment } from "../../../contracts/classifyEnvironment";
import { Classifier } from "../../../functions/classify/classifier";
import { classifySettings } from "../../../functions/classify/classifySettings";
import { threads } from "../../../functions/classify/modelSession";
import { type Loopback, loopbackClient, startLoopback } from "../normalize/loopback";
import { DIGITS_ENVIRONMENT, DIGITS_INPUT, digit, digitService, EXAMPLE, LABELS, MODEL, sha256 } from "./digitService";

describe("functions/classify/classifier", () => {
  let s3: Loopback;
  let client: S3Client;
  let folder: string;
  const objects: Record<string, Buffer> = {};

  before(async () => {
    s3 = await startLoopback();
    client = loopbackClient(s3);
  });
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "frugal-ml-classifier-"));
    Object.assign(objects, { "model.onnx": MODEL, "labels.json": LABELS });
    s3.answer(({ url }, response) => response.writeHead(200).end(objects[path.basename(url.split("?")[0] ?? "")]));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  after(async () => {
    client.destroy();
    await s3.close();
  });

  const load = (environment: Readonly<Record<string, string>> = {}) =>
    Classifier.load(client, classifySettings({ ...DIGITS_ENVIRONMENT, ...environment }), folder);

  it("recognises pictures that the model has not seen", async () => {
    const truth = require(path.join(EXAMPLE, "pictures.json")) as { file: string; label: string }[];
    const classifier = await load();
    const wrong: string[] = [];
    for (const { file, label } of truth) {
      const [best] = await classifier.classify(digit(file));
      if (best?.label !== label) wrong.push(file);
    }
    equal(truth.length, 40);
    ok(wrong.length <= 2, `wrong: ${wrong}`);
  });

  it("gives the five best labels with their scores", async () => {
    const labels = await (await load()).classify(digit("7-0.png"));
    equal(labels.length, 5);
    equal(labels[0]?.label, "seven");
    deepEqual(
      labels.map(({ score }) => score),
      labels.map(({ score }) => score).sort((a, b) => b - a),
    );
    ok(labels.every(({ score }) => score >= 0 && score <= 1));
    equal((await (await load({ [ClassifyEnvironment.TopK]: "2" })).classify(digit("7-0.png"))).length, 2);
  });

  it("fetches the model once for all who wait for it, and again only when it has not come", async () => {
    const asked = () => s3.requests.map(({ url }) => path.basename(url.split("?")[0] ?? "")).sort();
    const service = digitService(client, folder);
    await Promise.all(Array.from({ length: 8 }, () => service.classifier()));
    await service.classifier();
    deepEqual(asked(), ["labels.json", "model.onnx"]);
    deepEqual((await readdir(folder)).sort(), [sha256(LABELS), sha256(MODEL)].sort());
    // Another process of the same instance finds what this one left.
    await load();
    equal(asked().length, 2);

    await rm(folder, { recursive: true });
    const other = digitService(client, folder);
    s3.answer((_, response) => response.writeHead(503).end());
    const failed = await Promise.allSettled([other.classifier(), other.classifier()]);
    deepEqual(
      failed.map((each) => each.status === "rejected" && each.reason.code),
      ["ModelUnavailable", "ModelUnavailable"],
    );
    deepEqual(asked(), ["labels.json", "model.onnx"]);
    s3.answer(({ url }, response) => response.writeHead(200).end(objects[path.basename(url.split("?")[0] ?? "")]));
    ok(await other.classifier());
  });

  it("never uses a file that is broken, cut short or another's", async () => {
    objects["model.onnx"] = Buffer.concat([MODEL, Buffer.from([0])]);
    await rejects(load(), { code: "ModelMismatch" });
    s3.answer((_, response) => {
      response.writeHead(200, { "content-length": MODEL.length }).write(MODEL.subarray(0, 1000));
      setTimeout(() => response.destroy(), 20);
    });
    await rejects(load(), { code: "ModelUnavailable" });
    s3.answer((_, response) => response.writeHead(404).end());
    await rejects(load(), { code: "ModelUnavailable" });
    deepEqual(
      (await readdir(folder)).filter((name) => name !== sha256(LABELS)),
      [],
    );

    await writeFile(path.join(folder, sha256(MODEL)), MODEL);
    await truncate(path.join(folder, sha256(MODEL)), 1000);
    objects["model.onnx"] = MODEL;
    s3.answer(({ url }, response) => response.writeHead(200).end(objects[path.basename(url.split("?")[0] ?? "")]));
    ok(await load());
  });

  it("says what does not fit", async () => {
    const reason = async (environment: Readonly<Record<string, string>>): Promise<string> => {
      const failure = await load(environment).then(
        () => undefined,
        (error: unknown) => error as { code: string; cause: Error },
      );
      equal(failure?.code, "ModelInvalid");
      return failure?.cause.message ?? "";
    };
    const input = (changes: object) => ({
      [ClassifyEnvironment.Input]: JSON.stringify({ ...DIGITS_INPUT, ...changes }),
    });
    equal(await reason(input({ width: 32 })), "its input has the shape 1,28,28,1; configured: 1,28,32,1");
    equal(await reason(input({ layout: "nchw" })), "its input has the shape 1,28,28,1; configured: 1,1,28,28");
    const fewer = Buffer.from('["zero","one"]');
    objects["labels.json"] = fewer;
    const labels = (bytes: Buffer) => ({ [ClassifyEnvironment.LabelsSha256]: sha256(bytes) });
    equal(await reason(labels(fewer)), "its output has the shape 1,10; labels: 2");
    const text = Buffer.from("zero\none\n");
    objects["labels.json"] = text;
    ok((await reason(labels(text))).length > 0);
    const noModel = Buffer.from("this is no model");
    Object.assign(objects, { "model.onnx": noModel, "labels.json": LABELS });
    ok((await reason({ [ClassifyEnvironment.ModelSha256]: sha256(noModel) })).length > 0);
  });

  it("runs on the vCPUs of the function's memory", () => {
    deepEqual(
      [0, 128, 1536, 1769, 1792, 3008, 3538, 10_240].map((memory) => threads(memory)),
      [1, 1, 1, 1, 1, 2, 2, 6],
    );
  });
});
