import type { LocalService } from "./resourceKind";

/** Where a fleet is on this machine. */
export interface LocalFleetSettings {
  readonly name: string;
  /** `s3://` address of the dataset; undefined for a fleet without a split. */
  readonly dataUri: string | undefined;
  /** `s3://` address above `models/`, `pointers/`, `pins/`, `state/`. */
  readonly fleetUri: string;
  readonly pipelineArn: string;
  readonly startFunctionArn: string;
}

/** A TrainingFleet. What it is made of runs by itself; this tells the main job where. */
export class LocalFleet implements LocalService {
  constructor(readonly settings: LocalFleetSettings) {}

  async stop(): Promise<void> {}
}
