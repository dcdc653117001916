import { InvalidInputError, type Problem, printGiven } from "../contracts/problems";
import type { Enforcement } from "../contracts/rule";

/** What a policy configuration says about one policy, or about all of them under the name `all`. */
export interface PolicySetting {
  readonly enforcement?: Enforcement;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Settings by policy name. */
export type PolicyConfiguration = Readonly<Record<string, PolicySetting>>;

/** Name under which a configuration sets the enforcement of every policy at once. */
export const ALL_POLICIES = "all";

const LEVELS: readonly Enforcement[] = ["mandatory", "advisory", "remediate", "disabled"];
const LEVEL_WORDS = `one of ${LEVELS.join(", ")}`;

/**
 * Reads a policy configuration as Pulumi's `--policy-pack-config` spells it: for each policy an enforcement level, or
 * an object of parameters with an optional `enforcementLevel`.
 * @throws InvalidInputError with every problem at once
 */
export function parsePolicyConfiguration(json: unknown): PolicyConfiguration {
  if (!isRecord(json)) {
    const given = printGiven(json);
    throw new InvalidInputError("policy configuration", [{ property: "(file)", given, allowed: "a JSON object" }]);
  }
  const problems: Problem[] = [];
  const settings = Object.entries(json).map(([policy, value]) => [policy, setting(policy, value, problems)] as const);
  if (problems.length > 0) throw new InvalidInputError("policy configuration", problems);
  return Object.fromEntries(settings);
}

/** The enforcement that a configuration gives a policy, or the policy's own. */
export function enforcementOf(configuration: PolicyConfiguration, policy: string, own: Enforcement): Enforcement {
  return configuration[policy]?.enforcement ?? configuration[ALL_POLICIES]?.enforcement ?? own;
}

function setting(policy: string, value: unknown, problems: Problem[]): PolicySetting {
  const { enforcementLevel, ...parameters } = isRecord(value) ? value : { enforcementLevel: value };
  const enforcement = LEVELS.find((level) => level === enforcementLevel);
  if (policy === "environments") {
    const allowed = "policies only; environments are resolved by Pulumi Cloud, which is not asked";
    problems.push({ property: policy, given: printGiven(value), allowed });
  } else if (enforcement === undefined && (enforcementLevel !== undefined || !isRecord(value))) {
    const property = isRecord(value) ? `${policy}.enforcementLevel` : policy;
    const allowed = isRecord(value) ? LEVEL_WORDS : `${LEVEL_WORDS}, or an object of parameters`;
    problems.push({ property, given: printGiven(enforcementLevel), allowed });
  } else if (policy === ALL_POLICIES && Object.keys(parameters).length > 0) {
    const given = Object.keys(parameters).join(", ");
    problems.push({
      property: policy,
      given,
      allowed: "an enforcement level only, since parameters belong to one policy",
    });
  }
  return { ...(enforcement && { enforcement }), parameters };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
