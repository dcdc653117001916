import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { captureGraph } from "../../../cli/graph/captureGraph";
import { ClassifierClient } from "../../../cli/job/classifierClient";
import { labelledPictures } from "../../../cli/job/labelledPictures";
import { classifyPart } from "../../../cli/job/parts/classify";
import { LocalClassifier } from "../../../cli/local/localClassifier";
import { LocalPlane } from "../../../cli/local/localPlane";
import { handmadePlane, REPOSITORY } from "../local/handmadePlane";
import { emptyManifest } from "./emptyManifest";

/** Says the same of every picture, in the wrong order, and follows every link. */
const CARELESS = `
exports.handler = async () => ({ return: [{ label: "zero", score: 0.2 }, { label: "one", score: 0.9 }] });`;

const run = (plane: LocalPlane, out: string) => classifyPart.run({ plane, out, progress: () => undefined });

describe("cli/job/parts/classify", function () {
  this.timeout(120_000);
  let folder: string;

  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "classify-"));
    mkdirSync(path.join(folder, "pictures"));
    const pictures = ["zero", "one", "two"].map((label) => ({ file: `${label}.png`, label }));
    for (const { file } of pictures) writeFileSync(path.join(folder, "pictures", file), file);
    writeFileSync(path.join(folder, "pictures.json"), JSON.stringify(pictures));
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  it("classifies what the model has not seen, one by one and through the queue, and finds everything hostile refused", async () => {
    const plane = await LocalPlane.listen({ port: 0, region: "us-east-1", program: REPOSITORY });
    try {
      const graph = await captureGraph({
        program: REPOSITORY,
        stack: "local",
        mode: "resolved",
        provider: plane.provider,
      });
      // The classifier alone: everything of it stands below it, and depends on nothing of the others.
      const resources = graph.resources.filter(({ urn }) => urn.includes("frugal-ml:index:ClassifierApi"));
      await plane.start({ ...graph, resources });
      deepEqual(plane.skipped, []);
      const [entry] = plane.manifest().apis;
      const { endpoint } = plane.cloud;
      deepEqual(entry, {
        name: "digits",
        url: `${endpoint}/_apis/digits-api/`,
        signedFor: "execute-api",
        queueUrl: `${endpoint}/123456789012/digits-queue`,
        pictureUris: ["s3://digits-bucket/pictures/"],
        resultsUri: "s3://digits-bucket/results/",
      });
      const { figures, failures, line } = await run(plane, folder);
      deepEqual(failures, []);
      deepEqual([figures.pictures, figures.refused], [40, 16]);
      ok(figures.correct >= 36, line);
      ok(figures.requests > 40 && figures.perSecond > 0 && figures.p50Ms <= figures.p99Ms, line);
      match(line, /^\d\d of 40 pictures right by digits: cold /);
    } finally {
      await plane.stop();
    }
  });

  it("says of a careless classifier what is wrong: order, labels, and each thing that it should have refused", async () => {
    const plane = await handmadePlane(async (stack) => {
      await stack.lambda("careless", CARELESS, { memorySize: 256, timeout: 10 });
      stack.url("careless", "NONE");
      stack.add("frugal-ml:index:ClassifierApi", "animals", {
        url: `${stack.plane.cloud.endpoint}/_functions/careless/`,
        authorization: "open",
        front: "function-url",
        functionName: "careless",
        modelPath: path.join(folder, "model.onnx"),
      });
    });
    try {
      deepEqual(plane.manifest().apis, [{ name: "animals", url: `${plane.cloud.endpoint}/_functions/careless/` }]);
      const { figures, failures } = await run(plane, folder);
      deepEqual([figures.pictures, figures.correct, figures.refused], [3, 1, 0]);
      deepEqual(failures.slice(0, 4), [
        "zero.png: labels are not in the order of their scores",
        "one.png: labels are not in the order of their scores",
        "two.png: labels are not in the order of their scores",
        "1 of 3 pictures are right; at least 90 % must be",
      ]);
      const followed = failures.slice(4);
      equal(followed.length, 14);
      for (const failure of followed) match(failure, /: answered 200 \{"return"/);
      ok(followed.some((failure) => failure.startsWith("http://169.254.169.254/")));
      ok(followed.some((failure) => failure.startsWith("a request that is not signed")));
    } finally {
      await plane.stop();
    }
  });

  it("has nothing to do without a classifier, or without pictures beside its model", async () => {
    const plane = await handmadePlane(() => undefined);
    try {
      deepEqual(await run(plane, folder), {
        line: "no classifier with pictures beside its model",
        figures: {
          pictures: 0,
          correct: 0,
          requests: 0,
          perSecond: 0,
          p50Ms: 0,
          p99Ms: 0,
          coldMs: 0,
          refused: 0,
        },
        failures: [],
      });
    } finally {
      await plane.stop();
    }
    const classifier = (model: string | undefined) => new LocalClassifier({ name: "a", url: "" }, "a", model);
    equal(await labelledPictures(classifier(undefined)), undefined);
    equal(await labelledPictures(classifier(path.join(folder, "pictures", "model.onnx"))), undefined);
  });

  it("refuses a list that names files elsewhere, or is none", async () => {
    for (const list of ['[{"file":"../../secret","label":"zero"}]', '{"file":"zero.png"}', "zero"]) {
      const other = mkdtempSync(path.join(folder, "list-"));
      writeFileSync(path.join(other, "pictures.json"), list);
      const classifier = new LocalClassifier({ name: "a", url: "" }, "a", path.join(other, "model.onnx"));
      await rejects(labelledPictures(classifier), list);
    }
  });

  it("takes nothing for an answer but labels with scores", async () => {
    const manifest = emptyManifest("http://127.0.0.1");
    const client = new ClassifierClient({ name: "a", url: "" }, manifest);
    const read = (body: string, status = 200) => client.read(new Response(body, { status }));
    const label = '{"label":"cat","score":0.5}';
    deepEqual(await read(`{"return":[${label}]}`), { labels: [{ label: "cat", score: 0.5 }], problem: undefined });
    for (const body of [
      "",
      "[]",
      '{"return":[]}',
      '{"return":[{"label":"","score":1}]}',
      '{"return":[{"label":"cat","score":1.5}]}',
      `{"return":[${Array(6).fill(label).join()}]}`,
      `{"return":[${label}],"more":1}`,
    ]) {
      match((await read(body)).problem ?? "", /which is not \{"return"/, body);
    }
    equal((await read('{"code":"CorruptImage"}', 422)).problem, '422 {"code":"CorruptImage"}');
  });
});
