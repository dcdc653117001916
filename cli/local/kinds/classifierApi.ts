import path from "node:path";
import type { LocalApiEntry } from "../../../contracts/localManifest";
import { GraphInputs } from "../graphInputs";
import { LocalClassifier } from "../localClassifier";
import type { ResourceKind } from "../resourceKind";

/** A ClassifierApi. What it is made of runs by itself; this tells callers where. */
export const kind: ResourceKind = {
  types: ["frugal-ml:index:ClassifierApi"],

  async start(resource, plane) {
    const inputs = GraphInputs.of(resource);
    const outputs = GraphInputs.ofOutputs(resource);
    const authorization = inputs.text("authorization") ?? "iam";
    const [queueUrl, resultsUri] = [outputs.text("queueUrl"), outputs.text("resultsUri")];
    const resultsQueueUrl = outputs.text("resultsQueueUrl");
    const entry: LocalApiEntry = {
      name: resource.name,
      url: outputs.requiredText("url"),
      ...(authorization === "iam" && { signedFor: inputs.text("front") === "function-url" ? "lambda" : "execute-api" }),
      ...(queueUrl !== undefined && { queueUrl, pictureUris: outputs.textList("pictureUris") }),
      ...(resultsUri !== undefined && { resultsUri }),
      ...(resultsQueueUrl !== undefined && { resultsQueueUrl }),
    };
    const modelPath = inputs.text("modelPath");
    const file = modelPath === undefined ? undefined : path.resolve(plane.options.program, modelPath);
    plane.register(new LocalClassifier(entry, outputs.requiredText("functionName"), file), resource.urn);
    plane.describe("apis", entry);
  },
};
