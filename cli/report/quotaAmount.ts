import type { NeededQuota } from "../quotas/neededQuotas";

/** How much of a quota is needed, in words. */
export function quotaAmount({ needed, atLeast }: NeededQuota): string {
  return `${atLeast ? "at least " : ""}${needed}`;
}
