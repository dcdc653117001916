// In a program of your own: import { ClassifierApi } from "frugal-ml";
import { ClassifierApi } from "../../components";

/** The digit model of this folder; train.py made it. Model and labels go up under their SHA-256, which the function checks. */
const digits = new ClassifierApi("digits", {
  modelPath: "model.onnx",
  labelsPath: "labels.json",
  defaultImagePath: "pictures/3-0.png",
  input: { width: 28, height: 28, channels: "grey", mean: [0], scale: [1 / 255] },
  imageLinkHosts: ["upload.wikimedia.org"],
  stream: { maximumConcurrency: 4 },
});

/** Where GET and POST go, signed for `execute-api`, and the queue for pictures that nobody waits for. */
export const url = digits.url;
export const queueUrl = digits.queueUrl;
export const results = digits.resultsUri;
