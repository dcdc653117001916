import {
  type PolicyConfigSchema,
  PolicyPack,
  type PolicyResource,
  type ReportViolation,
  type ResourceValidationArgs,
  type ResourceValidationPolicy,
  type StackValidationPolicy,
} from "@pulumi/policy";
import type { GraphObject } from "../contracts/graph";
import type { Finding, Rule, RuleConfig, RuleResource } from "../contracts/rule";
import { type DependentResource, stackIndex } from "./dependencies";
import { fromEngine } from "./engineValue";
import { findingText } from "./findingText";
import { parseRuleConfig, ruleParameters } from "./ruleConfig";
import { onlyReported } from "./settledRule";
import { toWire } from "./wireValue";

/** One policy of a pack; the engine asks each of its functions where it is present. */
export type RulePolicy = ResourceValidationPolicy & Partial<StackValidationPolicy>;

/**
 * Makes a policy pack of rules. Constructing a pack starts its server, so only a pack's own entry point calls this.
 * @param name the pack's name, as its rules spell it
 */
export function servePack(name: string, description: string, rules: readonly Rule[]): PolicyPack {
  return new PolicyPack(`frugal-ml-${name}`, { description, policies: rules.map(policyOf) });
}

/** A rule as a policy of `@pulumi/policy`. */
export function policyOf(rule: Rule): RulePolicy {
  const configOf = configReader(rule);
  // The engine validates a stack by outputs, in which the cloud's answers cover what the program said. The inputs that
  // were validated one by one are kept, so that a rule judges the same thing at every stage.
  const judged = new Map<string, GraphObject>();

  const policy: RulePolicy = {
    name: rule.id,
    displayName: rule.title,
    description: rule.title,
    enforcementLevel: rule.enforcement,
    severity: rule.severity,
    remediationSteps: rule.fix,
    url: rule.docs,
    configSchema: configSchema(rule),
    validateResource: async (args, report) => {
      const config = configOf(args.getConfig());
      const applies = rule.types.includes(args.type);
      if (!applies && !rule.checkInStack) return args.notApplicable("Rule is about other types");
      const resource = await ruleResource(args);
      judged.set(args.urn, resource.inputs);
      if (!applies) return args.notApplicable("Rule is about other types");
      for (const finding of rule.check(resource, { config })) reportFinding(rule, config, finding, report);
    },
  };

  const { checkInStack, remediate } = rule;
  if (checkInStack) {
    policy.validateStack = async (args, report) => {
      const config = configOf(args.getConfig());
      const resources = await Promise.all(args.resources.map((resource) => dependentResource(resource, judged)));
      const index = stackIndex(resources);
      for (const resource of resources.filter(({ urn, type }) => judged.has(urn) && rule.types.includes(type))) {
        for (const finding of checkInStack(resource, { config, ...index })) {
          reportFinding(rule, config, finding, report, resource.urn);
        }
      }
    };
  }
  if (remediate) {
    policy.remediateResource = async (args) => {
      if (!rule.types.includes(args.type)) return undefined;
      const inputs = remediate(await ruleResource(args), { config: configOf(args.getConfig()) });
      return inputs && Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, toWire(value)]));
    };
  }
  return policy;
}

/**
 * Reports a finding. One that is only to be reported is advisory whatever the policy's level: the SDK's function takes
 * an object with a level too, which its types do not say (1.21.0, server.js, makeReportViolationFun).
 */
function reportFinding(rule: Rule, config: RuleConfig, finding: Finding, report: ReportViolation, urn?: string): void {
  const text = `${findingText(finding)}\n${rule.fix}`;
  if (onlyReported(finding, config)) {
    Reflect.apply(report, undefined, [{ message: `${rule.title}\n${text}`, enforcementLevel: "advisory", urn }]);
  } else {
    report(text, urn);
  }
}

function configReader(rule: Rule): (given: object) => RuleConfig {
  let last: { readonly given: string; readonly config: RuleConfig } | undefined;
  return (given) => {
    const text = JSON.stringify(given);
    if (last?.given !== text) last = { given: text, config: parseRuleConfig(rule, { ...given }) };
    return last.config;
  };
}

function configSchema(rule: Rule): PolicyConfigSchema {
  const properties = Object.entries(ruleParameters(rule)).map(([name, parameter]) => {
    const { type, items, description } = parameter;
    const value = typeof parameter.default === "object" ? [...parameter.default] : parameter.default;
    const allowed = parameter.enum && { enum: [...parameter.enum] };
    return [name, { type, description, default: value, ...(items && { items }), ...allowed }] as const;
  });
  return { properties: Object.fromEntries(properties) };
}

async function ruleResource(args: ResourceValidationArgs): Promise<RuleResource> {
  return { ...identity(args, args.opts.parent), inputs: await fromEngine(args.props) };
}

async function dependentResource(
  resource: PolicyResource,
  judged: ReadonlyMap<string, GraphObject>,
): Promise<DependentResource> {
  return {
    ...identity(resource, resource.parent?.urn ?? resource.opts.parent),
    inputs: judged.get(resource.urn) ?? (await fromEngine(resource.props)),
    dependencies: resource.dependencies.map(({ urn }) => urn),
    propertyDependencies: Object.fromEntries(
      Object.entries(resource.propertyDependencies).map(([property, on]) => [property, on.map(({ urn }) => urn)]),
    ),
  };
}

/** The engine does not say which resources are components; only custom ones have a provider, or are one. */
function identity(
  { urn, type, name, provider }: Pick<ResourceValidationArgs, "urn" | "type" | "name" | "provider">,
  parent: string | undefined,
): Omit<RuleResource, "inputs"> {
  return {
    urn,
    type,
    name,
    ...(parent && { parent }),
    ...(provider && { provider: provider.urn }),
    custom: provider !== undefined || type.startsWith("pulumi:providers:"),
  };
}
