import {
  type AnalyzerInfo,
  EnforcementLevel,
  type PolicyInfo,
  PolicySeverity,
} from "@pulumi/pulumi/proto/analyzer_pb.js";
import type { Enforcement, Severity } from "../../contracts/rule";
import { ALL_POLICIES } from "../../policy/configuration";
import type { VerdictRule } from "../../policy/verdict";
import { fromStruct, type WireObject } from "../graph/wireValue";

/** One policy as its pack describes it. */
export interface PackPolicy {
  readonly rule: VerdictRule;
  /** Its level unless a configuration says otherwise: the policy's own, or what the pack itself configures over it. */
  readonly enforcement: Enforcement;
  /** JSON Schema of each parameter. */
  readonly parameters: WireObject;
  /** Parameters without which it cannot work. */
  readonly required: readonly string[];
  /** Values that the pack itself configures over the schema's defaults. */
  readonly initial: WireObject;
}

const LEVELS: readonly (readonly [EnforcementLevel, Enforcement])[] = [
  [EnforcementLevel.ADVISORY, "advisory"],
  [EnforcementLevel.MANDATORY, "mandatory"],
  [EnforcementLevel.REMEDIATE, "remediate"],
  [EnforcementLevel.DISABLED, "disabled"],
];

/** The policies of a pack. */
export function packPolicies(info: AnalyzerInfo): readonly PackPolicy[] {
  // The map's array has messages as the wire does; only its own iteration makes them messages again.
  const initial = new Map(info.getInitialconfigMap().entries());
  return info.getPoliciesList().map((policy) => {
    const schema = policy.getConfigschema();
    const setting = initial.get(policy.getName());
    const level = setting ?? initial.get(ALL_POLICIES) ?? policy;
    return {
      rule: describe(policy, info.getName()),
      enforcement: readLevel(level.getEnforcementlevel()),
      parameters: fromStruct(schema?.getProperties()),
      required: schema?.getRequiredList() ?? [],
      initial: fromStruct(setting?.getProperties()),
    };
  });
}

/** A level as the protocol numbers it. */
export function writeLevel(enforcement: Enforcement): EnforcementLevel {
  return LEVELS.find(([, word]) => word === enforcement)?.[0] ?? EnforcementLevel.MANDATORY;
}

/** A level of the protocol in words. One that this version does not know refuses, rather than not. */
export function readLevel(level: EnforcementLevel): Enforcement {
  return LEVELS.find(([number]) => number === level)?.[1] ?? "mandatory";
}

const SEVERITIES: readonly (readonly [PolicySeverity, Severity])[] = [
  [PolicySeverity.POLICY_SEVERITY_LOW, "low"],
  [PolicySeverity.POLICY_SEVERITY_MEDIUM, "medium"],
  [PolicySeverity.POLICY_SEVERITY_HIGH, "high"],
  [PolicySeverity.POLICY_SEVERITY_CRITICAL, "critical"],
];

/** A severity of the protocol in words; undefined when the pack names none. */
export function readSeverity(severity: PolicySeverity): Severity | undefined {
  return SEVERITIES.find(([number]) => number === severity)?.[1];
}

function describe(policy: PolicyInfo, pack: string): VerdictRule {
  const severity = readSeverity(policy.getSeverity());
  return {
    id: policy.getName(),
    pack,
    ...(severity && { severity }),
    title: policy.getDescription() || policy.getDisplayname() || policy.getName(),
    ...(policy.getRemediationSteps() && { fix: policy.getRemediationSteps() }),
    ...(policy.getUrl() && { docs: policy.getUrl() }),
  };
}
