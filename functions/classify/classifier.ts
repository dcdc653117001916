import { readFile, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { S3Client } from "@aws-sdk/client-s3";
import * as z from "zod/mini";
import { type PixelKind, pixelLimit } from "../normalize/imageLimits";
import type { ClassifySettings } from "./classifySettings";
import { ClassifyError } from "./errors";
import { fetchArtifact } from "./fetchArtifact";
import { type ModelSession, modelSession } from "./modelSession";
import { pictureTensor } from "./pictureTensor";
import { type ScoredLabel, topLabels } from "./topLabels";

const Labels = z.array(z.string()).check(z.minLength(1));

/**
 * Memory that a model may take, as a multiple of its file: its weights, a copy of them laid out for the processor, and
 * what runs between the layers.
 */
const MEMORY_OF_MODEL = 4;

/** A model with its labels, ready to classify. */
export class Classifier {
  #last: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly settings: ClassifySettings,
    private readonly session: ModelSession,
    private readonly labels: readonly string[],
    private readonly modelMb: number,
  ) {}

  /**
   * Fetches model and labels, checks them and loads them.
   * @param folder where they are kept for the instance's next process. Defaults to one in the folder for temporary files
   * @throws ClassifyError ModelUnavailable, ModelMismatch or ModelInvalid
   */
  static async load(
    client: S3Client,
    settings: ClassifySettings,
    folder = path.join(tmpdir(), "frugal-ml-models"),
  ): Promise<Classifier> {
    const fetches = [settings.model, settings.labels].map((artifact) => fetchArtifact(client, artifact, folder));
    // When one fails, the other ends too before anybody tries again.
    await Promise.allSettled(fetches);
    const [model = "", labelsFile = ""] = await Promise.all(fetches);
    const labels = parseLabels(await readFile(labelsFile, "utf8"));
    const session = await modelSession(model, settings.input, labels.length);
    return new Classifier(settings, session, labels, (await stat(model)).size / (1024 * 1024));
  }

  /**
   * Classifies a picture, after those that were given before it: memory is for one.
   * @throws ClassifyError when it cannot be decoded
   */
  classify(bytes: Uint8Array): Promise<readonly ScoredLabel[]> {
    const run = this.#last.then(() => this.#classifyAlone(bytes));
    this.#last = run.catch(() => undefined);
    return run;
  }

  async #classifyAlone(bytes: Uint8Array): Promise<readonly ScoredLabel[]> {
    const { input, limits, topK } = this.settings;
    const tensor = await pictureTensor(bytes, input, { ...limits, memoryPixels: (kind) => this.#memoryPixels(kind) });
    return topLabels(await this.session.run(tensor), this.labels, topK, input.output);
  }

  #memoryPixels(kind: PixelKind): number {
    const memoryMb = Number(process.env["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] ?? Number.NaN);
    if (Number.isNaN(memoryMb)) return Number.POSITIVE_INFINITY;
    return pixelLimit(memoryMb - this.modelMb * MEMORY_OF_MODEL, kind);
  }
}

function parseLabels(text: string): readonly string[] {
  try {
    return Labels.parse(JSON.parse(text));
  } catch (cause) {
    throw new ClassifyError("ModelInvalid", undefined, { cause });
  }
}
