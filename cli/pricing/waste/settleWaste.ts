import { Decimal } from "../decimal";
import type { LineItem } from "../priceResult";
import { Range } from "../range";
import type { Claim, Lever, WasteFinding, WasteKind } from "./wasteKind";

/** A finding and the kind that it is of. */
export interface FoundWaste {
  readonly kind: WasteKind;
  readonly finding: WasteFinding;
}

/** A finding with what counts of it. */
export interface SettledWaste extends FoundWaste {
  /** US dollars a month that it saves beside the others; zero when others take it all. Absent when it has no price. */
  readonly monthly?: Range;
  /** What it would save by itself. */
  readonly alone?: Range;
  /** Kinds that take what it would save. */
  readonly countedIn: readonly WasteKind[];
}

type Winner = { readonly at: number; readonly share: Range };

/**
 * Counts every dollar once. A line of the bill is a price times an amount. Of the fixes that lower its price only the one
 * that saves most counts, and of those that lower its amount too; where there is one of each, the second takes its share
 * of what the first leaves. Expected amounts therefore add up to the total; bounds need not.
 */
export function settleWaste(found: readonly FoundWaste[]): {
  readonly settled: readonly SettledWaste[];
  readonly total: Range;
} {
  const lines = new Map<string, { readonly line: LineItem; readonly best: Partial<Record<Lever, Winner>> }>();
  found.forEach(({ finding }, at) => {
    for (const claim of finding.claims) {
      const share = shareOf(claim, finding);
      const entry = lines.get(keyOf(claim.line)) ?? { line: claim.line, best: {} };
      const rival = entry.best[claim.lever];
      const best = rival === undefined || more(share, rival.share) ? { at, share } : rival;
      lines.set(keyOf(claim.line), { ...entry, best: { ...entry.best, [claim.lever]: best } });
    }
  });
  const settled = found.map(({ kind, finding }, at): SettledWaste => {
    if (finding.claims.length === 0) return { kind, finding, countedIn: [] };
    const counted: Range[] = [];
    const others = new Set<WasteKind>();
    for (const { line, lever } of finding.claims) {
      const { price, amount } = lines.get(keyOf(line))?.best ?? {};
      const winner = lever === "price" ? price : amount;
      const rival = winner === undefined ? undefined : found[winner.at]?.kind;
      if (winner === undefined) continue;
      if (winner.at === at)
        counted.push(lever === "price" ? saved(line, winner.share) : rest(line, winner.share, price));
      else if (rival) others.add(rival);
    }
    const alone = Range.sum(finding.claims.map((claim) => saved(claim.line, shareOf(claim, finding))));
    return { kind, finding, monthly: Range.sum(counted), alone, countedIn: [...others] };
  });
  return { settled, total: Range.sum([...lines.values()].map(({ line, best }) => both(line, best))) };
}

/** The share of a claim; where a condition must hold, nothing at least. */
function shareOf({ share }: Claim, { provided }: WasteFinding): Range {
  return provided === undefined ? share : share.fromZero();
}

function saved({ monthly }: LineItem, share: Range): Range {
  return monthly.times(share);
}

/** What a lower amount saves at the price that is left. */
function rest(line: LineItem, share: Range, price: Winner | undefined): Range {
  return price === undefined ? saved(line, share) : line.monthly.times(price.share.rest()).times(share);
}

/** What both levers save of a line, case by case: each takes most when both do. */
function both({ monthly }: LineItem, { price, amount }: Partial<Record<Lever, Winner>>): Range {
  const one = Decimal.of(1);
  const left = (one_: Decimal, other: Decimal): Decimal => one.minus(one.minus(one_).times(one.minus(other)));
  const [p, a] = [price?.share ?? Range.ZERO, amount?.share ?? Range.ZERO];
  return monthly.times(Range.of(left(p.low, a.low), left(p.expected, a.expected), left(p.high, a.high)));
}

function more(a: Range, b: Range): boolean {
  return (a.expected.compare(b.expected) || a.high.compare(b.high)) > 0;
}

function keyOf({ resource, what }: LineItem): string {
  return `${resource.urn} ${what}`;
}
