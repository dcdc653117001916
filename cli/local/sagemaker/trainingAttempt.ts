import { mkdir, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import path from "node:path";
import { FleetEnvironment } from "../../../contracts/fleetContainer";
import type { LocalPlane } from "../localPlane";
import { containerEnvironment } from "./containerEnvironment";
import { containerPath } from "./containerRoot";
import { FolderSync } from "./folderSync";
import { fillInputFolder } from "./inputFolder";
import { inputSource } from "./inputSource";
import { type EndCause, type GroupEnd, InstanceGroup } from "./instanceGroup";
import { hostNames, JobFolder } from "./jobFolder";
import { asFolder, parseS3Uri } from "./s3Location";
import type { TrainingRequest } from "./trainingRequest";

/** What an attempt needs to know of its job. */
export interface TrainingAttemptSettings {
  readonly plane: LocalPlane;
  readonly name: string;
  readonly arn: string;
  readonly request: TrainingRequest;
  /** Compiled program. */
  readonly program: string;
  /** 1 for the first. */
  readonly number: number;
  readonly graceSeconds: number;
  /** Told what the attempt does now. */
  onStatus(status: "Downloading" | "Training" | "Uploading"): void;
}

/** One start of a training job, on machines that are fresh: checkpoints restored, inputs downloaded, processes run. */
export class TrainingAttempt {
  /** Settles when the store has the first checkpoint of this attempt. */
  readonly firstCheckpoint: Promise<void>;
  readonly #group: InstanceGroup;
  #checkpointStored: () => void = () => undefined;
  #folder: JobFolder | undefined;
  #isLost = false;

  constructor(private readonly settings: TrainingAttemptSettings) {
    this.#group = new InstanceGroup(settings.graceSeconds);
    this.firstCheckpoint = new Promise((resolve) => {
      this.#checkpointStored = resolve;
    });
  }

  /** Folders that stand for `/opt/ml`, by host; empty before the attempt runs. */
  get roots(): ReadonlyMap<string, string> {
    return this.#folder?.roots ?? new Map();
  }

  /** Runs to the end of all instances and of their checkpoints' upload. The folders stay. */
  async run(maxSeconds: number): Promise<GroupEnd> {
    const { plane, name, number, request, onStatus } = this.settings;
    const hosts = hostNames(request.ResourceConfig.InstanceCount);
    this.#folder = await JobFolder.make(plane, name, number, hosts);
    onStatus("Downloading");
    await this.#configure();
    await this.#download();
    const checkpoints = await this.#checkpoints();
    onStatus("Training");
    for (const sync of checkpoints) sync.start();
    const end = await this.#group.run(this.#launches(), maxSeconds);
    onStatus("Uploading");
    await Promise.all(checkpoints.map((sync) => (this.#isLost ? sync.abandon() : sync.finish())));
    return end;
  }

  /**
   * Ends the attempt.
   * @param graceSeconds 0 takes the machines away without a word: what was not uploaded is lost
   * @returns whether there was something to end
   */
  async end(cause: EndCause, graceSeconds?: number, first?: readonly string[]): Promise<boolean> {
    if (graceSeconds === 0) this.#isLost = true;
    return this.#group.end(cause, graceSeconds, first);
  }

  /** Removes the folders. */
  async remove(): Promise<void> {
    await this.#folder?.remove();
  }

  #launches() {
    const { plane, name, arn, request, program } = this.settings;
    // On SageMaker each host has its own processors.
    const workers = Math.max(1, Math.floor(availableParallelism() / this.roots.size));
    const environment = {
      TRAINING_JOB_NAME: name,
      TRAINING_JOB_ARN: arn,
      [FleetEnvironment.Workers]: String(workers),
      ...request.Environment,
    };
    return [...this.roots].map(([host, root]) => ({
      host,
      root,
      program,
      args: request.AlgorithmSpecification.ContainerArguments ?? ["train"],
      environment: containerEnvironment(plane, root, environment),
      log: (line: string) => plane.log(`${name}/${host}`, line),
    }));
  }

  /** docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-training-algo-running-container.html */
  async #configure(): Promise<void> {
    const { AlgorithmSpecification, HyperParameters, InputDataConfig, ResourceConfig } = this.settings.request;
    const hosts = [...this.roots.keys()];
    const instance_type = ResourceConfig.InstanceType;
    const group = { instance_group_name: "homogeneousCluster", instance_type, hosts };
    const channels = InputDataConfig.map((channel) => [
      channel.ChannelName,
      {
        ...(channel.ContentType !== undefined && { ContentType: channel.ContentType }),
        TrainingInputMode: channel.InputMode ?? AlgorithmSpecification.TrainingInputMode,
        S3DistributionType: channel.DataSource.S3DataSource.S3DataDistributionType,
        RecordWrapperType: channel.RecordWrapperType,
      },
    ]);
    for (const [host, root] of this.roots) {
      const folder = path.join(root, "input", "config");
      await mkdir(folder, { recursive: true });
      await mkdir(path.join(root, "input", "data"));
      await mkdir(path.join(root, "model"));
      await mkdir(path.join(root, "output", "data"));
      const write = (file: string, value: object) => writeFile(path.join(folder, file), JSON.stringify(value));
      await write("hyperparameters.json", HyperParameters);
      await write("inputdataconfig.json", Object.fromEntries(channels));
      await write("resourceconfig.json", {
        current_host: host,
        current_instance_type: instance_type,
        current_group_name: group.instance_group_name,
        hosts,
        instance_groups: [group],
        network_interface_name: "eth0",
      });
    }
  }

  async #download(): Promise<void> {
    const roots = [...this.roots.values()];
    for (const { ChannelName, DataSource } of this.settings.request.InputDataConfig) {
      const source = await inputSource(this.settings.plane, DataSource.S3DataSource.S3Uri);
      for (const [instance, root] of roots.entries()) {
        await fillInputFolder(source, path.join(root, "input", "data", ChannelName), {
          distribution: DataSource.S3DataSource.S3DataDistributionType,
          instance,
          instances: roots.length,
        });
      }
    }
  }

  /** Restores the checkpoints to every instance. */
  async #checkpoints(): Promise<readonly FolderSync[]> {
    const { CheckpointConfig } = this.settings.request;
    if (CheckpointConfig === undefined) return [];
    const location = asFolder(parseS3Uri(CheckpointConfig.S3Uri));
    const syncs: FolderSync[] = [];
    for (const root of this.roots.values()) {
      const local = containerPath(root, CheckpointConfig.LocalPath);
      await mkdir(local, { recursive: true });
      const onUpload = this.#checkpointStored;
      const sync = new FolderSync(this.settings.plane, local, location, { deletes: true, onUpload });
      await sync.restore();
      syncs.push(sync);
    }
    return syncs;
  }
}
