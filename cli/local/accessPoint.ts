import type { LocalService } from "./resourceKind";

/** An access point that answers here. */
export class AccessPoint implements LocalService {
  constructor(
    readonly bucket: string,
    readonly arn: string,
    readonly alias: string,
  ) {}

  /** Nothing of its own runs. */
  async stop(): Promise<void> {}
}
