import type { ResourceGraph } from "../../../contracts/graph";
import type { PriceBook } from "../book/priceBook";
import { PricedStack } from "../pricedStack";
import { priceGraph } from "../priceGraph";
import type { PriceResult } from "../priceResult";
import type { Range } from "../range";
import type { Usage } from "../usage/usage";
import { type SettledWaste, settleWaste } from "./settleWaste";
import { WasteBill } from "./wasteBill";
import type { NotJudged, WasteKind } from "./wasteKind";
import { WASTE_KINDS } from "./wasteKinds";

/** Something that a kind of waste could not judge. */
export interface UnjudgedWaste extends NotJudged {
  readonly kind: WasteKind;
}

/** What a stack wastes in a month. */
export interface WasteResult {
  /** The dearest first; then what has no amount, and what others count already. */
  readonly findings: readonly SettledWaste[];
  /** US dollars a month. */
  readonly total: Range;
  readonly notJudged: readonly UnjudgedWaste[];
  /** The bill that it is a part of, with what of it has no price. */
  readonly prices: PriceResult;
}

/**
 * Finds what a stack wastes.
 * @param today the day by which the book's age is told
 * @param region of resources of which nothing tells theirs
 */
export function findWaste(
  graph: ResourceGraph,
  book: PriceBook,
  usage: Usage,
  today: Date,
  region?: string,
): WasteResult {
  const prices = priceGraph(graph, book, usage, today, region);
  const bill = new WasteBill(new PricedStack(graph, usage, region), book, prices);
  const all = WASTE_KINDS.flatMap((kind) => kind.find(bill).map((found) => ({ kind, found })));
  const { settled, total } = settleWaste(
    all.flatMap(({ kind, found }) => ("claims" in found ? [{ kind, finding: found }] : [])),
  );
  return {
    findings: settled.filter(({ alone }) => alone === undefined || !alone.isZero).sort(dearestFirst),
    total,
    notJudged: all.flatMap(({ kind, found }) => ("claims" in found ? [] : [{ kind, ...found }])),
    prices,
  };
}

function dearestFirst(a: SettledWaste, b: SettledWaste): number {
  const [mine, theirs] = [a.monthly, b.monthly];
  if (mine === undefined || theirs === undefined) return order(a) - order(b);
  const expected = theirs.expected.compare(mine.expected) || theirs.high.compare(mine.high);
  return order(a) - order(b) || expected;
}

/** Findings that count, findings without an amount, findings that others count. */
function order({ monthly }: SettledWaste): number {
  if (monthly === undefined) return 1;
  return monthly.isZero ? 2 : 0;
}
