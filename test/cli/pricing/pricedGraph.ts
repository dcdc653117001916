import type { PriceBook } from "../../../cli/pricing/book/priceBook";
import { shippedBook } from "../../../cli/pricing/book/readPriceBook";
import { priceGraph } from "../../../cli/pricing/priceGraph";
import type { PriceResult } from "../../../cli/pricing/priceResult";
import { Range } from "../../../cli/pricing/range";
import { usageOf } from "../../../cli/pricing/usage/usage";
import { USAGE_FIELDS, type UsageGroup } from "../../../cli/pricing/usage/usageFields";
import type { GraphObject, GraphResource, ResourceGraph } from "../../../contracts/graph";

/** A day on which the shipped book is 9 days old. */
export const TODAY = new Date("2026-10-10T12:00:00Z");

/** A resource of a graph made by hand; dependencies are names of other resources, by property. */
export interface HandmadeResource {
  readonly type: string;
  readonly name?: string;
  readonly inputs?: GraphObject;
  readonly parent?: string;
  readonly on?: Readonly<Record<string, readonly string[]>>;
}

/** URN of a resource of a graph made by hand. */
export function urnOf(name: string): string {
  return `urn:pulumi:test::test::test::${name}`;
}

/** A graph of resources in a Region. */
export function graphOf(resources: readonly HandmadeResource[], region = "us-east-1"): ResourceGraph {
  const stack = urnOf("stack");
  const provider = urnOf("provider");
  const fill = (resource: HandmadeResource): GraphResource => {
    const { type, name = "it", inputs = {}, parent, on = {} } = resource;
    const propertyDependencies = Object.fromEntries(
      Object.entries(on).map(([property, names]) => [property, names.map(urnOf)]),
    );
    return {
      urn: urnOf(name),
      type,
      name,
      parent: parent === undefined ? stack : urnOf(parent),
      custom: type.startsWith("aws:"),
      inputs,
      dependencies: Object.values(propertyDependencies).flat(),
      propertyDependencies,
      ...(type.startsWith("aws:") && { provider }),
      options: {},
    };
  };
  const bare = { inputs: {}, dependencies: [], propertyDependencies: {}, options: {} };
  return {
    project: "test",
    stack: "test",
    mode: "preview",
    outputs: {},
    placeholders: [],
    resources: [
      { ...bare, urn: stack, type: "pulumi:pulumi:Stack", name: "stack", custom: false },
      { ...bare, urn: provider, type: "pulumi:providers:aws", name: "provider", custom: true, inputs: { region } },
      ...resources.map(fill),
    ],
  };
}

/** Usage by group and name: a number, or low, expected and high; everything else is the default. */
export type GivenFigures = Readonly<
  Record<string, Readonly<Record<string, number | readonly [number, number, number]>>>
>;

export function usageWith(figures: GivenFigures, resources: GivenFigures = {}): ReturnType<typeof usageOf> {
  return usageOf({ groups: ranges(figures), resources: ranges(resources) });
}

/** Usage in which every figure is known: that of its default that is expected, times a factor. */
export function knownUsage(factor = 1): ReturnType<typeof usageOf> {
  const groups = Object.fromEntries(
    Object.keys(USAGE_FIELDS).map((group) => {
      const fields = Object.entries(USAGE_FIELDS[group as UsageGroup]);
      return [
        group,
        Object.fromEntries(
          fields.map(([name, field]) => [
            name,
            Range.exactly("share" in field ? field.default[1] : field.default[1] * factor),
          ]),
        ),
      ];
    }),
  );
  return usageOf({ groups, resources: {} });
}

function ranges(figures: GivenFigures): Record<string, Record<string, Range>> {
  const range = (value: number | readonly [number, number, number]): Range =>
    typeof value === "number" ? Range.exactly(value) : Range.of(...value);
  return Object.fromEntries(
    Object.entries(figures).map(([group, fields]) => [
      group,
      Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, range(value)])),
    ]),
  );
}

/** Prices resources made by hand. */
export function priced(
  resources: readonly HandmadeResource[],
  {
    usage = usageWith({}),
    region = "us-east-1",
    book = shippedBook(),
  }: { usage?: ReturnType<typeof usageOf>; region?: string; book?: PriceBook } = {},
): PriceResult {
  return priceGraph(graphOf(resources, region), book, usage, TODAY);
}

/** Each charge with its expected cost to the cent, and its bounds where they differ: `requests 0.20`. */
export function bill({ items }: PriceResult): readonly string[] {
  return items.map(({ what, monthly }) => {
    const range = monthly.isKnown ? "" : ` ${monthly.low.toString(2)}..${monthly.high.toString(2)}`;
    return `${what} ${monthly.expected.toString(2)}${range}`;
  });
}
