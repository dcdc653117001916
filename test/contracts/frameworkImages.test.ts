import { deepEqual, equal, match, throws } from "node:assert/strict";
import { FRAMEWORK_IMAGES, FRAMEWORK_IMAGES_SOURCE, FRAMEWORK_REGISTRIES } from "../../contracts/frameworkImageData";
import {
  Framework,
  frameworkImage,
  frameworkImageUri,
  frameworkVersions,
  type ImageProcessor,
} from "../../contracts/frameworkImages";
import { InvalidInputError } from "../../contracts/problems";

function uri(framework: Framework, version: string, processor: ImageProcessor, region = "us-west-2"): string {
  const image = frameworkImage(framework, version, processor);
  return image === undefined ? "none" : frameworkImageUri(image, region);
}

describe("images of frameworks", () => {
  it("are where and what AWS's own SDK for Python says", () => {
    const deepLearning = "763104351884.dkr.ecr.us-west-2.amazonaws.com";
    const own = "246618743249.dkr.ecr.us-west-2.amazonaws.com";
    const cases: readonly (readonly [Framework, string, ImageProcessor, string])[] = [
      ["tensorflow", "2.16.1", "x86", `${deepLearning}/tensorflow-inference:2.16.1-cpu`],
      [
        "tensorflow",
        "2.16.1",
        "graviton",
        `${deepLearning}/tensorflow-inference-graviton:2.16.1-cpu-py310-ubuntu20.04-sagemaker`,
      ],
      ["pytorch", "2.6.0", "x86", `${deepLearning}/pytorch-inference:2.6.0-cpu-py312`],
      [
        "pytorch",
        "2.4.0",
        "graviton",
        `${deepLearning}/pytorch-inference-graviton:2.4.0-cpu-py311-ubuntu22.04-sagemaker`,
      ],
      [
        "huggingface",
        "4.49.0",
        "x86",
        `${deepLearning}/huggingface-pytorch-inference:2.6.0-transformers4.49.0-cpu-py312-ubuntu22.04`,
      ],
      ["mxnet", "1.9.0", "x86", `${deepLearning}/mxnet-inference:1.9.0-cpu-py38`],
      ["sklearn", "1.2-1", "x86", `${own}/sagemaker-scikit-learn:1.2-1-cpu-py3`],
      ["sklearn", "1.0-1", "graviton", `${own}/sagemaker-scikit-learn:1.0-1-arm64-cpu-py3`],
      ["xgboost", "1.7-1", "x86", `${own}/sagemaker-xgboost:1.7-1`],
      ["xgboost", "1.5-1", "graviton", `${own}/sagemaker-xgboost:1.5-1-arm64`],
    ];
    for (const [framework, version, processor, expected] of cases) equal(uri(framework, version, processor), expected);
  });

  it("differ in account from Region to Region, and in domain in China", () => {
    equal(uri("pytorch", "2.6", "x86", "eu-west-1").slice(0, 12), "763104351884");
    equal(uri("pytorch", "2.6", "x86", "ap-east-1").slice(0, 12), "871362719292");
    equal(uri("xgboost", "1.7-1", "x86", "eu-west-1").slice(0, 12), "141502667606");
    match(uri("xgboost", "1.7-1", "x86", "cn-north-1"), /^450853457545\.dkr\.ecr\.cn-north-1\.amazonaws\.com\.cn\//);
  });

  it("are found by the beginning of a version, the newest first, and never by half a number", () => {
    equal(frameworkImage("pytorch", "2.2", "graviton")?.tag, "2.2.1-cpu-py310-ubuntu20.04-sagemaker");
    equal(frameworkImage("pytorch", "2", "x86")?.tag, "2.6.0-cpu-py312");
    equal(frameworkImage("tensorflow", "2.1", "x86"), undefined);
    equal(frameworkImage("tensorflow", "", "x86"), undefined);
    equal(frameworkImage("tensorflow", "2.19", "graviton"), undefined);
    deepEqual(frameworkVersions("mxnet", "graviton"), []);
    deepEqual(frameworkVersions("xgboost", "graviton"), ["1.5-1", "1.3-1"]);
  });

  it("are refused in a Region that has none, naming those that have", () => {
    throws(
      () => uri("sklearn", "1.2-1", "x86", "mars-north-1"),
      (error) =>
        error instanceof InvalidInputError &&
        /region: given "mars-north-1"; allowed: one of af-south-1, /.test(error.message),
    );
  });

  it("are data: every framework, whole accounts, every Region once in a registry, and a source with its date", () => {
    deepEqual(Object.keys(FRAMEWORK_IMAGES).sort(), Object.values(Framework).sort());
    for (const registry of Object.values(FRAMEWORK_REGISTRIES)) {
      const regions = Object.values(registry).flatMap((names) => names.split(" "));
      equal(new Set(regions).size, regions.length);
      for (const account of Object.keys(registry)) match(account, /^\d{12}$/);
      for (const region of ["us-east-1", "us-west-2", "eu-west-1"]) equal(regions.includes(region), true, region);
    }
    match(FRAMEWORK_IMAGES_SOURCE.commit, /^[0-9a-f]{40}$/);
    equal(Number.isNaN(Date.parse(FRAMEWORK_IMAGES_SOURCE.publishedOn)), false);
  });
});
