import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { GetObjectCommand, ListObjectVersionsCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { modelsCommand } from "../../../cli/commands/models";
import { captureGraph } from "../../../cli/graph/captureGraph";
import { startRun } from "../../../cli/job/fleetRun";
import { LocalFleet, type LocalFleetSettings } from "../../../cli/local/localFleet";
import { LocalPlane } from "../../../cli/local/localPlane";
import type { PipelineExecution } from "../../../cli/local/sagemaker/pipelineExecution";
import { csvField } from "../../../contracts/csvFields";
import type { FleetManifest } from "../../../contracts/fleetManifest";
import { parseS3Uri, type S3Location } from "../../../contracts/s3Location";
import { parseManifest } from "../../../fleet/manifestFile";
import { REPOSITORY } from "../local/handmadePlane";
import { planeClient } from "../local/planeClient";

/** The fleet of the stack local, running, with what tests do to it. */
export class FleetStack {
  private constructor(
    readonly plane: LocalPlane,
    readonly client: S3Client,
    readonly fleet: LocalFleetSettings,
    private readonly folder: string,
  ) {}

  static async start(): Promise<FleetStack> {
    const plane = await LocalPlane.listen({ port: 0, region: "us-east-1", program: REPOSITORY });
    const graph = await captureGraph({
      program: REPOSITORY,
      stack: "local",
      mode: "resolved",
      provider: plane.provider,
    });
    await plane.start(graph);
    const [fleet] = plane.all(LocalFleet);
    assert.ok(fleet);
    return new FleetStack(
      plane,
      planeClient(plane),
      fleet.settings,
      await mkdtemp(path.join(tmpdir(), "frugal-ml-test-")),
    );
  }

  async stop(): Promise<void> {
    this.client.destroy();
    await this.plane.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Replaces the dataset. @param customers rows of timestamp and value, by id */
  async dataset(customers: Readonly<Record<string, readonly (readonly [string, string])[]>>): Promise<void> {
    const lines = Object.entries(customers).flatMap(([id, rows]) =>
      rows.map(([time, value]) => `${csvField(id)},${csvField(time)},${csvField(value)}`),
    );
    const { bucket, prefix } = this.data;
    const Body = `customer_id,timestamp,consumption\n${lines.join("\n")}\n`;
    await this.client.send(new PutObjectCommand({ Bucket: bucket, Key: `${prefix}dataset.csv`, Body }));
  }

  /** Runs the pipeline to its end through the start function, and returns the version that it published. */
  async run(during?: (execution: PipelineExecution) => Promise<void>): Promise<FleetManifest> {
    const execution = await startRun(this.plane, this.fleet);
    await during?.(execution);
    await execution.finished;
    assert.equal(execution.status, "Succeeded", execution.failureReason);
    const manifest = parseManifest(await this.text("state/latest.json"));
    assert.equal(manifest.version, execution.id);
    return manifest;
  }

  /** Text of an object of the fleet. */
  async text(key: string): Promise<string> {
    return Buffer.from(await this.bytes(key)).toString("utf8");
  }

  async bytes(key: string): Promise<Uint8Array> {
    const { bucket, prefix } = this.root;
    const { Body } = await this.client.send(new GetObjectCommand({ Bucket: bucket, Key: `${prefix}${key}` }));
    return (await Body?.transformToByteArray()) ?? new Uint8Array();
  }

  /** Keys of every version of every object whose key has a word in it. */
  async versionsWith(word: string): Promise<readonly string[]> {
    const { Versions = [], DeleteMarkers = [] } = await this.client.send(
      new ListObjectVersionsCommand({ Bucket: this.root.bucket }),
    );
    return [...Versions, ...DeleteMarkers].flatMap(({ Key = "" }) => (Key.includes(word) ? [Key] : []));
  }

  /** Runs `frugal-ml models …` against the fleet in this process. */
  async models(...args: readonly string[]): Promise<{ readonly output: string; readonly exitCode: unknown }> {
    const file = path.join(this.folder, "local.json");
    const { fleetUri, dataUri, name } = this.fleet;
    await writeFile(file, JSON.stringify({ ...this.plane.manifest(), fleets: [{ name, fleetUri, dataUri }] }));
    const before = process.exitCode;
    process.exitCode = undefined;
    const write = process.stdout.write.bind(process.stdout);
    const output: string[] = [];
    process.stdout.write = (text: string | Uint8Array): boolean => output.push(String(text)) > 0;
    try {
      await modelsCommand().parseAsync([...args, "--from", file], { from: "user" });
      return { output: output.join(""), exitCode: process.exitCode ?? 0 };
    } finally {
      process.stdout.write = write;
      process.exitCode = before;
    }
  }

  get root(): S3Location {
    return parseS3Uri(this.fleet.fleetUri);
  }

  get data(): S3Location {
    return parseS3Uri(this.fleet.dataUri ?? "");
  }
}

/** Daily readings, from a day on. */
export function daily(count: number, value: (day: number) => number): readonly (readonly [string, string])[] {
  return Array.from({ length: count }, (_, day) => {
    return [new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10), String(value(day))];
  });
}
