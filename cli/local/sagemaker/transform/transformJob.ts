import { randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { inParallel } from "../../../../contracts/inParallel";
import { type InputSource, inputSource } from "../inputSource";
import { JobFailure } from "../jobFailure";
import { jobReason } from "../jobReason";
import type { JsonObject } from "../jsonValue";
import type { JobEnd, JobSettings, LocalJob } from "../localJob";
import { asFolder, parseS3Uri } from "../s3Location";
import { DataProcessing } from "./dataProcessing";
import { LARGEST_BODY, TransformContainer } from "./transformContainer";
import { answersOf, assembledLines, type PayloadOptions, payloads } from "./transformRecords";
import { TransformRequest } from "./transformRequest";

const MEGABYTE = 1024 * 1024;

const unzip = promisify(gunzip);

/** A transform job: the model's container is asked about each object below a prefix, and its answers are stored beside. */
export class TransformJob implements LocalJob {
  readonly name: string;
  readonly arn: string;
  readonly #createdAt = Date.now() / 1000;
  #startedAt: number | undefined;
  #endedAt: number | undefined;
  #status: "InProgress" | "Completed" | "Failed" | "Stopping" | "Stopped" = "InProgress";
  #reason: string | undefined;
  #container: TransformContainer | undefined;
  #isStopping = false;
  /** Nothing more is asked: it was stopped, or something failed. */
  #isOver = false;

  constructor(private readonly settings: Omit<JobSettings, "graceSeconds">) {
    const { partition, region, accountId } = settings.plane.cloud;
    this.name = settings.name;
    this.arn = `arn:${partition}:sagemaker:${region}:${accountId}:transform-job/${settings.name.toLowerCase()}`;
  }

  /** As DescribeTransformJob says it. */
  get status(): string {
    return this.#status;
  }

  get createdAt(): number {
    return this.#createdAt;
  }

  get endedAt(): number | undefined {
    return this.#endedAt;
  }

  async run(): Promise<JobEnd> {
    try {
      const end = await this.#run(TransformRequest.parse(this.settings.arguments));
      this.#status = end === "completed" ? "Completed" : "Stopped";
      return end;
    } catch (error) {
      this.#isOver = true;
      if (this.#isStopping) {
        this.#status = "Stopped";
        return "stopped";
      }
      this.#status = "Failed";
      this.#reason = jobReason(error);
      throw error;
    } finally {
      this.#endedAt = Date.now() / 1000;
    }
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#isOver = true;
    if (this.#status === "InProgress") this.#status = "Stopping";
    await this.#container?.stop();
  }

  describe(): JsonObject {
    return {
      ...this.settings.arguments,
      TransformJobName: this.name,
      TransformJobArn: this.arn,
      TransformJobStatus: this.#status,
      CreationTime: this.#createdAt,
      ...(this.#startedAt !== undefined && { TransformStartTime: this.#startedAt }),
      ...(this.#endedAt !== undefined && { TransformEndTime: this.#endedAt }),
      ...(this.#reason !== undefined && { FailureReason: this.#reason }),
    };
  }

  async #run(request: TransformRequest): Promise<JobEnd> {
    const { plane } = this.settings;
    const source = await inputSource(plane, request.TransformInput.DataSource.S3DataSource.S3Uri);
    const output = asFolder(parseS3Uri(request.TransformOutput.S3OutputPath));
    plane.store.bucket(output.bucket);
    const container = new TransformContainer(plane, this.name, request);
    this.#container = container;
    const folder = await mkdtemp(path.join(plane.folder, "transform-"));
    try {
      const said = await container.parameters();
      this.#startedAt = Date.now() / 1000;
      const width = request.MaxConcurrentTransforms || said.MaxConcurrentTransforms;
      const splitsLines = request.TransformInput.SplitType === "Line";
      const options = {
        splitsLines,
        packs:
          (request.BatchStrategy ?? (said.BatchStrategy === "SINGLE_RECORD" ? "SingleRecord" : "")) !== "SingleRecord",
        maxBytes: (request.MaxPayloadInMB ?? said.MaxPayloadInMB) * MEGABYTE,
      };
      const processing = new DataProcessing(request);
      // Either an object has many requests, or many objects have one each.
      await inParallel(source.objects, splitsLines ? 1 : width, async ({ key, path: relative }) => {
        if (this.#isOver) return;
        const object = await objectBytes(source, key, path.join(folder, randomUUID()), request);
        const answers = await this.#answers(object, processing, options, { container, width, name: relative });
        if (this.#isOver) return;
        const body = request.TransformOutput.AssembleWith === "Line" ? assembledLines(answers) : Buffer.concat(answers);
        await plane.store.put(output.bucket, `${output.prefix}${relative}.out`, body);
      });
      return this.#isStopping ? "stopped" : "completed";
    } finally {
      await container.stop();
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** The answers for an object, in the order of its records. */
  async #answers(
    object: Buffer,
    processing: DataProcessing,
    options: PayloadOptions,
    {
      container,
      width,
      name,
    }: { readonly container: TransformContainer; readonly width: number; readonly name: string },
  ): Promise<Buffer[]> {
    const requests = [...payloads(object, processing, options, name)];
    const answers = await inParallel(requests, width, async (payload) => {
      if (this.#isOver) return [];
      const answer = await container.ask(payload.body, name);
      if (!processing.looksAtAnswers) return [answer];
      return answersOf(payload, answer, name).map((one, at) => processing.kept(payload.records[at] ?? one, one));
    });
    return answers.flat();
  }
}

async function objectBytes(
  source: InputSource,
  key: string,
  file: string,
  { TransformInput }: TransformRequest,
): Promise<Buffer> {
  const tooLarge = (): JobFailure =>
    new JobFailure("Client", `ClientError: ${key}: allowed here: ${LARGEST_BODY} bytes, unpacked`);
  await source.fetch(key, file);
  try {
    if ((await stat(file)).size > LARGEST_BODY) throw tooLarge();
    const bytes = await readFile(file);
    return TransformInput.CompressionType === "Gzip" ? await unzip(bytes, { maxOutputLength: LARGEST_BODY }) : bytes;
  } catch (error) {
    if (error instanceof JobFailure) throw error;
    if (error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE") throw tooLarge();
    throw new JobFailure(
      "Client",
      `ClientError: ${key} cannot be unpacked: ${error instanceof Error ? error.message : error}`,
    );
  } finally {
    await rm(file, { force: true });
  }
}
