import type { GraphObject, GraphResource } from "./graph";

/** How much a violation matters: `critical` loses data or money at once, `low` is a matter of taste. */
export type Severity = "critical" | "high" | "medium" | "low";

/** What a violation does: `mandatory` refuses the update, `advisory` is shown, `disabled` is not evaluated. */
export type Enforcement = "mandatory" | "advisory" | "disabled";

/** One thing a rule found in a resource. A rule that finds nothing passes. */
export interface Finding {
  /** `fail`: it is wrong. `unknown`: it cannot be told from what is known now. */
  readonly status: "fail" | "unknown";
  /** Path of the property, for example `architectures[0]`; empty for the resource as a whole. */
  readonly path: string;
  /** What is wrong in this resource, and what it should be. Never a secret's value. */
  readonly message: string;
  /** Dollars a month that the fix saves, where the rule can tell. */
  readonly saving?: number;
}

/** JSON Schema subset that describes a rule's parameters; the same words reach Pulumi's own policy configuration. */
export interface RuleParameter {
  readonly type: "string" | "number" | "boolean" | "array";
  readonly items?: { readonly type: "string" };
  readonly enum?: readonly string[];
  readonly description: string;
  readonly default: string | number | boolean | readonly string[];
}

/** A rule's parameters, by name. */
export type RuleParameters = Readonly<Record<string, RuleParameter>>;

/** Values of a rule's parameters, defaults filled in. */
export type RuleConfig = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** What a rule may ask besides the resource. */
export interface RuleContext {
  readonly config: RuleConfig;
}

/** What a rule may ask once the whole stack is known. */
export interface StackRuleContext extends RuleContext {
  /** The resources that `resource` depends on, directly or through others, and their components. */
  dependenciesOf(resource: GraphResource): readonly GraphResource[];
}

/**
 * One rule. Its file imports neither `@pulumi/policy` nor `@pulumi/aws`, so that it loads in a millisecond and
 * gives the same verdict in the real engine and in `frugal-ml check`.
 */
export interface Rule {
  /** Unique, kebab-case, never reused. */
  readonly id: string;
  /** Pack it belongs to, for example `graviton`. */
  readonly pack: string;
  readonly severity: Severity;
  /** Enforcement unless the pack's configuration says otherwise. */
  readonly enforcement: Exclude<Enforcement, "disabled">;
  /** What an `unknown` finding does under mandatory enforcement: `fail` refuses, `report` only says so. */
  readonly onUnknown: "fail" | "report";
  readonly title: string;
  /** Why, in money or risk. */
  readonly why: string;
  readonly fix: string;
  /** Address of the page that explains it. */
  readonly docs: string;
  readonly config: RuleParameters;
  /** Type tokens it looks at. */
  readonly types: readonly string[];
  /** Verdict from the resource alone. */
  check(resource: GraphResource, context: RuleContext): readonly Finding[];
  /** Verdict that needs the resource's dependencies; evaluated when all resources are registered. */
  checkInStack?(resource: GraphResource, context: StackRuleContext): readonly Finding[];
  /** New inputs that mend the resource, or undefined to leave it. Only where that is safe, or opted into. */
  remediate?(resource: GraphResource, context: RuleContext): GraphObject | undefined;
}
