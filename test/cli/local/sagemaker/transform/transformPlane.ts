import { copyFile, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import {
  CreateTransformJobCommand,
  type CreateTransformJobCommandInput,
  DescribeTransformJobCommand,
  type DescribeTransformJobCommandOutput,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { LocalPlane } from "../../../../../cli/local/localPlane";
import { StartedTransform } from "../../../../../cli/local/sagemaker/transform/startedTransform";
import { HandmadeStack } from "../../handmadePlane";
import { sagemakerClient } from "../sagemakerClient";

/** Bucket of what is asked about and what is answered. */
export const BUCKET = "batch-bucket";

export const ROLE = "arn:aws:iam::123456789012:role/transform";

/** What of a request differs from one over all lines below a prefix. */
export interface Changes {
  readonly job?: Partial<CreateTransformJobCommandInput>;
  readonly input?: Partial<CreateTransformJobCommandInput["TransformInput"]>;
  readonly output?: Partial<CreateTransformJobCommandInput["TransformOutput"]>;
}

/** A plane with a bucket and the model `scores`, whose program has a container that plays one for transform jobs. */
export class TransformPlane {
  readonly client: SageMakerClient;
  #jobs = 0;

  private constructor(
    readonly plane: LocalPlane,
    private readonly program: string,
  ) {
    this.client = sagemakerClient(plane);
  }

  /** @param build adds to the graph; is given what declares a model, and the image that it may have */
  static async start(
    build: (stack: HandmadeStack, model: (name: string, rest: object) => void, image: string) => void = () => {},
  ): Promise<TransformPlane> {
    const program = await mkdtemp(path.join(tmpdir(), "frugal-ml-program-"));
    const folder = path.join(program, "dist", "containers", "scorer");
    await mkdir(folder, { recursive: true });
    await copyFile(path.join(__dirname, "fixtures", "transformContainer.js"), path.join(folder, "main.js"));
    const plane = await LocalPlane.listen({ port: 0, region: "us-east-1", program });
    const stack = new HandmadeStack(plane);
    stack.add("aws:s3/bucket:Bucket", BUCKET, {});
    const image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/team/scorer@sha256:0";
    const model = (name: string, rest: object): void => {
      stack.add("aws:sagemaker/model:Model", name, { executionRoleArn: ROLE, ...rest });
    };
    model("scores", { primaryContainer: { image } });
    build(stack, model, image);
    const shape = { project: "batch", stack: "test", mode: "resolved", outputs: {}, placeholders: [] } as const;
    await plane.start({ ...shape, resources: stack.resources });
    return new TransformPlane(plane, program);
  }

  async put(key: string, body: string | Uint8Array): Promise<void> {
    await this.plane.store.put(BUCKET, key, Buffer.from(body));
  }

  async bytes(key: string): Promise<Buffer> {
    const version = this.plane.store.find(BUCKET, key);
    return version === undefined ? Buffer.from(`no object ${key}`) : buffer(this.plane.store.read(BUCKET, version));
  }

  /** An object as text. */
  async read(key: string): Promise<string> {
    return (await this.bytes(key)).toString("utf8");
  }

  request(prefix: string, { job, input, output }: Changes = {}): CreateTransformJobCommandInput {
    return {
      TransformJobName: `job-${++this.#jobs}`,
      ModelName: "scores",
      TransformInput: {
        DataSource: { S3DataSource: { S3DataType: "S3Prefix", S3Uri: `s3://${BUCKET}/${prefix}` } },
        SplitType: "Line",
        ...input,
      },
      TransformOutput: { S3OutputPath: `s3://${BUCKET}/out/${prefix}`, AssembleWith: "Line", ...output },
      TransformResources: { InstanceType: "ml.m5.large", InstanceCount: 1 },
      ...job,
    };
  }

  /** Runs a job to its end with the unmodified client. */
  async run(prefix: string, changes: Changes = {}): Promise<DescribeTransformJobCommandOutput> {
    const asked = this.request(prefix, changes);
    const { TransformJobArn } = await this.client.send(new CreateTransformJobCommand(asked));
    await this.plane.find(StartedTransform, TransformJobArn ?? "").finished;
    return this.client.send(new DescribeTransformJobCommand({ TransformJobName: asked.TransformJobName }));
  }

  async stop(): Promise<void> {
    this.client.destroy();
    await this.plane.stop();
    await rm(this.program, { recursive: true });
  }
}
