import type { Placeholder } from "../../contracts/graph";
import type { PackResult, Verdict } from "../../policy/verdict";

/** What all packs said of one stack. */
export interface CheckResult {
  readonly project: string;
  readonly stack: string;
  /** Number of resources that the program declares: neither the stack itself nor default providers. */
  readonly resources: number;
  readonly packs: readonly PackResult[];
  /** What the cloud was not asked, and so is unknown. */
  readonly placeholders: readonly Placeholder[];
}

/** Findings of every pack that refuse the update. */
export function violations(result: CheckResult): readonly Verdict[] {
  return verdicts(result).filter(({ violation }) => violation);
}

/** Findings of every pack that are only shown. */
export function notes(result: CheckResult): readonly Verdict[] {
  return verdicts(result).filter(({ violation }) => !violation);
}

function verdicts({ packs }: CheckResult): readonly Verdict[] {
  return packs.flatMap((pack) => pack.verdicts);
}
