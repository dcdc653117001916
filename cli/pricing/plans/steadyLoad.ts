import type { GraphResource, ResourceGraph } from "../../../contracts/graph";
import type { PriceKey } from "../../../contracts/priceKey";
import { SavingsPlanKind, SavingsPlanPayment, SavingsPlanTerm, TagKey } from "../../../contracts/tags";
import { textAt } from "../../quotas/graphInput";
import type { PriceBook } from "../book/priceBook";
import type { Decimal } from "../decimal";
import { PricedStack } from "../pricedStack";
import type { Range } from "../range";
import type { Usage } from "../usage/usage";
import { PLAN_SERVICE, type Plan } from "./planRates";
import { STEADY_KINDS } from "./steadyKinds";

/** What a resource uses in every hour of a month. */
export interface SteadyUse {
  readonly resource: SteadyResource;
  /** In words, for example `instances`. */
  readonly what: string;
  /** Kind of plan that covers it. */
  readonly kind: SavingsPlanKind;
  readonly key: PriceKey;
  readonly unit: string;
  /** Units in an hour: the least is used in every hour whatever happens. */
  readonly perHour: Range;
  /** US dollars for a unit on demand. */
  readonly onDemand: Decimal;
  /** The plan that its tags name, and the share of it that they mean. */
  readonly intent?: Plan & { readonly share: number };
}

/** A resource as the advice names it. */
export type SteadyResource = Pick<GraphResource, "urn" | "type" | "name">;

/** Something that no commitment counts on, and why. */
export interface LeftOut {
  readonly resource: SteadyResource;
  readonly what: string;
  readonly why: string;
}

/** What a stack uses in every hour, and what was left out of it. */
export interface SteadyLoad {
  readonly uses: readonly SteadyUse[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * The steady load of a stack: what runs in every hour of the month and is of a kind that Savings Plans cover.
 * @param rated whether a plan has a rate for a usage type: what AWS does not clearly cover counts only with one
 */
export function steadyLoad(
  graph: ResourceGraph,
  book: PriceBook,
  usage: Usage,
  rated: (key: PriceKey) => boolean,
): SteadyLoad {
  const stack = new PricedStack(graph, usage);
  const uses: SteadyUse[] = [];
  const leftOut: LeftOut[] = [];
  for (const each of stack.resources) {
    const kind = STEADY_KINDS.find(({ types }) => types.includes(each.type));
    const resource = { urn: each.urn, type: each.type, name: each.name };
    const region = stack.region(each);
    const intent = intentOf(each);
    for (const found of kind?.steady(each, stack) ?? []) {
      const { what } = found;
      if ("why" in found) {
        leftOut.push({ resource, what, why: found.why });
        continue;
      }
      if (region === undefined) {
        leftOut.push({ resource, what, why: "its Region is not known, and with it its price" });
        continue;
      }
      const key = { service: PLAN_SERVICE[found.kind], region, usageType: found.usageType };
      const price = book.find(key);
      const tier = price?.tiers[0];
      if (found.perHour.isZero) leftOut.push({ resource, what, why: "it may go down to none" });
      else if (found.doubt !== undefined && !rated(key)) leftOut.push({ resource, what, why: found.doubt });
      else if (price === undefined || tier === undefined) leftOut.push({ resource, what, why: book.whyAbsent(key) });
      else
        uses.push({
          resource,
          what,
          kind: found.kind,
          key,
          unit: price.unit,
          perHour: found.perHour,
          onDemand: tier.usd.over(price.per, 20),
          ...(intent?.kind === found.kind && { intent }),
        });
    }
  }
  return { uses, leftOut };
}

function intentOf({ inputs }: GraphResource): SteadyUse["intent"] {
  const tag = (key: TagKey): string | undefined => textAt(inputs, "tags", key);
  const kind = Object.values(SavingsPlanKind).find((one) => one === tag(TagKey.SavingsPlan));
  const term = Object.values(SavingsPlanTerm).find((one) => one === tag(TagKey.SavingsPlanTerm));
  const payment = Object.values(SavingsPlanPayment).find((one) => one === tag(TagKey.SavingsPlanPayment));
  const share = Number(tag(TagKey.SavingsPlanShare));
  if (kind === undefined || term === undefined || payment === undefined || !(share > 0 && share <= 1)) return undefined;
  return { kind, term, payment, share };
}
