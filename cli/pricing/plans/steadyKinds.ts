import { steadyConcurrency } from "./steadyConcurrency";
import { steadyEndpoint } from "./steadyEndpoint";
import type { SteadyKind } from "./steadyKind";
import { steadyNotebook } from "./steadyNotebook";
import { unsteadyKinds } from "./unsteady";

/** Every kind of resource whose use a Savings Plan may cover. */
export const STEADY_KINDS: readonly SteadyKind[] = [
  steadyConcurrency,
  steadyEndpoint,
  steadyNotebook,
  ...unsteadyKinds,
];
