import type { GraphObject, GraphResource } from "./graph";
import type { Problem } from "./problems";

/** How much a violation matters: `critical` loses data or money at once, `low` is a matter of taste. */
export type Severity = "critical" | "high" | "medium" | "low";

/**
 * What a violation does: `mandatory` refuses the update, `advisory` is shown, `remediate` mends the resource first and
 * is mandatory for what remains, `disabled` is not evaluated. The words are Pulumi's.
 */
export type Enforcement = "mandatory" | "advisory" | "remediate" | "disabled";

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

/**
 * What a rule sees of a resource: what the real engine tells a policy while it registers the resource, and no more,
 * so that the verdict cannot differ between the engine and `frugal-ml check`.
 */
export type RuleResource = Pick<GraphResource, "urn" | "type" | "name" | "parent" | "custom" | "inputs" | "provider">;

/** What a rule may ask besides the resource. */
export interface RuleContext {
  readonly config: RuleConfig;
}

/** What a rule may ask once the whole stack is known. */
export interface StackRuleContext extends RuleContext {
  /**
   * The resources that `resource` depends on, directly or through others, and their components; once each, nearest
   * first. A dependency on a component is one on everything inside it.
   * @param properties only what these input properties lead to; all dependencies when absent
   */
  dependenciesOf(resource: RuleResource, properties?: readonly string[]): readonly RuleResource[];
  /**
   * The resources that depend directly on `resource`, in registration order.
   * @param properties only those that do so through these input properties; all when absent
   */
  dependentsOf(resource: RuleResource, properties?: readonly string[]): readonly RuleResource[];
  /** The stack's resources of these types, in registration order within each type; the same list whenever it is asked. */
  ofTypes(types: readonly string[]): readonly RuleResource[];
  /** The provider that manages `resource`, when the stack has it. */
  providerOf(resource: RuleResource): RuleResource | undefined;
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
  readonly enforcement: "mandatory" | "advisory";
  /**
   * What an `unknown` finding does under mandatory enforcement: `fail` refuses, `report` only says so. It is the
   * default of the parameter `onUnknown`, which every rule has without declaring it.
   */
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
  /** What is wrong with parameters whose types are right, for example a regular expression that does not parse. */
  configProblems?(config: RuleConfig): readonly Problem[];
  /** Verdict from the resource alone. */
  check(resource: RuleResource, context: RuleContext): readonly Finding[];
  /** Verdict that needs the resource's dependencies; evaluated when all resources are registered. */
  checkInStack?(resource: RuleResource, context: StackRuleContext): readonly Finding[];
  /** All inputs as they should be, or undefined to leave them. Only where that is safe, or opted into. */
  remediate?(resource: RuleResource, context: RuleContext): GraphObject | undefined;
}
