import type { Finding } from "../../contracts/rule";
import type { Certainty } from "./certainty";

/**
 * A finding counts as far as it is known that the rule is about the resource.
 * @param subject what the resource would be, for example `whether this function preprocesses`
 */
export function weighed(isSubject: Certainty, subject: string, findings: readonly Finding[]): readonly Finding[] {
  if (isSubject === "no") return [];
  if (isSubject === "yes") return findings;
  return findings.slice(0, 1).map(({ path, message }) => ({
    status: "unknown",
    path: "tags",
    message: `not known yet, so it cannot be told ${subject}; ${path}: ${message}`,
  }));
}
