import type { GraphResource, ResourceGraph } from "../../contracts/graph";
import type { PriceConfidence } from "../../contracts/priceKey";
import { TagKey } from "../../contracts/tags";
import { textAt } from "../quotas/graphInput";
import { type BookPrice, costOf, type PriceBook } from "./book/priceBook";
import { type Charge, NotPricedReason } from "./charge";
import { Decimal } from "./decimal";
import { PricedStack } from "./pricedStack";
import type { LineItem, NotPriced, PricedResource, PriceResult } from "./priceResult";
import { Range } from "./range";
import { PRICED_KINDS } from "./resources/pricedKinds";
import { whyUnpriced } from "./resources/unpricedKinds";
import { unitCosts } from "./unitCosts";
import type { Usage } from "./usage/usage";

/**
 * Prices a stack: every resource is in the items, or in what is not priced with why, or in both.
 * @param today the day by which the book's age is told
 * @param region of resources of which nothing tells theirs; they are not priced without
 */
export function priceGraph(
  graph: ResourceGraph,
  book: PriceBook,
  usage: Usage,
  today: Date,
  region?: string,
): PriceResult {
  const stack = new PricedStack(graph, usage, region);
  const items: LineItem[] = [];
  const notPriced: NotPriced[] = [];
  const workloads = new Map<string, string>();
  for (const resource of stack.resources) {
    const kind = PRICED_KINDS.find(({ types }) => types.includes(resource.type));
    const named = describe(resource, stack, workloads);
    if (kind === undefined) {
      // Components and providers cost nothing of their own; what they hold is in the list itself.
      if (resource.custom && !resource.type.startsWith("pulumi:"))
        notPriced.push({ resource: named, what: "", ...whyUnpriced(resource.type) });
      continue;
    }
    const charges = kind.charges(resource, stack);
    if (charges.length === 0)
      notPriced.push({ resource: named, what: "", reason: NotPricedReason.Free, why: "free as it is declared" });
    const where = stack.region(resource);
    for (const charge of charges) {
      if ("reason" in charge) notPriced.push({ resource: named, ...charge });
      else priceCharge(charge, named, where, book, items, notPriced);
    }
  }
  const total = Range.sum(items.map(({ monthly }) => monthly));
  const basis = (wanted: LineItem["basis"]) =>
    Range.sum(items.filter((item) => item.basis === wanted).map(({ monthly }) => monthly));
  const oldest = items.map(({ price }) => price.sourceDate).sort()[0];
  return {
    project: graph.project,
    stack: graph.stack,
    items,
    notPriced,
    total,
    fixed: basis("fixed"),
    perUse: basis("per-use"),
    unitCosts: unitCosts(items, stack),
    unaskedUsage: stack.unasked(),
    confidence: confidenceShares(items, total.expected),
    book: { ...book.age(today), ...(oldest !== undefined && { oldestUsed: oldest }) },
  };
}

function priceCharge(
  charge: Charge,
  resource: PricedResource,
  region: string | undefined,
  book: PriceBook,
  items: LineItem[],
  notPriced: NotPriced[],
): void {
  const { what, service, usageType, quantity, basis, share } = charge;
  if (region === undefined) {
    notPriced.push({ resource, what, reason: NotPricedReason.UnknownInput, why: "its Region is not known" });
    return;
  }
  const key = { service, region, usageType };
  const prices = [usageType, ...(charge.or ?? [])].flatMap((one) => book.find({ ...key, usageType: one }) ?? []);
  const price = prices.find((one) => one.usageType === usageType) ?? prices[0];
  if (price === undefined) {
    notPriced.push({ resource, what, reason: NotPricedReason.NoPrice, why: book.whyAbsent(key), usageType });
    return;
  }
  const all = costRange(prices, price, quantity);
  items.push({ resource, what, quantity, price: unitPrice(price), monthly: share ? all.times(share) : all, basis });
  const beyond = costOf(price, quantity.high).beyond;
  if (beyond.compare(Decimal.ZERO) > 0)
    notPriced.push({
      resource,
      what,
      reason: NotPricedReason.NoPrice,
      why: `the book has no price for what goes beyond ${quantity.high.minus(beyond)} ${price.unit}s a month`,
    });
}

/** What a quantity costs. Where several prices may be the right one, from the lowest to the highest of them. */
function costRange(prices: readonly BookPrice[], expected: BookPrice, { low, expected: amount, high }: Range): Range {
  const cost = (price: BookPrice, quantity: Decimal): Decimal => costOf(price, quantity).usd;
  return Range.of(
    Decimal.least(prices.map((price) => cost(price, low))),
    cost(expected, amount),
    Decimal.most(prices.map((price) => cost(price, high))),
  );
}

function unitPrice(price: BookPrice): LineItem["price"] {
  const { service, region, usageType, unit, per, tiers, source, sourceDate, confidence } = price;
  return {
    key: { service, region, usageType },
    usd: tiers[0]?.usd.toString() ?? "0",
    per: per.toString(),
    unit,
    source,
    sourceDate,
    confidence,
  };
}

function describe(resource: GraphResource, stack: PricedStack, workloads: Map<string, string>): PricedResource {
  const { urn, type, name } = resource;
  const parents = stack.parents(resource);
  const outermost = parents.at(-1) ?? (resource.custom ? undefined : resource);
  const component = outermost === undefined ? "the stack" : `${outermost.type.split(":").at(-1)} ${outermost.name}`;
  return { urn, type, name, component, workload: workloadOf(resource, outermost, stack, workloads) };
}

/** The workload that a resource's tags name; else that of the first resource beside it that has one. */
function workloadOf(
  resource: GraphResource,
  owner: GraphResource | undefined,
  stack: PricedStack,
  workloads: Map<string, string>,
): string {
  const tagged = ({ inputs }: GraphResource): string | undefined => textAt(inputs, "tags", TagKey.Workload);
  const own = tagged(resource);
  if (own !== undefined || owner === undefined) return own ?? "";
  const known = workloads.get(owner.urn);
  if (known !== undefined) return known;
  const siblings = stack.resources.filter((other) => stack.parents(other).some(({ urn }) => urn === owner.urn));
  const found = siblings.map(tagged).find((workload) => workload !== undefined) ?? "";
  workloads.set(owner.urn, found);
  return found;
}

function confidenceShares(items: readonly LineItem[], total: Decimal): Readonly<Record<PriceConfidence, number>> {
  const share = (confidence: PriceConfidence): number => {
    const part = Range.sum(items.filter(({ price }) => price.confidence === confidence).map(({ monthly }) => monthly));
    return total.isZero ? 0 : part.expected.over(total).toNumber();
  };
  return { exact: share("exact"), secondary: share("secondary"), derived: share("derived") };
}
