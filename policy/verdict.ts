import type { GraphResource } from "../contracts/graph";
import type { Enforcement, Finding, Severity } from "../contracts/rule";

/** What a verdict says about the rule it comes from. Each of our rules is one; anyone's policy can be described as one. */
export interface VerdictRule {
  readonly id: string;
  readonly pack: string;
  /** Absent when the policy names none. */
  readonly severity?: Severity;
  readonly title: string;
  /** Why, in money or risk. */
  readonly why?: string;
  readonly fix?: string;
  readonly docs?: string;
}

/** One finding of one rule in one resource, and what it does. */
export interface Verdict {
  readonly rule: VerdictRule;
  /** Absent when the finding is about the stack as a whole. */
  readonly resource?: GraphResource;
  readonly finding: Finding;
  /** True when it refuses the update; otherwise it is only shown. */
  readonly violation: boolean;
}

/** A rule mended a resource: the engine would go on with other inputs than the program's. */
export interface Remediation {
  readonly rule: VerdictRule;
  readonly resource: GraphResource;
}

/** What rules say of one graph, in the order in which they were evaluated. */
export interface Evaluation {
  readonly verdicts: readonly Verdict[];
  readonly remediations: readonly Remediation[];
}

/** What one pack says of one graph. */
export interface PackResult extends Evaluation {
  readonly pack: string;
  /** Absent for packs that run in-process. */
  readonly version?: string;
  /** Every policy of the pack, disabled ones too. */
  readonly policies: readonly PackPolicyResult[];
}

/** One policy of a pack as it was evaluated. */
export interface PackPolicyResult {
  readonly rule: VerdictRule;
  /** What its violation does, as it was configured. */
  readonly enforcement: Enforcement;
  /** What its violation does unless configured otherwise. */
  readonly declared: Enforcement;
  /** True when it fails on what is not known unless configured otherwise, and was configured to only say so. */
  readonly lenient?: boolean;
}
