import type { Verdict } from "../../../policy/verdict";
import type { Suppression } from "../checkFinding";

/** One entry of an exceptions file: who answers for what, and until when. */
export interface Exception extends Suppression {
  /** Id of a rule, or `*` for every rule. */
  readonly rule: string;
  /** URN, or `type::name`; `*` in it stands for any text. */
  readonly resource: string;
  /** Line of the file on which it starts. */
  readonly line: number;
}

/** Exceptions of one file. */
export interface ExceptionFile {
  /** Path relative to the repository, with forward slashes. */
  readonly file: string;
  readonly exceptions: readonly Exception[];
}

/** Whether an exception is about a finding; its expiry is not looked at. */
export function exceptionMatcher({ rule, resource }: Exception): (verdict: Verdict) => boolean {
  const pattern = globPattern(resource);
  return (verdict) => {
    if (rule !== "*" && rule !== verdict.rule.id) return false;
    const { urn = "", type = "", name = "" } = verdict.resource ?? {};
    return pattern.test(urn) || pattern.test(`${type}::${name}`);
  };
}

/** True from the day after the exception's last one. */
export function isExpired({ expires }: Suppression, now: Date): boolean {
  return now.toISOString().slice(0, 10) > expires;
}

function globPattern(glob: string): RegExp {
  const parts = glob.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s");
}
