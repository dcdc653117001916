import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import * as z from "zod";
import { ClassifyEnvironment, ClassifyHandler } from "../../contracts/classifyEnvironment";
import type { FunctionProcess, FunctionProcessOptions } from "./functionProcess";
import { LoopbackStore } from "./loopbackStore";

const EXAMPLE = path.resolve(__dirname, "../../examples/classifier");

/** Pictures that are asked about: an emulated processor takes its time. */
const PICTURES = 6;

/** Processors may round the sums of a layer otherwise. */
const MAX_SCORE_DIFFERENCE = 0.001;

const Truth = z.array(z.object({ file: z.string(), label: z.string() }));
const Answer = z.object({ statusCode: z.number(), body: z.string() });
const Labels = z.object({ return: z.array(z.object({ label: z.string(), score: z.number() })) });

/** Starts the unpacked function in a process of one of the processors. */
export type StartClassifier = (
  options: Pick<FunctionProcessOptions, "environment" | "handler">,
) => Promise<FunctionProcess>;

/**
 * Pictures of the example through the HTTP API's event on both processors: the same best label, the right one, with scores
 * that differ by no more than rounding.
 * @returns what is not as it must be
 */
export async function classifyDigits(arm64: StartClassifier, own: StartClassifier): Promise<readonly string[]> {
  const [model, labels] = await Promise.all([read("model.onnx"), read("labels.json")]);
  const store = await LoopbackStore.start(
    new Map([
      ["model.onnx", model],
      ["labels.json", labels],
    ]),
  );
  const options = { handler: ClassifyHandler.Http, environment: environment(store.port, model, labels) };
  const processes = [await arm64(options), await own(options)] as const;
  const failures: string[] = [];
  try {
    const truth = Truth.parse(JSON.parse((await read("pictures.json")).toString("utf8")));
    for (const { file, label } of truth.filter((_, index) => index % Math.ceil(truth.length / PICTURES) === 0)) {
      const event = {
        rawPath: "/",
        requestContext: { http: { method: "POST" } },
        body: (await read(path.join("pictures", file))).toString("base64"),
        isBase64Encoded: true,
      };
      const started = performance.now();
      const given = scores(await processes[0].text(event));
      const seconds = ((performance.now() - started) / 1000).toFixed(2).padStart(6);
      const expected = new Map(scores(await processes[1].text(event)));
      const difference = Math.max(
        ...given.map(([name, score]) => Math.abs(score - (expected.get(name) ?? Number.NaN))),
      );
      console.log(
        `${file.padEnd(28)} ${seconds} s  ${given[0]?.[0]}  scores to ${process.arch} ${difference.toFixed(5)}`,
      );
      if (given[0]?.[0] !== label) failures.push(`${file}: ${given[0]?.[0]} instead of ${label}`);
      if (!(difference <= MAX_SCORE_DIFFERENCE)) failures.push(`${file}: scores differ by ${difference}`);
    }
  } finally {
    await Promise.all([...processes.map((each) => each.stop()), store.stop()]);
  }
  return failures;
}

function scores(text: string): readonly (readonly [label: string, score: number])[] {
  const { statusCode, body } = Answer.parse(JSON.parse(text));
  if (statusCode !== 200) throw new Error(`the function answered ${statusCode}: ${body}`);
  return Labels.parse(JSON.parse(body)).return.map(({ label, score }) => [label, score]);
}

function environment(port: number, model: Buffer, labels: Buffer): Record<string, string> {
  const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
  return {
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
    AWS_SECRET_ACCESS_KEY: "only-for-this-loopback-source",
    AWS_ENDPOINT_URL_S3: `http://localhost:${port}`,
    AWS_EC2_METADATA_DISABLED: "true",
    [ClassifyEnvironment.Model]: "s3://models/model.onnx",
    [ClassifyEnvironment.ModelSha256]: sha256(model),
    [ClassifyEnvironment.Labels]: "s3://models/labels.json",
    [ClassifyEnvironment.LabelsSha256]: sha256(labels),
    [ClassifyEnvironment.Input]: JSON.stringify({
      width: 28,
      height: 28,
      channels: "grey",
      mean: [0],
      scale: [1 / 255],
    }),
  };
}

function read(file: string): Promise<Buffer> {
  return readFile(path.join(EXAMPLE, file));
}
