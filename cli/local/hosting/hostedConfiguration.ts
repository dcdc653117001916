import type { LocalService } from "../resourceKind";

/** A production variant. */
export interface VariantSettings {
  readonly variantName: string;
  readonly modelName: string;
  readonly instanceType: string | undefined;
  readonly initialInstanceCount: number | undefined;
  /** Share of the requests, relative to the other variants'. */
  readonly weight: number;
}

/** An EndpointConfiguration of SageMaker. */
export class HostedConfiguration implements LocalService {
  readonly createdAt = new Date();

  constructor(
    readonly name: string,
    readonly arn: string,
    /** At least one. */
    readonly variants: readonly VariantSettings[],
  ) {}

  async stop(): Promise<void> {}
}
