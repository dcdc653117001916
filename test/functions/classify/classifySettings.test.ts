import { deepEqual, equal, throws } from "node:assert/strict";
import { ClassifyEnvironment } from "../../../contracts/classifyEnvironment";
import { DEFAULT_CLASSIFY_LIMITS } from "../../../contracts/classifyLimits";
import { InvalidInputError } from "../../../contracts/problems";
import { classifySettings } from "../../../functions/classify/classifySettings";
import { DIGITS_ENVIRONMENT } from "./digitService";

describe("functions/classify/classifySettings", () => {
  const read = (changes: Readonly<Record<string, string>> = {}) =>
    classifySettings({ ...DIGITS_ENVIRONMENT, ...changes });

  it("fills in what is not said", () => {
    const { model, input, limits, topK, imageLink, defaultImage, results } = read();
    deepEqual([model.bucket, model.key], ["models", "model.onnx"]);
    deepEqual([input.width, input.layout, input.output], [28, "nhwc", "probabilities"]);
    deepEqual([limits, topK], [DEFAULT_CLASSIFY_LIMITS, 5]);
    deepEqual([imageLink, defaultImage, results], [undefined, undefined, undefined]);
  });

  it("reads what is said", () => {
    const settings = read({
      [ClassifyEnvironment.ImageLink]: '{"hosts":["*.example.com","[2606:2800::1]"],"schemes":["https","http"]}',
      [ClassifyEnvironment.DefaultImage]: "s3://models/a/b.png",
      [ClassifyEnvironment.Limits]: '{"bytes":1000,"redirects":0}',
      [ClassifyEnvironment.TopK]: "3",
      [ClassifyEnvironment.Results]: "s3://results/a",
    });
    deepEqual(settings.imageLink, { hosts: ["*.example.com", "[2606:2800::1]"], schemes: ["https", "http"] });
    deepEqual(settings.defaultImage, { bucket: "models", key: "a/b.png" });
    deepEqual(settings.limits, { ...DEFAULT_CLASSIFY_LIMITS, bytes: 1000, redirects: 0 });
    deepEqual(settings.results, { kind: "bucket", bucket: "results", prefix: "a" });
    const url = "https://sqs.eu-west-1.amazonaws.com/123456789012/results";
    deepEqual(read({ [ClassifyEnvironment.Results]: url }).results, { kind: "queue", url });
    equal(read({ [ClassifyEnvironment.ImageLink]: '{"hosts":["*"]}' }).imageLink?.schemes[0], "https");
  });

  it("says everything that is wrong at once", () => {
    const wrong = {
      [ClassifyEnvironment.Model]: "models/model.onnx",
      [ClassifyEnvironment.ModelSha256]: "ABC",
      [ClassifyEnvironment.Labels]: "s3://models",
      [ClassifyEnvironment.Input]: '{"width":0,"channels":"hsv","colour":1}',
      [ClassifyEnvironment.ImageLink]: '{"hosts":["Images.example","http://a"],"schemes":["ftp"],"ports":[80]}',
      [ClassifyEnvironment.DefaultImage]: "default.png",
      [ClassifyEnvironment.Limits]: "many",
      [ClassifyEnvironment.TopK]: "0",
      [ClassifyEnvironment.Results]: "results",
    };
    throws(
      () => read(wrong),
      (error: unknown) => {
        deepEqual(error instanceof InvalidInputError && error.problems.map(({ property }) => property).sort(), [
          "FRUGAL_ML_CLASSIFIER_INPUT.channels",
          "FRUGAL_ML_CLASSIFIER_INPUT.colour",
          "FRUGAL_ML_CLASSIFIER_INPUT.width",
          "FRUGAL_ML_CLASSIFY_LIMITS",
          "FRUGAL_ML_DEFAULT_IMAGE",
          "FRUGAL_ML_IMAGELINK.hosts[0]",
          "FRUGAL_ML_IMAGELINK.hosts[1]",
          "FRUGAL_ML_IMAGELINK.ports",
          "FRUGAL_ML_IMAGELINK.schemes[0]",
          "FRUGAL_ML_LABELS",
          "FRUGAL_ML_MODEL",
          "FRUGAL_ML_MODEL_SHA256",
          "FRUGAL_ML_RESULTS",
          "FRUGAL_ML_TOP_K",
        ]);
        return true;
      },
    );
    throws(() => read({ [ClassifyEnvironment.Input]: '{"channels":"grey","mean":[1,2,3]}' }), /one number for grey/);
    throws(() => classifySettings({}), InvalidInputError);
  });
});
