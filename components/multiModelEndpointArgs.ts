import type * as pulumi from "@pulumi/pulumi";
import type { EndpointArgs } from "./endpointArgs";

/** From where on the alarms of cached models speak. */
export interface ModelCacheAlarmArgs {
  /** Share of invocations in percent whose model must have been loaded already; only with cached models. Defaults to 50. */
  hitPercent?: pulumi.Input<number>;
  /** Milliseconds that the slowest tenth of the cold invocations may wait for their model. Defaults to 2000. */
  loadingWaitMs?: pulumi.Input<number>;
  /** Unloads in five minutes, in percent of the models that are loaded: above it instances load, drop and load again; only with cached models. Defaults to 50. */
  thrashPercent?: pulumi.Input<number>;
}

/** Arguments of a MultiModelEndpoint. */
export interface MultiModelEndpointArgs extends EndpointArgs {
  /**
   * Container image in ECR, pinned by digest: `<repository>@sha256:<64 digits>`, for example a ContainerImage's `imageUri`.
   * Its processor must be the instance type's, and it must have SageMaker's label for multi-model containers.
   */
  image: pulumi.Input<string>;
  /** `s3://` address that `TargetModel` is joined to, ending with `/`, for example a TrainingFleet's `modelDataUrl`. */
  modelDataUrl: pulumi.Input<string>;
  /** Whether models stay in memory after an invocation; false suits many models that are seldom asked. Defaults to true. */
  cacheModels?: boolean;
  /** From where on the alarms of cached models speak; only with `alarms`. Defaults to what each of them says. */
  cacheAlarmThresholds?: ModelCacheAlarmArgs;
  /** MB of an instance's memory that models may take, 64 to 1048576. Defaults to what the container decides: half of it. */
  modelMemoryMb?: number;
  /** Path in the image of a module that takes the place of the forecast, as at training, at most 256 characters. Defaults to the forecast. */
  modelModule?: string;
  /** Further environment variables of the container, at most 16. Defaults to none. */
  environment?: Record<string, pulumi.Input<string>>;
}

/** Defaults of the arguments, as their descriptions say them. */
export const MULTI_MODEL_ENDPOINT_DEFAULTS = { cacheModels: true } as const;

/** Defaults of the alarms' thresholds. */
export const CACHE_ALARM_DEFAULTS = { hitPercent: 50, loadingWaitMs: 2000, thrashPercent: 50 } as const;
