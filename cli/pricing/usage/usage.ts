import { Range } from "../range";
import { USAGE_FIELDS, type UsageField, type UsageGroup } from "./usageFields";

/** Figures of one group by name. */
export type GroupUsage<G extends UsageGroup> = { readonly [F in keyof (typeof USAGE_FIELDS)[G]]: Range };

/** How much a stack is used in a month. */
export type Usage = { readonly [G in UsageGroup]: GroupUsage<G> } & {
  /** What the file says of single resources: by name, `type::name` or URN, the quantities to take. */
  readonly resources: Readonly<Record<string, Readonly<Record<string, Range>>>>;
  /** Paths of the figures that the file gives; every other one is a default. */
  readonly given: ReadonlySet<string>;
};

/** Figures as a file gives them, by group and name, and those of single resources. */
export interface GivenUsage {
  readonly groups: Readonly<Record<string, Readonly<Record<string, Range>>>>;
  readonly resources: Readonly<Record<string, Readonly<Record<string, Range>>>>;
}

/** Usage with a default for every figure that is not given. */
export function usageOf(given: GivenUsage = { groups: {}, resources: {} }): Usage {
  const group = <G extends UsageGroup>(name: G): GroupUsage<G> => {
    const fields: Readonly<Record<string, UsageField>> = USAGE_FIELDS[name];
    const ranges = Object.entries(fields).map(([field, { default: proposed }]) => {
      return [field, given.groups[name]?.[field] ?? Range.of(...proposed)] as const;
    });
    // Its keys are those of the group, which the type cannot follow through entries.
    return Object.fromEntries(ranges) as GroupUsage<G>;
  };
  return {
    images: group("images"),
    training: group("training"),
    serving: group("serving"),
    functions: group("functions"),
    logs: group("logs"),
    queues: group("queues"),
    storage: group("storage"),
    network: group("network"),
    notebooks: group("notebooks"),
    resources: given.resources,
    given: new Set(
      Object.entries(given.groups).flatMap(([name, fields]) => Object.keys(fields).map((f) => `${name}.${f}`)),
    ),
  };
}
