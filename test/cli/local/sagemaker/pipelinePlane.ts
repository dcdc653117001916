import { copyFile, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { LocalPlane } from "../../../../cli/local/localPlane";
import type { JsonObject } from "../../../../cli/local/sagemaker/jsonValue";
import { LocalPipeline, type StartOptions } from "../../../../cli/local/sagemaker/localPipeline";
import type { PipelineExecution } from "../../../../cli/local/sagemaker/pipelineExecution";
import { HandmadeStack } from "../handmadePlane";
import { fleetDefinition } from "./fleetDefinition";

/** Bucket of the fleets. */
export const BUCKET = "fleet-bucket";

/** Values of the parameters without a default. */
export const PARAMETERS = { RoleArn: "arn:aws:iam::123456789012:role/fleet-training" };

/** A plane with pipelines, whose program has a container that plays a fleet's. */
export class PipelinePlane {
  private constructor(
    readonly plane: LocalPlane,
    private readonly program: string,
    /** Alias of an access point over the bucket. */
    readonly alias: string,
  ) {}

  /** @param definitions by name of the pipeline */
  static async start(definitions: Readonly<Record<string, JsonObject>> = { Fleet: fleetDefinition() }) {
    const program = await mkdtemp(path.join(tmpdir(), "frugal-ml-program-"));
    const folder = path.join(program, "dist", "containers", "fake");
    await mkdir(folder, { recursive: true });
    await copyFile(path.join(__dirname, "fixtures", "fakeContainer.js"), path.join(folder, "main.js"));
    const plane = await LocalPlane.listen({ port: 0, region: "us-east-1", program });
    const stack = new HandmadeStack(plane);
    stack.add("aws:s3/bucket:Bucket", BUCKET, {});
    const accessPoint = stack.add("aws:s3/accessPoint:AccessPoint", "fleet-data", { bucket: BUCKET });
    for (const [pipelineName, definition] of Object.entries(definitions)) {
      stack.add("aws:sagemaker/pipeline:Pipeline", `pulumi-${pipelineName}`, {
        pipelineName,
        pipelineDisplayName: pipelineName,
        pipelineDefinition: JSON.stringify(definition),
        roleArn: PARAMETERS.RoleArn,
      });
    }
    const shape = { project: "pipelines", stack: "test", mode: "resolved", outputs: {}, placeholders: [] } as const;
    await plane.start({ ...shape, resources: stack.resources });
    return new PipelinePlane(plane, program, String(accessPoint.outputs?.["alias"]));
  }

  pipeline(name = "Fleet"): LocalPipeline {
    return this.plane.find(LocalPipeline, `arn:aws:sagemaker:us-east-1:123456789012:pipeline/${name.toLowerCase()}`);
  }

  /** Starts an execution with the parameters that are needed. */
  execute(name?: string, options: StartOptions = {}): PipelineExecution {
    return this.pipeline(name).start({ graceSeconds: 5, parameters: PARAMETERS, ...options });
  }

  /** Stores rows of so many customers, in two files. */
  async data(customers: number, rows = 2): Promise<void> {
    for (const half of [0, 1]) {
      const lines = Array.from(
        { length: customers * rows },
        (_, index) => `c${String(index % customers).padStart(4, "0")},t,1`,
      );
      await this.put(`data/part-${half}.csv`, `customer_id,timestamp,consumption\n${lines.join("\n")}\n`);
    }
  }

  async put(key: string, body: string): Promise<void> {
    await this.plane.store.put(BUCKET, key, bytesOf(body));
  }

  /** Keys below a prefix, without it. */
  keys(prefix: string): readonly string[] {
    const { keys } = this.plane.store.bucket(BUCKET).index;
    const all = Array.from({ length: keys.length }, (_, index) => keys.at(index) ?? "");
    return all.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
  }

  async text(key: string): Promise<string> {
    const version = this.plane.store.find(BUCKET, key);
    if (version === undefined) throw new Error(`no object ${key}`);
    return text(this.plane.store.read(BUCKET, version));
  }

  async stop(): Promise<void> {
    await this.plane.stop();
    await rm(this.program, { recursive: true });
  }
}

async function* bytesOf(body: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(body);
}
