import type { Finding } from "../contracts/rule";

/** How a finding that cannot be told begins where only text is shown, as in the engine's own output. */
export const UNKNOWN_PREFIX = "cannot be told yet: ";

/** One finding as text: where, what, and that it cannot be told when that is so. */
export function findingText({ status, path, message }: Finding): string {
  return `${status === "unknown" ? UNKNOWN_PREFIX : ""}${path === "" ? "" : `${path}: `}${message}`;
}
