import { InvalidInputError, type Problem, printGiven } from "../contracts/problems";
import type { Rule, RuleConfig, RuleParameter, RuleParameters } from "../contracts/rule";

/** Parameter that every rule has without declaring it. */
export const ON_UNKNOWN = "onUnknown";

/** A rule's own parameters and the one that every rule has. */
export function ruleParameters(rule: Rule): RuleParameters {
  return {
    ...rule.config,
    [ON_UNKNOWN]: {
      type: "string",
      enum: ["fail", "report"],
      description:
        "What a finding does under mandatory enforcement when something is not known yet: fail refuses, report only says so.",
      default: rule.onUnknown,
    },
  };
}

/**
 * Fills in a rule's defaults and validates. Undeclared parameters are problems too.
 * @throws InvalidInputError with every problem at once
 */
export function parseRuleConfig(rule: Rule, given: Readonly<Record<string, unknown>>): RuleConfig {
  const problems = ruleConfigProblems(rule, given);
  if (problems.length > 0) throw new InvalidInputError(`configuration of ${rule.id}`, problems);
  return withDefaults(rule, given);
}

/** Every problem of a rule's parameters; an empty list when they can be used. */
export function ruleConfigProblems(rule: Rule, given: Readonly<Record<string, unknown>>): readonly Problem[] {
  const parameters = ruleParameters(rule);
  const problems = Object.entries(given).flatMap(([name, value]): Problem[] => {
    const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    const property = `${rule.id}.${name}`;
    if (!parameter)
      return [{ property, given: printGiven(value), allowed: `one of ${Object.keys(parameters).join(", ")}` }];
    return accepts(parameter, value) ? [] : [{ property, given: printGiven(value), allowed: words(parameter) }];
  });
  const deeper = rule.configProblems?.(withDefaults(rule, given)) ?? [];
  return [...problems, ...deeper.map((problem) => ({ ...problem, property: `${rule.id}.${problem.property}` }))];
}

/** What was given where it can be used, and defaults. */
function withDefaults(rule: Rule, given: Readonly<Record<string, unknown>>): RuleConfig {
  return Object.fromEntries(
    Object.entries(ruleParameters(rule)).map(([name, parameter]) => {
      const value = given[name];
      return [name, accepts(parameter, value) ? value : parameter.default];
    }),
  );
}

function accepts(parameter: RuleParameter, value: unknown): value is string | number | boolean | readonly string[] {
  if (parameter.type === "array") return Array.isArray(value) && value.every((element) => typeof element === "string");
  return typeof value === parameter.type && (!parameter.enum || parameter.enum.some((allowed) => allowed === value));
}

function words(parameter: RuleParameter): string {
  if (parameter.enum) return `one of ${parameter.enum.join(", ")}`;
  return parameter.type === "array" ? "an array of strings" : `a ${parameter.type}`;
}
