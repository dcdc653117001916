import type { GraphResource, ResourceGraph } from "../contracts/graph";
import type { Finding, Rule } from "../contracts/rule";
import type { PolicyConfiguration } from "./configuration";
import { stackIndex } from "./dependencies";
import { onlyReported, type SettledRule, settleRules } from "./settledRule";
import type { Evaluation, Remediation, Verdict } from "./verdict";

/**
 * Judges a graph by rules, in this process, in the engine's order: what may be mended is mended, then every resource
 * is judged by itself, then with its dependencies. Resources that were only read are depended on, never judged.
 * @throws InvalidInputError with every problem of the configuration at once
 */
export function evaluate(
  graph: ResourceGraph,
  rules: readonly Rule[],
  configuration: PolicyConfiguration = {},
): Evaluation {
  const settled = byType(settleRules(rules, configuration));
  const remediations: Remediation[] = [];
  const resources = graph.resources.map((resource) => remediated(resource, rulesFor(resource, settled), remediations));

  const verdicts: Verdict[] = [];
  for (const resource of resources) {
    for (const settledRule of rulesFor(resource, settled)) {
      const findings = settledRule.rule.check(resource, { config: settledRule.config });
      verdicts.push(...findings.map((finding) => verdict(settledRule, resource, finding)));
    }
  }
  const index = stackIndex(resources);
  for (const resource of resources) {
    for (const settledRule of rulesFor(resource, settled)) {
      const findings = settledRule.rule.checkInStack?.(resource, { config: settledRule.config, ...index }) ?? [];
      verdicts.push(...findings.map((finding) => verdict(settledRule, resource, finding)));
    }
  }
  return { verdicts, remediations };
}

type RulesByType = ReadonlyMap<string, readonly SettledRule[]>;

function byType(settled: readonly SettledRule[]): RulesByType {
  const types = new Map<string, SettledRule[]>();
  for (const settledRule of settled) {
    for (const type of settledRule.rule.types) {
      const listed = types.get(type);
      if (listed) listed.push(settledRule);
      else types.set(type, [settledRule]);
    }
  }
  return types;
}

function rulesFor(resource: GraphResource, rules: RulesByType): readonly SettledRule[] {
  return resource.external ? [] : (rules.get(resource.type) ?? []);
}

function remediated(given: GraphResource, rules: readonly SettledRule[], remediations: Remediation[]): GraphResource {
  let resource = given;
  for (const { rule, enforcement, config } of rules) {
    const inputs = enforcement === "remediate" ? rule.remediate?.(resource, { config }) : undefined;
    if (!inputs) continue;
    resource = { ...resource, inputs };
    remediations.push({ rule, resource });
  }
  return resource;
}

function verdict({ rule, enforcement, config }: SettledRule, resource: GraphResource, finding: Finding): Verdict {
  const violation = enforcement !== "advisory" && !onlyReported(finding, config);
  return { rule, resource, finding, violation };
}
