import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { S3Client } from "@aws-sdk/client-s3";
import { ClassifyEnvironment } from "../../../contracts/classifyEnvironment";
import { Classifier } from "../../../functions/classify/classifier";
import { ClassifyService } from "../../../functions/classify/classifyService";
import { classifySettings } from "../../../functions/classify/classifySettings";
import type { LinkTransport } from "../../../functions/classify/link/linkTransport";
import { sharedOnce } from "../../../functions/classify/sharedOnce";

/** The example that is trained on handwritten digits. */
export const EXAMPLE = path.resolve(__dirname, "../../../examples/classifier");
export const MODEL = readFileSync(path.join(EXAMPLE, "model.onnx"));
export const LABELS = readFileSync(path.join(EXAMPLE, "labels.json"));

/** What the example's model expects of a picture. */
export const DIGITS_INPUT = { width: 28, height: 28, channels: "grey", mean: [0], scale: [1 / 255] };

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** One of the example's pictures that the model has not seen. */
export function digit(name: string): Buffer {
  return readFileSync(path.join(EXAMPLE, "pictures", name));
}

/** The environment of a function whose bucket `models` holds the example. */
export const DIGITS_ENVIRONMENT: Readonly<Record<string, string>> = {
  [ClassifyEnvironment.Model]: "s3://models/model.onnx",
  [ClassifyEnvironment.ModelSha256]: sha256(MODEL),
  [ClassifyEnvironment.Labels]: "s3://models/labels.json",
  [ClassifyEnvironment.LabelsSha256]: sha256(LABELS),
  [ClassifyEnvironment.Input]: JSON.stringify(DIGITS_INPUT),
};

/** What the handlers share, made of an environment. */
export function digitService(
  client: S3Client,
  folder: string,
  environment: Readonly<Record<string, string>> = {},
  transport?: LinkTransport,
): ClassifyService {
  const settings = classifySettings({ ...DIGITS_ENVIRONMENT, ...environment });
  return new ClassifyService(
    client,
    settings,
    sharedOnce(() => Classifier.load(client, settings, folder)),
    transport,
  );
}
