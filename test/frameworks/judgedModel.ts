import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { type ClassifierInput, InputChannels } from "../../contracts/classifierInput";
import { ClassifyEnvironment } from "../../contracts/classifyEnvironment";
import { Classifier } from "../../functions/classify/classifier";
import { classifySettings } from "../../functions/classify/classifySettings";
import { loopbackClient, startLoopback } from "../functions/normalize/loopback";
import { pageSpan } from "./pageSnippets";

const run = promisify(execFile);

/** By how much two probabilities may differ: the function gives them to five decimals. */
const TOLERANCE = 0.00001;

/**
 * Lets the function that classifies have the folder's `model.onnx`, with the checksums of the page's own command, and compares
 * its answer on a picture with the framework's.
 * @param picture a file that holds the samples which the framework was given
 * @param probabilities the framework's answer, one a label
 * @returns what was found
 * @throws Error when the answers differ, or when they agree though red and blue are exchanged
 */
export async function judgedModel(
  folder: string,
  input: ClassifierInput,
  picture: Uint8Array,
  probabilities: readonly number[],
): Promise<string> {
  const [best = -1] = [...probabilities.keys()].sort((a, b) => (probabilities[b] ?? 0) - (probabilities[a] ?? 0));
  const found = await classified(folder, input, picture, probabilities.length);
  const difference = largestDifference(found, probabilities);
  const [first] = found.keys();
  if (first !== best || difference > TOLERANCE) {
    const ours = JSON.stringify([...found]);
    throw new Error(`differs by ${difference}; the framework: ${JSON.stringify(probabilities)}; ours: ${ours}`);
  }
  const exchanged = await classified(folder, { ...input, channels: InputChannels.Bgr }, picture, probabilities.length);
  if (largestDifference(exchanged, probabilities) <= TOLERANCE)
    throw new Error("the answer does not depend on colours");
  return `label ${first} with ${found.get(first)}, each of ${found.size} as the framework's within ${TOLERANCE.toFixed(5)}`;
}

/** Scores by label, the best first. */
async function classified(
  folder: string,
  input: ClassifierInput,
  picture: Uint8Array,
  labels: number,
): Promise<ReadonlyMap<number, number>> {
  const names = JSON.stringify([...Array(labels).keys()].map(String));
  await writeFile(path.join(folder, "labels.json"), names);
  const { stdout } = await run("sh", ["-euc", pageSpan("sha256sum ").code], { cwd: folder });
  const checksum = (file: string): string =>
    stdout
      .split("\n")
      .find((line) => line.endsWith(` ${file}`))
      ?.split(" ")[0] ?? "";
  const settings = classifySettings({
    [ClassifyEnvironment.Model]: "s3://models/model.onnx",
    [ClassifyEnvironment.ModelSha256]: checksum("model.onnx"),
    [ClassifyEnvironment.Labels]: "s3://models/labels.json",
    [ClassifyEnvironment.LabelsSha256]: checksum("labels.json"),
    [ClassifyEnvironment.Input]: JSON.stringify(input),
    [ClassifyEnvironment.TopK]: String(labels),
  });
  const objects = new Map<string, Buffer>();
  for (const { key } of [settings.model, settings.labels]) objects.set(key, await readFile(path.join(folder, key)));
  const s3 = await startLoopback();
  s3.answer(({ url }, response) => response.writeHead(200).end(objects.get(path.basename(url.split("?")[0] ?? ""))));
  const client = loopbackClient(s3);
  try {
    const classifier = await Classifier.load(client, settings, path.join(folder, "fetched"));
    return new Map((await classifier.classify(picture)).map(({ label, score }) => [Number(label), score]));
  } finally {
    client.destroy();
    await s3.close();
  }
}

function largestDifference(found: ReadonlyMap<number, number>, probabilities: readonly number[]): number {
  return Math.max(...probabilities.map((probability, label) => Math.abs(probability - (found.get(label) ?? -1))));
}
