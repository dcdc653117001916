import type { LocalService } from "./resourceKind";

/** Where a pooled model is on this machine; addresses begin with `s3://`, and those of folders end with a slash. */
export interface LocalPooledModelSettings {
  readonly name: string;
  readonly modelDataUrl: string;
  /** Names of the endpoints that answer at once, and later. */
  readonly endpointName: string;
  readonly laterEndpointName: string;
  readonly askedUri: string;
  readonly pipelineName: string;
  /** What a run of the pipeline is given. */
  readonly pipelineParameters: Readonly<Record<string, string>>;
  readonly nightlyAskedUri: string;
  readonly nightlyAnsweredUri: string;
}

/** A PooledModel. What it is made of runs by itself; this tells the main job where. */
export class LocalPooledModel implements LocalService {
  constructor(readonly settings: LocalPooledModelSettings) {}

  async stop(): Promise<void> {}
}
