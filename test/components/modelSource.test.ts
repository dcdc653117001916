import { deepEqual, equal, match, rejects } from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { cloudPlace } from "../../components/cloudPlace";
import { imageUri } from "../../components/modelImage";
import { FRAMEWORK, properties, realTime, serverless } from "./optionProblems";
import { settled } from "./recordedProgram";

/** Whether an output's value is known, as at the engine's preview. */
async function known(output: pulumi.Output<unknown>): Promise<boolean> {
  const promise: unknown = await Reflect.get(output, "isKnown");
  return promise === true;
}

describe("Model sources", () => {
  it("are an own image or a framework's, and not both or neither", () => {
    deepEqual(realTime(), []);
    deepEqual(realTime({}, FRAMEWORK), []);
    deepEqual(realTime({}, {}), [
      "image: given neither image nor framework; allowed: one of the two: your own image, or AWS's of a framework",
    ]);
    deepEqual(properties(realTime(FRAMEWORK)), ["image"]);
    deepEqual(properties(realTime({ frameworkVersion: "2.4" })), ["frameworkVersion"]);
    deepEqual(properties(realTime({ image: "forecast:latest" })), ["image"]);
  });

  it("need a model for a framework's image, as an archive", () => {
    const needed =
      "modelDataUrl: given nothing; allowed: an s3:// address without * ? $ that ends with .tar.gz: AWS's images bring no model";
    deepEqual(realTime({ modelDataUrl: undefined }, FRAMEWORK), [needed]);
    for (const modelDataUrl of ["s3://our-models/churn/", "s3://our-models/*.tar.gz", "https://our.com/model.tar.gz"]) {
      deepEqual(properties(realTime({ modelDataUrl })), ["modelDataUrl"], modelDataUrl);
    }
  });

  it("are refused where AWS keeps no image for the processor, saying which there are", () => {
    deepEqual(realTime({ framework: "caffe" }, FRAMEWORK), [
      'framework: given "caffe"; allowed: one of tensorflow, pytorch, huggingface, mxnet, sklearn, xgboost',
    ]);
    deepEqual(realTime({ frameworkVersion: "2.6" }, FRAMEWORK), [
      'frameworkVersion: given "2.6"; allowed: for the Graviton processors of ml.c7g.large one of 2.4.0, 2.3.0, 2.2.1, 2.1.0, 2.0.1, or the beginning of one',
    ]);
    deepEqual(realTime({ frameworkVersion: "2.6", instanceType: "ml.c7i.large" }, FRAMEWORK), []);
    match(
      realTime({ framework: "huggingface", frameworkVersion: "4.49" }, FRAMEWORK)[0] ?? "",
      /none: AWS keeps no image of huggingface for the Graviton processors of ml\.c7g\.large; take an instance type with x86/,
    );
    deepEqual(serverless({ framework: "huggingface", frameworkVersion: "4.49" }, FRAMEWORK), []);
    deepEqual(properties(realTime({ frameworkVersion: undefined }, FRAMEWORK)), ["frameworkVersion"]);
  });

  it("stay unknown with the Region, and are refused in one that has no image once it is known", async () => {
    const framework = { registry: "sagemaker", repository: "sagemaker-xgboost", tag: "1.7-1" } as const;
    const later = pulumi.output(imageUri({ framework }, cloudPlace(pulumi.output(pulumi.unknown).apply(String))));
    equal(await known(later), false);
    const place = (region: string) => pulumi.output({ partition: "aws", region, account: "123456789012" });
    const there = pulumi.output(imageUri({ framework }, place("eu-west-1")));
    equal(await settled(there), "141502667606.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-xgboost:1.7-1");
    await rejects(
      settled(pulumi.output(imageUri({ framework }, place("mars-north-1")))),
      /region: given "mars-north-1"/,
    );
  });

  it("leave SageMaker's variables alone", () => {
    deepEqual(properties(realTime({ environment: { SAGEMAKER_BIND_TO_PORT: "1" } })), ["environment"]);
    deepEqual(properties(realTime({ environment: { "our-name": "1" } })), ["environment"]);
    const many = Object.fromEntries(Array.from({ length: 17 }, (_, n) => [`V${n}`, "1"]));
    deepEqual(properties(realTime({ environment: many })), ["environment"]);
  });
});
