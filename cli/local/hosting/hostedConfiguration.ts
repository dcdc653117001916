import type { S3Location } from "../../../contracts/s3Location";
import type { LocalService } from "../resourceKind";

/** A production variant, or a shadow. */
export interface VariantSettings {
  readonly variantName: string;
  readonly modelName: string;
  readonly instanceType: string | undefined;
  readonly initialInstanceCount: number | undefined;
  /** Share of the requests, relative to the other variants'; of a shadow, to the production variant's. */
  readonly weight: number;
  /** Memory that is found for each invocation, in place of instances. */
  readonly serverless?: ServerlessSettings | undefined;
}

/** ServerlessConfig of a variant. */
export interface ServerlessSettings {
  readonly memoryMb: number;
  readonly maxConcurrency: number;
  /** Invocations for which memory is kept ready: with any, there are no cold starts here. */
  readonly provisioned: number | undefined;
}

/** AsyncInferenceConfig of a configuration. */
export interface AsyncSettings {
  readonly output: S3Location;
  /** Where failures are written; undefined when they are not. */
  readonly failure: S3Location | undefined;
  /** ARNs of topics. */
  readonly successTopic: string | undefined;
  readonly errorTopic: string | undefined;
  /** Whether notifications of answers, and of failures, carry what the model said. */
  readonly successCarriesAnswer: boolean;
  readonly errorCarriesAnswer: boolean;
  /** Requests that an instance answers at the same time; undefined for what is found best. */
  readonly concurrent: number | undefined;
}

/** An EndpointConfiguration of SageMaker. */
export class HostedConfiguration implements LocalService {
  readonly createdAt = new Date();

  constructor(
    readonly name: string,
    readonly arn: string,
    /** At least one. */
    readonly variants: readonly VariantSettings[],
    /** Hear what the production variant is asked, and are never answered from. */
    readonly shadows: readonly VariantSettings[] = [],
    /** Present when the endpoint answers later. */
    readonly async?: AsyncSettings,
  ) {}

  async stop(): Promise<void> {}
}
