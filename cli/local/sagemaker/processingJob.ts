import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { containerEnvironment } from "./containerEnvironment";
import { containerProgram } from "./containerProgram";
import { containerPath } from "./containerRoot";
import { FolderSync } from "./folderSync";
import { fillInputFolder } from "./inputFolder";
import { inputSource } from "./inputSource";
import { InstanceGroup } from "./instanceGroup";
import { JobFailure } from "./jobFailure";
import { hostNames, JobFolder } from "./jobFolder";
import { containerFailure, jobReason } from "./jobReason";
import type { JsonObject } from "./jsonValue";
import type { JobEnd, JobSettings, LocalJob } from "./localJob";
import { ProcessingRequest } from "./processingRequest";
import { asFolder, parseS3Uri } from "./s3Location";

/** Where the container says why it failed (docs.aws.amazon.com/sagemaker/latest/dg/build-your-own-processing-container.html). */
const MESSAGE_FILE = "output/message";

/** A processing job: inputs in folders, the container's program on each instance, outputs in the store. */
export class ProcessingJob implements LocalJob {
  readonly name: string;
  readonly arn: string;
  readonly #group: InstanceGroup;
  readonly #createdAt = Date.now() / 1000;
  #folder: JobFolder | undefined;
  #startedAt: number | undefined;
  #endedAt: number | undefined;
  #status: "InProgress" | "Completed" | "Failed" | "Stopping" | "Stopped" = "InProgress";
  #reason: string | undefined;

  constructor(private readonly settings: JobSettings) {
    const { partition, region, accountId } = settings.plane.cloud;
    this.name = settings.name;
    this.arn = `arn:${partition}:sagemaker:${region}:${accountId}:processing-job/${settings.name.toLowerCase()}`;
    this.#group = new InstanceGroup(settings.graceSeconds);
  }

  async run(): Promise<JobEnd> {
    try {
      const end = await this.#run(ProcessingRequest.parse(this.settings.arguments));
      this.#status = end === "completed" ? "Completed" : "Stopped";
      return end;
    } catch (error) {
      this.#status = "Failed";
      this.#reason = jobReason(error);
      throw error;
    } finally {
      this.#endedAt = Date.now() / 1000;
    }
  }

  async stop(graceSeconds?: number): Promise<void> {
    if (this.#status === "InProgress") this.#status = "Stopping";
    await this.#group.end("stopped", graceSeconds);
  }

  describe(): JsonObject {
    return {
      ...this.settings.arguments,
      ProcessingJobName: this.name,
      ProcessingJobArn: this.arn,
      ProcessingJobStatus: this.#status,
      CreationTime: this.#createdAt,
      LastModifiedTime: this.#endedAt ?? this.#startedAt ?? this.#createdAt,
      ...(this.#startedAt !== undefined && { ProcessingStartTime: this.#startedAt }),
      ...(this.#endedAt !== undefined && { ProcessingEndTime: this.#endedAt }),
      ...(this.#reason !== undefined && { FailureReason: this.#reason, ExitMessage: this.#reason }),
    };
  }

  async remove(): Promise<void> {
    await this.#folder?.remove();
  }

  async #run(request: ProcessingRequest): Promise<JobEnd> {
    const { plane } = this.settings;
    const program = containerProgram(request.AppSpecification.ImageUri, plane.options.program);
    const hosts = hostNames(request.ProcessingResources.ClusterConfig.InstanceCount);
    const folder = await JobFolder.make(plane, this.name, 1, hosts);
    this.#folder = folder;
    const roots = [...folder.roots.values()];
    await this.#configure(request, folder.roots);
    await this.#download(request, roots);
    const outputs = await this.#outputs(request, roots);
    this.#startedAt = Date.now() / 1000;
    for (const { sync, continuous } of outputs) if (continuous) sync.start();
    const launches = [...folder.roots].map(([host, root]) => ({
      host,
      root,
      program,
      args: request.AppSpecification.ContainerArguments ?? [],
      environment: containerEnvironment(plane, root, request.Environment),
      log: (line: string) => plane.log(`${this.name}/${host}`, line),
    }));
    const { MaxRuntimeInSeconds } = request.StoppingCondition;
    const end = await this.#group.run(launches, MaxRuntimeInSeconds);
    // What is uploaded at the end of the job is uploaded by a job that has one.
    const done = end.how === "completed" ? outputs : outputs.filter(({ continuous }) => continuous);
    await Promise.all(done.map(({ sync }) => sync.finish()));
    if (end.how === "failed") throw await containerFailure(end, folder.roots.get(end.exit.host) ?? "", MESSAGE_FILE);
    if (end.how === "timedOut") {
      throw new JobFailure("Client", `ClientError: the job ran longer than its ${MaxRuntimeInSeconds} seconds`);
    }
    return end.how === "completed" ? "completed" : "stopped";
  }

  async #configure(request: ProcessingRequest, roots: ReadonlyMap<string, string>): Promise<void> {
    const hosts = [...roots.keys()];
    const job = { ProcessingJobArn: this.arn, ProcessingJobName: this.name, ...request };
    for (const [host, root] of roots) {
      await mkdir(path.join(root, "config"));
      await writeFile(path.join(root, "config", "processingjobconfig.json"), JSON.stringify(job));
      const resources = JSON.stringify({ current_host: host, hosts });
      await writeFile(path.join(root, "config", "resourceconfig.json"), resources);
    }
  }

  async #download(request: ProcessingRequest, roots: readonly string[]): Promise<void> {
    for (const { S3Input } of request.ProcessingInputs) {
      const source = await inputSource(this.settings.plane, S3Input.S3Uri);
      for (const [instance, root] of roots.entries()) {
        await fillInputFolder(source, containerPath(root, S3Input.LocalPath), {
          distribution: S3Input.S3DataDistributionType,
          instance,
          instances: roots.length,
        });
      }
    }
  }

  async #outputs(
    request: ProcessingRequest,
    roots: readonly string[],
  ): Promise<{ readonly sync: FolderSync; readonly continuous: boolean }[]> {
    const outputs: { readonly sync: FolderSync; readonly continuous: boolean }[] = [];
    for (const { S3Output } of request.ProcessingOutputConfig.Outputs) {
      const location = asFolder(parseS3Uri(S3Output.S3Uri));
      this.settings.plane.store.bucket(location.bucket);
      for (const root of roots) {
        const local = containerPath(root, S3Output.LocalPath);
        await mkdir(local, { recursive: true });
        const sync = new FolderSync(this.settings.plane, local, location, { deletes: false });
        outputs.push({ sync, continuous: S3Output.S3UploadMode === "Continuous" });
      }
    }
    return outputs;
  }
}
