import type { ServedArgs } from "./endpointArgs";
import type { ModelSourceArgs } from "./modelSourceArgs";

/** Arguments of a ServerlessEndpoint. */
export interface ServerlessEndpointArgs extends ServedArgs, ModelSourceArgs {
  /** Memory in MB, from 1024 to 6144 in steps of 1024; processors come in proportion, and are x86. Defaults to 2048. */
  memoryMb?: number;
  /** Invocations that are answered at the same time, 1 to 200; more are refused. Defaults to 20. */
  maxConcurrency?: number;
  /** Invocations for which memory is kept ready, and paid, in every hour; at most `maxConcurrency`. Defaults to none: the first answers wait for a cold start. */
  provisionedConcurrency?: number;
  /**
   * Up to how many memory is kept ready with the traffic, at least `provisionedConcurrency` and at most `maxConcurrency`; only with
   * `provisionedConcurrency`. Defaults to no more than that: nothing scales.
   */
  maxProvisionedConcurrency?: number;
  /** Share of what is kept ready, in percent, that scaling aims to have in use, 1 to 90; only with `maxProvisionedConcurrency`. Defaults to 70. */
  targetUtilizationPercent?: number;
}

/** Defaults of the arguments, as their descriptions say them. */
export const SERVERLESS_ENDPOINT_DEFAULTS = {
  memoryMb: 2048,
  maxConcurrency: 20,
  targetUtilizationPercent: 70,
} as const;
