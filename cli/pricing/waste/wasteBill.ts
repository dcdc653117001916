import type { GraphResource } from "../../../contracts/graph";
import type { PriceBook } from "../book/priceBook";
import type { Decimal } from "../decimal";
import type { PricedStack } from "../pricedStack";
import type { LineItem, PricedResource, PriceResult } from "../priceResult";
import { Range } from "../range";

/** Instances of SageMaker that a resource pays for, or would, had the book a price of them. */
export interface InstanceUse {
  readonly resource: PricedResource;
  /** What they are used for, as usage types spell it: `Host`, `AsyncInf`, `Train`, `Processing`, `Tsform`, `Notebk`. */
  readonly component: string;
  /** For example `ml.g5.xlarge`. */
  readonly instanceType: string;
  /** For example `g5`. */
  readonly family: string;
  /** For example `xlarge`. */
  readonly size: string;
  /** Absent when the book has no price. */
  readonly line?: LineItem;
}

/** Usage types of instances: `Host:ml.g5.xlarge`. */
const INSTANCE = /^([A-Za-z]+):(ml\.([a-z0-9-]+)\.([a-z0-9]+))$/;

/** A stack with its bill, as kinds of waste ask about it. */
export class WasteBill {
  readonly #named: ReadonlyMap<string, PricedResource>;
  readonly #lines = new Map<string, LineItem[]>();

  constructor(
    readonly stack: PricedStack,
    readonly book: PriceBook,
    readonly prices: PriceResult,
  ) {
    const all = [...prices.items, ...prices.notPriced].map(({ resource }) => [resource.urn, resource] as const);
    this.#named = new Map(all);
    for (const line of prices.items) {
      const known = this.#lines.get(line.resource.urn);
      if (known) known.push(line);
      else this.#lines.set(line.resource.urn, [line]);
    }
  }

  /** Resources of some types, with their names as a bill has them. */
  ofTypes(...types: readonly string[]): readonly (readonly [resource: GraphResource, named: PricedResource])[] {
    return this.stack.resources.flatMap((resource) => {
      const named = this.#named.get(resource.urn);
      return types.includes(resource.type) && named ? [[resource, named] as const] : [];
    });
  }

  /** Lines of a resource whose usage types begin with something. */
  lines({ urn }: Pick<GraphResource, "urn">, ...beginnings: readonly string[]): readonly LineItem[] {
    return (this.#lines.get(urn) ?? []).filter(({ price }) =>
      beginnings.some((beginning) => price.key.usageType.startsWith(beginning)),
    );
  }

  /** Every instance of SageMaker that the stack pays for, for some of its uses. */
  instances(components: readonly string[]): readonly InstanceUse[] {
    const use = (resource: PricedResource, usageType: string, line?: LineItem): readonly InstanceUse[] => {
      const [, component = "", instanceType = "", family = "", size = ""] = INSTANCE.exec(usageType) ?? [];
      return components.includes(component)
        ? [{ resource, component, instanceType, family, size, ...(line && { line }) }]
        : [];
    };
    return [
      ...this.prices.items.flatMap((line) => use(line.resource, line.price.key.usageType, line)),
      ...this.prices.notPriced.flatMap(({ resource, usageType = "" }) => use(resource, usageType)),
    ];
  }

  /** What is left of a line's price with another usage type of the same service and Region: a share, at most 1. */
  priceLeft({ price }: LineItem, usageType: string): Decimal | undefined {
    const now = this.book.find(price.key);
    const then = this.book.find({ ...price.key, usageType });
    if (now === undefined || then === undefined) return undefined;
    const [old, fresh] = [now, then].map(({ tiers, per }) => tiers[0]?.usd.over(per));
    return old === undefined || old.isZero || fresh === undefined ? undefined : fresh.over(old);
  }

  /** Share of a line's cost that another usage type saves; undefined when it saves nothing, or has no price. */
  cheaperBy(line: LineItem, usageType: string): Range | undefined {
    const left = this.priceLeft(line, usageType);
    return left === undefined || left.toNumber() >= 1 ? undefined : Range.exactly(left).rest();
  }
}
