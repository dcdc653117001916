import type { PackResult, Verdict } from "../../policy/verdict";
import { applyBaseline, type Baseline } from "./baseline";
import { type CheckFinding, compareFindings, fingerprint } from "./checkFinding";
import { applyExceptions } from "./exceptions/applyExceptions";
import type { ExceptionFile } from "./exceptions/exception";
import { weakenedRules } from "./weakenedRules";

/** What decides which verdicts count. */
export interface SettleOptions {
  readonly exceptions?: ExceptionFile;
  readonly baseline?: Baseline;
  /** The day by which exceptions expire. Defaults to now. */
  readonly now?: Date;
}

/**
 * All verdicts as findings, the worst first, with those that an exception or the baseline covers marked as such.
 * @throws CannotRunError `BaselineOfAnotherStack`
 */
export function settleFindings(
  packs: readonly PackResult[],
  stack: { readonly project: string; readonly stack: string },
  { exceptions, baseline, now = new Date() }: SettleOptions,
): readonly CheckFinding[] {
  const judged = packs.flatMap(({ verdicts }) => verdicts).map(asFinding);
  const excepted = exceptions ? applyExceptions(judged, exceptions, now) : judged;
  const compared = baseline ? applyBaseline(excepted, baseline, stack) : excepted;
  return [...compared, ...weakenedRules(packs).map(asFinding)].sort(compareFindings);
}

function asFinding(verdict: Verdict): CheckFinding {
  const location = verdict.resource?.location;
  return { ...verdict, fingerprint: fingerprint(verdict), ...(location && { location }), known: false };
}
