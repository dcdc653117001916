import type { VerdictRule } from "../../../policy/verdict";
import { CHECK_PACK, type CheckFinding, fingerprint, type Suppression } from "../checkFinding";
import { type Exception, type ExceptionFile, exceptionMatcher, isExpired } from "./exception";

const EXPIRED: VerdictRule = {
  id: "exception-expired",
  pack: CHECK_PACK,
  severity: "medium",
  title: "Exceptions are renewed or end",
  fix: "Mend what the exception is about and remove it, or have its owner give a new last day and reason.",
};

const UNUSED: VerdictRule = {
  id: "exception-unused",
  pack: CHECK_PACK,
  severity: "low",
  title: "Exceptions are about something",
  fix: "Remove the exception, or correct its rule or resource.",
};

/**
 * Suppresses what exceptions cover, and finds the exceptions that should not be there: an expired one, which covers
 * nothing and refuses, and one that is about nothing, which refuses only once it has expired.
 */
export function applyExceptions(
  findings: readonly CheckFinding[],
  { file, exceptions }: ExceptionFile,
  now: Date,
): readonly CheckFinding[] {
  const matchers = exceptions.map((exception) => ({
    exception,
    matches: exceptionMatcher(exception),
    expired: isExpired(exception, now),
  }));
  const used = new Set<Exception>();
  const settled = findings.map((finding) => {
    const about = matchers.filter(({ matches }) => matches(finding));
    for (const { exception } of about) used.add(exception);
    const valid = about.find(({ expired }) => !expired);
    return valid ? { ...finding, suppression: suppressionOf(valid.exception) } : finding;
  });
  const own = matchers.flatMap(({ exception, expired }) => {
    if (!used.has(exception)) return [exceptionFinding(UNUSED, exception, file, expired)];
    return expired ? [exceptionFinding(EXPIRED, exception, file, true)] : [];
  });
  return [...settled, ...own];
}

function suppressionOf({ owner, reason, expires }: Exception): Suppression {
  return { owner, reason, expires };
}

function exceptionFinding(rule: VerdictRule, exception: Exception, file: string, violation: boolean): CheckFinding {
  const subject = `the exception from ${exception.rule} for ${exception.resource}`;
  const ended = `its last day was ${exception.expires}, and ${exception.owner} answers for it`;
  const message =
    rule === EXPIRED
      ? `${subject} has expired: ${ended}`
      : `${subject} is about nothing that was found${violation ? `, and has expired: ${ended}` : ""}`;
  const verdict = { rule, finding: { status: "fail", path: "", message }, violation } as const;
  const identity = { ...verdict, finding: { ...verdict.finding, path: `${exception.rule} ${exception.resource}` } };
  const location = { file, line: exception.line, column: 1 };
  return { ...verdict, fingerprint: fingerprint(identity), location, known: false };
}
