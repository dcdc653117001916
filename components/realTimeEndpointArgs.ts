import type { EndpointArgs } from "./endpointArgs";
import type { ModelSourceArgs } from "./modelSourceArgs";

/** One of several production variants, among which the traffic is shared out. */
export interface RealTimeVariantArgs extends ModelSourceArgs {
  /**
   * Name of the variant, which callers may ask for by `TargetVariant`: lower-case letters, digits and hyphens, or `AllTraffic`, the name of
   * an endpoint's only variant, which so stays when others join it.
   */
  name: string;
  /** Share of the traffic in relation to the other variants' weights, 0 or more; not all 0. Defaults to 1. */
  weight?: number;
  /** Instance type; not an accelerated one. Defaults to the endpoint's `instanceType`. */
  instanceType?: string;
  /** Fewest instances, 1 to 100. Defaults to the endpoint's `minInstances`. */
  minInstances?: number;
  /** Most instances, at least `minInstances` and at most 100. Defaults to the endpoint's `maxInstances`. */
  maxInstances?: number;
}

/** A variant that hears what the one production variant is asked, and whose answers nobody gets. */
export interface ShadowVariantArgs extends ModelSourceArgs {
  /** Share of the requests in percent that it hears, 1 to 100. Defaults to 100. */
  samplePercent?: number;
  /** Instance type; not an accelerated one. Defaults to the endpoint's `instanceType`. */
  instanceType?: string;
  /** Instances, 1 to 100; they do not follow the traffic. Defaults to the endpoint's `minInstances`. */
  instances?: number;
}

/** Arguments of a RealTimeEndpoint. */
export interface RealTimeEndpointArgs extends EndpointArgs, ModelSourceArgs {
  /**
   * Production variants, 1 to 10, instead of one image and model for all of the traffic. Defaults to one, `AllTraffic`, of the
   * endpoint's own `image` or `framework`.
   */
  variants?: RealTimeVariantArgs[];
  /** A shadow variant, beside one production variant alone. Defaults to none. */
  shadow?: ShadowVariantArgs;
}

/** Defaults of a variant's and a shadow's arguments, as their descriptions say them. */
export const VARIANT_DEFAULTS = { weight: 1, samplePercent: 100 } as const;
