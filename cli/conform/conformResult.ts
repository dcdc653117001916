import type { CheckLevel, ConformCheck } from "./conformCheck";

/** What became of one check. */
export interface ConformVerdict extends Pick<ConformCheck, "id" | "group" | "asks"> {
  readonly level: CheckLevel;
  /** Address of the page that it comes from. */
  readonly page: string;
  readonly verdict: "pass" | "fail" | "skipped";
  /** Why it failed or was skipped. */
  readonly reason?: string;
  /** The request that decided; absent when none was sent. */
  readonly sent?: string;
  /** What came back. */
  readonly came?: string;
}

/** How a container stands to the contract. */
export interface ConformResult {
  readonly url: string;
  readonly mode: "multi-model" | "single-model";
  /** True when no `must` failed, and the container answered to the end. */
  readonly ok: boolean;
  /** Check at which the container stopped answering; absent when it did not. */
  readonly goneSince?: string;
  readonly seconds: number;
  readonly verdicts: readonly ConformVerdict[];
  /** Names of models that this run loaded and could not unload. */
  readonly leftBehind: readonly string[];
}

/** Checks of a level that ended in a way. */
export function countOf(result: ConformResult, level: CheckLevel, verdict: ConformVerdict["verdict"]): number {
  return result.verdicts.filter((one) => one.level === level && one.verdict === verdict).length;
}
