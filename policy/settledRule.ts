import { InvalidInputError } from "../contracts/problems";
import type { Enforcement, Finding, Rule, RuleConfig } from "../contracts/rule";
import { enforcementOf, type PolicyConfiguration } from "./configuration";
import { ON_UNKNOWN, parseRuleConfig, ruleConfigProblems } from "./ruleConfig";

/** A rule that is to be evaluated, with its configuration settled. */
export interface SettledRule {
  readonly rule: Rule;
  readonly enforcement: Exclude<Enforcement, "disabled">;
  readonly config: RuleConfig;
}

/**
 * Settles each rule's enforcement and parameters, and leaves out the disabled ones.
 * @throws InvalidInputError with every problem of every rule at once
 */
export function settleRules(rules: readonly Rule[], configuration: PolicyConfiguration): readonly SettledRule[] {
  const given = (rule: Rule) => configuration[rule.id]?.parameters ?? {};
  const problems = rules.flatMap((rule) => ruleConfigProblems(rule, given(rule)));
  if (problems.length > 0) throw new InvalidInputError("policy configuration", problems);
  return rules.flatMap((rule) => {
    const enforcement = enforcementOf(configuration, rule.id, rule.enforcement);
    return enforcement === "disabled" ? [] : [{ rule, enforcement, config: parseRuleConfig(rule, given(rule)) }];
  });
}

/** True when a finding that cannot be told is only to be said, whatever the enforcement. */
export function onlyReported(finding: Finding, config: RuleConfig): boolean {
  return finding.status === "unknown" && config[ON_UNKNOWN] === "report";
}
