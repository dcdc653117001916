import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { ClassifierApiArgs } from "../../components";
import { checkClassifierApiArgs } from "../../components/checkedClassifierApiArgs";
import { FILES, GIVEN, LABELS_SHA, MODEL_SHA } from "./classifierVariants";
import { properties } from "./optionProblems";
import { settled } from "./recordedProgram";

/** Problems as `property: given …; allowed: …`; empty when nothing is refused. */
function problems(args: ClassifierApiArgs, name = "digits"): readonly string[] {
  try {
    checkClassifierApiArgs(name, args);
    return [];
  } catch (error) {
    if (!pulumi.InputPropertiesError.isInstance(error)) throw error;
    return error.errors.map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`);
  }
}

const refused = (args: ClassifierApiArgs) => properties(problems({ ...FILES, ...args }));

describe("ClassifierApi arguments", () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "classifier-"));
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  it("need a model and its labels, each from one place, and a hash of what is not uploaded here", () => {
    deepEqual(problems(FILES), []);
    deepEqual(problems(GIVEN), []);
    deepEqual(problems({}), [
      "modelPath: given nothing; allowed: either modelPath or modelUri",
      "labelsPath: given nothing; allowed: either labelsPath or labelsUri",
    ]);
    deepEqual(properties(problems({ ...FILES, ...GIVEN })), ["modelPath", "labelsPath"]);
    deepEqual(properties(problems({ modelUri: GIVEN.modelUri, labelsUri: GIVEN.labelsUri })), [
      "modelUri",
      "labelsUri",
    ]);
    deepEqual(refused({ modelSha256: MODEL_SHA, labelsSha256: LABELS_SHA }), ["modelSha256", "labelsSha256"]);
    deepEqual(refused({ defaultImagePath: FILES.labelsPath, defaultImageUri: "s3://our-pictures/a.jpg" }), [
      "defaultImagePath",
    ]);
  });

  it("refuse files that are not there, empty, or no labels", () => {
    const file = (name: string, content: string) => {
      const at = path.join(folder, name);
      writeFileSync(at, content);
      return at;
    };
    deepEqual(refused({ modelPath: path.join(folder, "gone.onnx") }), ["modelPath"]);
    deepEqual(refused({ modelPath: folder }), ["modelPath"]);
    deepEqual(refused({ modelPath: file("empty.onnx", "") }), ["modelPath"]);
    deepEqual(refused({ defaultImagePath: path.join(folder, "gone.png") }), ["defaultImagePath"]);
    for (const content of ["cat\ndog", "{}", "[]", '["cat",1]', "null"]) {
      deepEqual(refused({ labelsPath: file("labels.json", content) }), ["labelsPath"], content);
    }
    deepEqual(refused({ labelsPath: file("labels.json", '["cat"]') }), []);
  });

  it("make room for a large model, and refuse less room or memory than it takes", () => {
    const model = path.join(folder, "large.onnx");
    writeFileSync(model, "");
    truncateSync(model, 520 * 1024 * 1024);
    // The file is read whole for its hash, so it is looked at no more often than it must be.
    deepEqual(refused({ modelPath: model, ephemeralStorageMb: 520, memorySize: 520 }), [
      "memorySize",
      "ephemeralStorageMb",
    ]);
    const fits = checkClassifierApiArgs("digits", { ...FILES, modelPath: model, memorySize: 521 });
    equal(fits.ephemeralStorageMb, 584);
    equal(checkClassifierApiArgs("digits", FILES).ephemeralStorageMb, 512);
  });

  it("take JWT with an issuer and audiences, for an HTTP API alone", () => {
    const jwt = { authorization: "jwt", jwtIssuer: "https://login.example.com/pool", jwtAudiences: ["app"] };
    deepEqual(refused(jwt), []);
    deepEqual(refused({ authorization: "jwt" }), ["jwtIssuer", "jwtAudiences"]);
    deepEqual(refused({ ...jwt, jwtIssuer: "http://login.example.com" }), ["jwtIssuer"]);
    deepEqual(refused({ ...jwt, jwtAudiences: [] }), ["jwtAudiences"]);
    deepEqual(refused({ ...jwt, front: "function-url" }), ["authorization"]);
    deepEqual(refused({ jwtIssuer: jwt.jwtIssuer, jwtAudiences: ["app"] }), ["jwtIssuer", "jwtAudiences"]);
    deepEqual(refused({ authorization: "none" }), ["authorization"]);
    deepEqual(refused({ front: "rest-api" }), ["front"]);
  });

  it("let an HTTP API wait 30 seconds, and a function URL be bounded by concurrency alone", () => {
    deepEqual(refused({ timeout: 30 }), []);
    deepEqual(refused({ timeout: 31 }), ["timeout"]);
    deepEqual(refused({ timeout: 900, front: "function-url" }), []);
    deepEqual(refused({ timeout: 901, front: "function-url" }), ["timeout"]);
    deepEqual(refused({ front: "function-url", throttleRate: 5, throttleBurst: 5 }), ["throttleRate", "throttleBurst"]);
  });

  it("check what a picture may be, where links may lead, and how much is answered", () => {
    deepEqual(
      refused({
        input: { width: 0, channels: "cmyk", mean: [1, 2] },
        limits: { bytes: 0, redirects: 11 },
        imageLinkHosts: ["https://pictures.example.com", "Pictures.example.com"],
        imageLinkSchemes: ["ftp"],
        topK: 0,
      }),
      [
        "input.width",
        "input.channels",
        "input.mean",
        "limits.bytes",
        "limits.redirects",
        "imageLink.hosts[0]",
        "imageLink.hosts[1]",
        "imageLink.schemes[0]",
        "topK",
      ],
    );
    deepEqual(refused({ imageLinkHosts: [] }), ["imageLink.hosts"]);
    deepEqual(refused({ imageLinkSchemes: ["https"] }), ["imageLinkSchemes"]);
    deepEqual(refused({ imageLinkHosts: ["*.example.com"], imageLinkSchemes: ["https"] }), []);
  });

  it("check sizes, concurrency, keys, days and alarms, all at once", () => {
    deepEqual(
      refused({
        memorySize: 64,
        runtime: "nodejs18.x",
        ephemeralStorageMb: 11_000,
        reservedConcurrency: -1,
        provisionedConcurrency: 1.5,
        throttleRate: 0,
        throttleBurst: 5001,
        kmsKeyArn: "alias/pictures",
        logKmsKeyArn: "alias/logs",
        logRetentionDays: 8,
        alarmTopics: [],
        alarmThresholds: { errorPercent: 101, durationPercent: 0 },
        tags: { "aws:x": "y" },
      }),
      [
        "alarmTopics",
        "alarmThresholds",
        "throttleRate",
        "throttleBurst",
        "memorySize",
        "ephemeralStorageMb",
        "runtime",
        "reservedConcurrency",
        "provisionedConcurrency",
        "reservedConcurrency",
        "logRetentionDays",
        "logKmsKeyArn",
        "kmsKeyArn",
        "alarmThresholds.errorPercent",
        "alarmThresholds.durationPercent",
        "tags.aws",
      ],
    );
    deepEqual(refused({ provisionedConcurrency: 5, reservedConcurrency: 4 }), ["reservedConcurrency"]);
    deepEqual(refused({ provisionedConcurrency: 5, reservedConcurrency: 5 }), []);
    deepEqual(refused({ reservedConcurrency: 0 }), []);
    for (const name of ["Digits", "9digits", "a_b", "a".repeat(41), ""]) {
      deepEqual(properties(problems(FILES, name)), ["name"], name);
    }
    deepEqual(problems(FILES, "a".repeat(40)), []);
  });

  it("check a stream as Lambda does", () => {
    deepEqual(refused({ stream: {} }), []);
    deepEqual(
      refused({
        stream: {
          pictureUris: ["s3://our-pictures/in"],
          results: "topic",
          resultsUri: "s3://our-results",
          batchSize: 10_001,
          batchWindowSeconds: 301,
          maximumConcurrency: 1,
          timeout: 901,
          maxReceives: 0,
        },
      }),
      [
        "stream.results",
        "stream.pictureUris[0]",
        "stream.resultsUri",
        "stream.batchSize",
        "stream.batchWindowSeconds",
        "stream.maximumConcurrency",
        "stream.timeout",
        "stream.maxReceives",
      ],
    );
    deepEqual(refused({ stream: { pictureUris: [] } }), ["stream.pictureUris"]);
    deepEqual(refused({ stream: { results: "queue", resultsUri: "s3://our-results/" } }), ["stream.resultsUri"]);
    deepEqual(refused({ stream: { batchSize: 11 } }), ["stream.batchWindowSeconds"]);
    deepEqual(refused({ stream: { batchSize: 11, batchWindowSeconds: 1 } }), []);
  });

  it("are checked when they arrive, where they are only known later", async () => {
    const checked = checkClassifierApiArgs("digits", {
      modelUri: pulumi.output("s3://our-models/"),
      modelSha256: pulumi.output("0A"),
      labelsUri: "s3://our-models/labels.json",
      labelsSha256: LABELS_SHA,
      timeout: pulumi.output(31),
      stream: { batchSize: pulumi.output(20), batchWindowSeconds: 0 },
    });
    const { model } = checked.objects;
    if (model === undefined || "local" in model) throw new Error("a model that is given");
    await rejects(settled(pulumi.output(model.uri)), /modelUri: given "s3:\/\/our-models\/"/);
    await rejects(settled(pulumi.output(model.sha256)), /modelSha256: given "0A"/);
    await rejects(
      settled(pulumi.output(checked.timeout)),
      /timeout: given 31; allowed: an integer from 1 to 30 seconds/,
    );
    const { batchWindowSeconds = 0 } = checked.stream ?? {};
    await rejects(settled(pulumi.output(batchWindowSeconds)), /at least 1 second with more than 10 messages/);
  });

  it("say what was given and what is allowed", () => {
    match(problems({ ...FILES, timeout: 60 }).join(), /^timeout: given 60; allowed: an integer from 1 to 30 seconds$/);
    match(
      problems({ modelUri: GIVEN.modelUri, labelsPath: FILES.labelsPath }).join(),
      /^modelUri: given an address alone; allowed: only together with modelSha256: what is replaced/,
    );
  });
});
