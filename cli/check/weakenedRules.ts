import type { PackPolicyResult, PackResult, Verdict, VerdictRule } from "../../policy/verdict";
import { CHECK_PACK } from "./checkFinding";

const WEAKENED: VerdictRule = {
  id: "rule-weakened",
  pack: CHECK_PACK,
  severity: "medium",
  title: "Mandatory rules stay mandatory",
  fix: "Let the rule be mandatory, and give what is right to go on a reviewed exception with an owner and a last day.",
};

/**
 * Notes on mandatory rules that the policy configuration made weaker. That is the platform team's to decide, as with
 * the real engine, but a check must not look clean for it.
 */
export function weakenedRules(packs: readonly PackResult[]): readonly Verdict[] {
  return packs.flatMap(({ pack, policies }) =>
    policies.flatMap((policy) => {
      const change = weakening(policy);
      if (change === undefined) return [];
      const message = `${policy.declared} in the pack ${pack}; the policy configuration makes it ${change}`;
      return [
        { rule: WEAKENED, finding: { status: "fail", path: policy.rule.id, message }, violation: false } as const,
      ];
    }),
  );
}

function weakening({ declared, enforcement, lenient }: PackPolicyResult): string | undefined {
  if (declared !== "mandatory" && declared !== "remediate") return undefined;
  if (enforcement === "advisory" || enforcement === "disabled") return enforcement;
  return lenient ? "only say so when something is not known yet" : undefined;
}
