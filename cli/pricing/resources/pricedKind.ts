import type { GraphResource } from "../../../contracts/graph";
import type { ChargeOrNot } from "../charge";
import type { PricedStack } from "../pricedStack";

/** A kind of resource that has a price. */
export interface PricedKind {
  /** Type tokens that it prices. */
  readonly types: readonly string[];
  /** What one resource is charged for in a month, and what of it cannot be told. Empty when it is free as it stands. */
  charges(resource: GraphResource, stack: PricedStack): readonly ChargeOrNot[];
}
