import type { S3Location } from "../../../contracts/s3Location";
import type { LocalService } from "../resourceKind";

/** How a model's container is used. */
export type ModelMode = "SingleModel" | "MultiModel";

/** How several containers answer: the one that is asked, or one after another. */
export type ContainerOrder = "Direct" | "Serial";

/** A container of a model. */
export interface ModelContainerSettings {
  /** What it is asked by, and named in errors. */
  readonly hostname: string | undefined;
  readonly image: string;
  readonly mode: ModelMode;
  /** `s3://` address of the archive, or of the prefix of all archives; undefined when the image holds the model. */
  readonly modelDataUrl: string | undefined;
  /** The same address taken apart. */
  readonly modelData: S3Location | undefined;
  readonly environment: Readonly<Record<string, string>>;
  /** Whether the models of a multi-model container stay loaded. */
  readonly cachesModels: boolean;
}

/** A Model of SageMaker. */
export interface HostedModelSettings {
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string | undefined;
  /** One at least; in their order. */
  readonly containers: readonly ModelContainerSettings[];
  /** Of several containers. */
  readonly order: ContainerOrder;
}

/** A model: nothing of it runs until an endpoint or a job has it. */
export class HostedModel implements LocalService {
  readonly createdAt = new Date();

  constructor(readonly settings: HostedModelSettings) {}

  async stop(): Promise<void> {}
}
