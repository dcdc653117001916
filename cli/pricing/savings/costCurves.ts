import type { ResourceGraph } from "../../../contracts/graph";
import type { PriceBook } from "../book/priceBook";
import type { PriceResult } from "../priceResult";
import { Range } from "../range";
import type { Usage } from "../usage/usage";
import { compareSavings } from "./compareSavings";

/** Costs of named ways over something that grows. */
export interface CostCurves {
  /** Title of the comparison that they continue. */
  readonly of: string;
  readonly title: string;
  /** What grows, and by which steps: even ones or factors. */
  readonly x: { readonly label: string; readonly kind: "linear" | "log"; readonly values: readonly number[] };
  /** What the costs are for. */
  readonly unit: string;
  readonly lines: readonly CostLine[];
}

/** One way's cost in US dollars at each value of x; null where the book has no price. */
export interface CostLine {
  readonly name: string;
  readonly ours: boolean;
  readonly usd: readonly (number | null)[];
}

/** A stretch over which one way is the cheapest. Between two values of x, costs are taken to be straight. */
export interface CheapestStretch {
  readonly name: string;
  readonly ours: boolean;
  readonly from: number;
  readonly to: number;
}

/** What is varied: which comparison, along what, and the usage at each value. */
interface Variation {
  readonly of: string;
  readonly title: string;
  readonly x: CostCurves["x"];
  readonly unit: string;
  /** Ways that are drawn; all of them when absent. */
  readonly ways?: readonly string[];
  usageAt(usage: Usage, value: number): Usage;
}

const FACTORS = [1, 2, 5];

/** Values from 1 to a power of ten, three for each. */
function decades(last: number): readonly number[] {
  return [
    ...Array.from({ length: last }, (_, power) => FACTORS.map((factor) => factor * 10 ** power)).flat(),
    10 ** last,
  ];
}

const VARIATIONS: readonly Variation[] = [
  {
    of: "Normalising images",
    title: "How often each image is read",
    x: { label: "reads of each image", kind: "linear", values: Array.from({ length: 30 }, (_, i) => i + 1) },
    unit: "1,000 images",
    ways: [
      "function at read, Graviton",
      "function at read, x86",
      "once, by the function (derived copies)",
      "once, by a processing job on ml.m5.xlarge",
      "on the training machine, ml.g4dn.xlarge",
    ],
    usageAt: (usage, reads) => ({
      ...usage,
      images: { ...usage.images, epochs: Range.exactly(reads), readers: Range.exactly(1) },
    }),
  },
  {
    of: "Serving a model for each customer",
    title: "How many customers there are",
    x: { label: "customers", kind: "log", values: decades(4) },
    unit: "a month",
    usageAt: (usage, customers) => ({
      ...usage,
      training: { ...usage.training, customers: Range.exactly(customers) },
      given: new Set([...usage.given, "training.customers"]),
    }),
  },
  {
    of: "Serving a model for each customer",
    title: "How much each customer asks",
    x: { label: "forecasts a month for each customer", kind: "log", values: decades(6) },
    unit: "a month",
    usageAt: (usage, forecasts) => ({
      ...usage,
      serving: { ...usage.serving, forecastsPerCustomer: Range.exactly(forecasts) },
    }),
  },
];

/** The comparisons of `compareSavings` continued as curves, as expected, from the same usage and book. Empty where it compares nothing. */
export function costCurves(
  graph: ResourceGraph,
  book: PriceBook,
  usage: Usage,
  result: PriceResult,
): readonly CostCurves[] {
  return VARIATIONS.flatMap(({ of, title, x, unit, ways, usageAt }): readonly CostCurves[] => {
    const columns = x.values.map((value) => {
      return compareSavings(graph, book, usageAt(usage, value), result).find((one) => one.title === of);
    });
    const [first] = columns;
    if (first === undefined) return [];
    const lines = first.alternatives
      .filter(({ name }) => ways?.includes(name) ?? true)
      .map(({ name, ours }): CostLine => {
        const usd = columns.map((column) => {
          const cost = column?.alternatives.find((one) => one.name === name)?.usd?.expected;
          return cost === undefined ? null : cost.toNumber();
        });
        return { name, ours, usd };
      });
    return [{ of, title, x, unit, lines }];
  });
}

/** Which way is the cheapest from where to where; ours where it is no dearer. Empty without prices. */
export function cheapestStretches({ x, lines }: CostCurves): readonly CheapestStretch[] {
  const priced = lines.filter(({ usd }) => usd.every((cost) => cost !== null));
  const cost = (line: CostLine, at: number): number => line.usd[at] ?? Infinity;
  const cheapest = (at: number): CostLine | undefined =>
    [...priced].sort((a, b) => cost(a, at) - cost(b, at) || Number(b.ours) - Number(a.ours))[0];
  const stretches: CheapestStretch[] = [];
  x.values.forEach((value, at) => {
    const line = cheapest(at);
    if (line === undefined) return;
    const last = stretches.at(-1);
    const before = last && priced.find(({ name }) => name === last.name);
    if (last === undefined || before === undefined) {
      stretches.push({ name: line.name, ours: line.ours, from: value, to: value });
      return;
    }
    if (before === line) {
      stretches[stretches.length - 1] = { ...last, to: value };
      return;
    }
    const previous = x.values[at - 1] ?? value;
    const gapBefore = cost(line, at - 1) - cost(before, at - 1);
    const gapHere = cost(before, at) - cost(line, at);
    const meeting = previous + (value - previous) * (gapBefore / (gapBefore + gapHere));
    stretches[stretches.length - 1] = { ...last, to: meeting };
    stretches.push({ name: line.name, ours: line.ours, from: meeting, to: value });
  });
  return stretches;
}
