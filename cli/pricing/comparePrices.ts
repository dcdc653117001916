import { Decimal } from "./decimal";
import type { PriceResult } from "./priceResult";
import { Range } from "./range";

/** What something costs in two versions, expected; zero in the version that does not have it. */
export interface PriceChange {
  readonly name: string;
  readonly before: Decimal;
  readonly after: Decimal;
  readonly difference: Decimal;
}

/** A component's change, with those of its resources that differ. */
export interface ComponentChange extends PriceChange {
  readonly resources: readonly PriceChange[];
}

/** How the expected bill differs between two versions. */
export interface PriceComparison {
  /** Names of what is compared, for example `dev` and `prod`. */
  readonly from: string;
  readonly to: string;
  readonly total: PriceChange;
  /** Components that differ, by how much. */
  readonly components: readonly ComponentChange[];
}

/** Compares two results by component and resource, the greatest differences first. */
export function comparePrices(before: PriceResult, after: PriceResult, from: string, to: string): PriceComparison {
  const names = [...new Set([...before.items, ...after.items].map(({ resource }) => resource.component))];
  const components = names
    .map((component): ComponentChange => {
      const [old, fresh] = [before, after].map((result) => byResource(result, component));
      const resources = [...new Set([...(old ?? []), ...(fresh ?? [])].map(([name]) => name))]
        .map((name) => change(name, old?.get(name), fresh?.get(name)))
        .filter(({ difference }) => !difference.isZero);
      return { ...change(component, sum(old), sum(fresh)), resources: resources.sort(greatestFirst) };
    })
    .filter(({ difference, resources }) => !difference.isZero || resources.length > 0);
  const total = change("total", before.total.expected, after.total.expected);
  return { from, to, total, components: components.sort(greatestFirst) };
}

function byResource({ items }: PriceResult, component: string): ReadonlyMap<string, Decimal> {
  const sums = new Map<string, Decimal>();
  for (const { resource, monthly } of items) {
    if (resource.component !== component) continue;
    const name = `${resource.name} (${resource.type})`;
    sums.set(name, (sums.get(name) ?? Decimal.ZERO).plus(monthly.expected));
  }
  return sums;
}

function sum(amounts: ReadonlyMap<string, Decimal> | undefined): Decimal {
  return Range.sum([...(amounts?.values() ?? [])].map((amount) => Range.exactly(amount))).expected;
}

function change(name: string, before = Decimal.ZERO, after = Decimal.ZERO): PriceChange {
  return { name, before, after, difference: after.minus(before) };
}

function greatestFirst(a: PriceChange, b: PriceChange): number {
  return size(b.difference).compare(size(a.difference));
}

function size(amount: Decimal): Decimal {
  return amount.compare(Decimal.ZERO) < 0 ? Decimal.ZERO.minus(amount) : amount;
}
