import type { LocalApiEntry } from "../../contracts/localManifest";
import type { LocalService } from "./resourceKind";

/** A ClassifierApi that runs on the plane: what it is made of, others run. */
export class LocalClassifier implements LocalService {
  constructor(
    readonly entry: LocalApiEntry,
    /** Name of the function that answers. */
    readonly functionName: string,
    /** Absolute path of the model; undefined when it came from S3. */
    readonly modelPath: string | undefined,
  ) {}

  async stop(): Promise<void> {}
}
